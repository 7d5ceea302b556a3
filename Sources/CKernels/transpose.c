#include "inference.h"

// Square tiles keep the lines read and the lines written in the first-level cache.
void timbre_transpose(
    const float *from, size_t from_stride, size_t from_step, float *to, size_t to_stride, size_t rows, size_t columns) {
    enum { TILE = 32 };
    for (size_t row = 0; row < rows; row += TILE)
        for (size_t column = 0; column < columns; column += TILE) {
            const size_t last_row = row + TILE < rows ? row + TILE : rows;
            const size_t last_column = column + TILE < columns ? column + TILE : columns;
            for (size_t c = column; c < last_column; c++)
                for (size_t r = row; r < last_row; r++)
                    to[c * to_stride + r] = from[r * from_stride + c * from_step];
        }
}
