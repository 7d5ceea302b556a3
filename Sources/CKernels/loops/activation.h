#pragma once

#include "gelu.h"
#include "inference.h"

static void timbre_add_bias(float *x, size_t stride, const float *bias, size_t rows, size_t columns) {
    for (size_t row = 0; row < rows; row++) {
        float *restrict y = x + row * stride;
        for (size_t c = 0; c < columns; c++) y[c] += bias[c];
    }
}

static void timbre_gelu(float *x, size_t stride, const float *bias, size_t rows, size_t columns) {
    for (size_t row = 0; row < rows; row++) {
        float *restrict y = x + row * stride;
        if (bias)
            for (size_t c = 0; c < columns; c++) y[c] += bias[c];
        gelu_row(y, columns);
    }
}

static void timbre_combine(
    const float *x, size_t x_stride, float scale, const float *y, size_t y_stride, float *z, size_t z_stride,
    size_t rows, size_t columns) {
    for (size_t row = 0; row < rows; row++)
        for (size_t c = 0; c < columns; c++)
            z[row * z_stride + c] = x[row * x_stride + c] + scale * y[row * y_stride + c];
}
