#pragma once

#include "inline.h"
#include "product.h"
#include "square.h"
#include <string.h>

// Packing of B, beside the kernel that reads it (multiply.h), with the same macros set.

// `words` words of a column whose numbers follow each other, `numbers` of them left.
INLINE void pack_run(const float *from, size_t numbers, size_t words, float *to) {
#ifdef NARROW
    NARROW(from, smaller(numbers, words * NUMBERS), to);
#else
    memcpy(to, from, smaller(numbers, words) * sizeof(float));
#endif
}

// A word of a column whose numbers lie `row_step` apart.
INLINE float pack_word(const float *from, size_t row_step, size_t numbers) {
#ifdef NARROW
    const float both[NUMBERS] = {from[0], numbers > 1 ? from[row_step] : 0};
    float word;
    NARROW(both, NUMBERS, &word);
    return word;
#else
    (void)row_step, (void)numbers;
    return from[0];
#endif
}

// Columns that are runs of numbers, as the rows of a weight are in PyTorch: squares of words turned over.
static void pack_runs(
    const float *from, size_t column_step, size_t numbers, size_t words, size_t columns, size_t width, float *packed) {
    float square[SIDE * SIDE] __attribute__((aligned(64)));
    for (size_t k = 0; k < words; k += SIDE)
        for (size_t n = 0; n < columns; n += SIDE) {
            const size_t deep = smaller(SIDE, words - k), wide = smaller(SIDE, columns - n);
            float *to = packed + k * width + n;
#ifndef NARROW
            if (deep == SIDE && wide == SIDE) {
                transpose_square(from + n * column_step + k, column_step, to, width);
                continue;
            }
#endif
            memset(square, 0, sizeof square);
            for (size_t column = 0; column < wide; column++)
                pack_run(
                    from + (n + column) * column_step + k * NUMBERS, numbers - k * NUMBERS, deep,
                    square + column * SIDE);
            if (deep == SIDE && n + SIDE <= width) {
                transpose_square(square, SIDE, to, width);
                continue;
            }
            for (size_t row = 0; row < deep; row++)
                for (size_t column = 0; column < wide; column++)
                    to[row * width + column] = square[column * SIDE + row];
        }
}

// Rows that are runs of numbers, as values are in attention: copied, or woven two by two.
static void pack_rows(
    const float *from, size_t row_step, size_t column_step, size_t numbers, size_t words, size_t columns, size_t width,
    float *packed) {
    for (size_t k = 0; k < words; k++) {
        const float *row = from + k * NUMBERS * row_step;
        float *to = packed + k * width;
        size_t n = 0;
#ifdef NARROW
        if (column_step == 1 && numbers - k * NUMBERS >= NUMBERS)
            for (; n + VECTOR <= columns; n += VECTOR) WEAVE(row + n, row + row_step + n, to + n);
#else
        if (column_step == 1) {
            memcpy(to, row, columns * sizeof(float));
            continue;
        }
#endif
        for (; n < columns; n++) to[n] = pack_word(row + n * column_step, row_step, numbers - k * NUMBERS);
    }
}

static void pack(const float *from, size_t row_step, size_t column_step, size_t depth, size_t columns, float *packed) {
    const size_t words = (depth + NUMBERS - 1) / NUMBERS;
    for (size_t k = 0; k < words; k += WORDS_DEEP)
        for (size_t column = 0; column < columns; column += PANEL) {
            const size_t block = smaller(WORDS_DEEP, words - k), row = k * NUMBERS;
            const size_t wide = smaller(PANEL, columns - column);
            const size_t width = (wide + VECTOR - 1) / VECTOR * VECTOR;
            const float *first = from + row * row_step + column * column_step;
            if (wide < width) memset(packed, 0, block * width * sizeof(float));
            if (row_step == 1)
                pack_runs(first, column_step, depth - row, block, wide, width, packed);
            else
                pack_rows(first, row_step, column_step, depth - row, block, wide, width, packed);
            packed += block * width;
        }
}
