#pragma once

#include "inline.h"
#include "inference.h"
#include <stdint.h>
#include <string.h>

static void timbre_column_sums(const float *x, size_t stride, size_t rows, size_t columns, double *sums) {
    for (size_t c = 0; c < columns; c++) sums[c] = 0;
    for (size_t row = 0; row < rows; row++) {
        const float *restrict from = x + row * stride;
        for (size_t c = 0; c < columns; c++) sums[c] += (double)from[c];
    }
}

// A number is infinite or not a number exactly when its eight exponent bits are all set.
static bool timbre_all_finite(const float *x, size_t count) {
    uint32_t bad = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, x + i, sizeof bits);
        bad |= (bits & 0x7f800000u) == 0x7f800000u;
    }
    return bad == 0;
}
