#include "head.h"
#include "lanes.h"

enum { SIDE = 8 };
typedef float Row __attribute__((vector_size(SIDE * sizeof(float))));

// In each of three rounds, rows that lie 1, 2 and then 4 apart exchange the squares of that side off their diagonal.
INLINE void transpose_square(const float *from, size_t from_stride, float *to, size_t to_stride) {
    Row rows[SIDE], next[SIDE];
    for (size_t i = 0; i < SIDE; i++) memcpy(&rows[i], from + i * from_stride, sizeof(Row));
    for (int i = 0; i < SIDE; i += 2) {
        next[i] = __builtin_shufflevector(rows[i], rows[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
        next[i + 1] = __builtin_shufflevector(rows[i], rows[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
    for (int i = 0; i < SIDE; i += i % 4 == 1 ? 3 : 1) {
        rows[i] = __builtin_shufflevector(next[i], next[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
        rows[i + 2] = __builtin_shufflevector(next[i], next[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
    for (int i = 0; i < SIDE / 2; i++) {
        next[i] = __builtin_shufflevector(rows[i], rows[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        next[i + 4] = __builtin_shufflevector(rows[i], rows[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
    for (size_t i = 0; i < SIDE; i++) memcpy(to + i * to_stride, &next[i], sizeof(Row));
}

static void transpose_rest(
    const float *from, size_t from_stride, float *to, size_t to_stride, size_t rows, size_t columns) {
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < columns; c++) to[c * to_stride + r] = from[r * from_stride + c];
}

FOR_EACH_LEVEL
void timbre_head_transpose(
    const float *from, size_t from_stride, float *to, size_t to_stride, size_t rows, size_t columns) {
    const size_t whole_rows = rows / SIDE * SIDE, whole_columns = columns / SIDE * SIDE;
    for (size_t r = 0; r < whole_rows; r += SIDE)
        for (size_t c = 0; c < whole_columns; c += SIDE)
            transpose_square(from + r * from_stride + c, from_stride, to + c * to_stride + r, to_stride);
    transpose_rest(
        from + whole_columns, from_stride, to + whole_columns * to_stride, to_stride, rows, columns - whole_columns);
    transpose_rest(
        from + whole_rows * from_stride, from_stride, to + whole_rows, to_stride, rows - whole_rows, whole_columns);
}
