#pragma once

#include "head.h"
#include "square.h"

static void transpose_rest(
    const float *from, size_t from_stride, float *to, size_t to_stride, size_t rows, size_t columns) {
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < columns; c++) to[c * to_stride + r] = from[r * from_stride + c];
}

static void timbre_head_transpose(
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
