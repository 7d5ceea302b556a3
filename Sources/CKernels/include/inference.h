#pragma once

#include <stdbool.h>
#include <stddef.h>

// The vector loops of inference. Matrices are row-major: `rows` rows of `columns` numbers, `stride` numbers apart.
// None of them checks its arguments: the Kernels room does, and is their only caller.

struct timbre_inference {
    /// x ← x + bias, row by row.
    void (*add_bias)(float *x, size_t stride, const float *bias, size_t rows, size_t columns);

    /// x ← GELU(x + bias), row by row; no bias is a null pointer.
    void (*gelu)(float *x, size_t stride, const float *bias, size_t rows, size_t columns);

    /// z ← x + scale · y; z may be x or y.
    void (*combine)(
        const float *x, size_t x_stride, float scale, const float *y, size_t y_stride, float *z, size_t z_stride,
        size_t rows, size_t columns);

    /// x ← exp(x − max x) / Σ exp(x − max x), row by row.
    void (*softmax)(float *x, size_t stride, size_t rows, size_t columns);

    /// y ← (x − mean) / √(variance + epsilon) · gain + bias, row by row; y may be x.
    void (*layer_norm)(
        const float *x, size_t x_stride, const float *gain, const float *bias, float epsilon, float *y, size_t y_stride,
        size_t rows, size_t columns);

    /// y[t][c] ← bias[c] + Σ_k x[t · step + k] · weights[k][c], through GELU if asked to; weights: width × channels.
    void (*convolve_signal)(
        const float *x, size_t step, size_t width, const float *weights, const float *bias, bool through_gelu, float *y,
        size_t y_stride, size_t frames, size_t channels);

    /// sums[i] ← Σ_t x[t · step + i] and products[i][j] ← Σ_t x[t · step + i] · x[t · step + j], i and j < width.
    void (*window_sums)(const float *x, size_t step, size_t width, size_t frames, double *sums, double *products);

    /// sums[c] ← Σ_r x[r][c].
    void (*column_sums)(const float *x, size_t stride, size_t rows, size_t columns, double *sums);

    /// Whether none of the numbers is infinite or not a number.
    bool (*all_finite)(const float *x, size_t count);
};

/// to[column · to_stride + row] ← from[row · from_stride + column · from_step].
void timbre_transpose(
    const float *from, size_t from_stride, size_t from_step, float *to, size_t to_stride, size_t rows, size_t columns);
