#pragma once

#include <stddef.h>
#include <stdint.h>

// The vector loops of head training. Matrices are row-major, their rows padded with zeros to a multiple of sixteen numbers:
// `stride` counts the padding, and every loop leaves it zero. None of them checks its arguments: the Kernels room does, and
// is their only caller.
//
// Letters: B examples, K inputs of a layer, N outputs of a layer. The parameters of a layer are (K + 1) × N: row k holds the
// weights of input k, row K the biases.

/// The scalars of one AdamW step: see AdamWStep in the Kernels room for what each is.
struct timbre_adamw {
    float decay, first_blend, second_decay, second_blend, step_size, root_scale, epsilon;
};

/// z (B × N) ← x (B × K) · weights + biases. Each number is summed over the inputs in order, whatever B is.
void timbre_head_linear(
    const float *x, size_t x_stride, size_t batch, size_t inputs, const float *parameters, size_t stride, float *z,
    size_t z_stride, size_t outputs);

/// One AdamW step of a layer's parameters, whose gradient is xᵀ · delta for the weights and the column sums of delta
/// (B × N) for the biases. Up to three numbers past the columns of x are read.
void timbre_head_descend(
    const float *x, size_t x_stride, const float *delta, size_t delta_stride, size_t batch, size_t inputs, size_t outputs,
    float *parameters, float *first_moment, float *second_moment, size_t stride, const struct timbre_adamw *step);

/// z ← max(z, 0); a NaN stays.
void timbre_head_rectify(float *z, size_t stride, size_t rows, size_t columns);

/// z ← scale · max(z, 0) where the unit's draw is at least `threshold`, else 0; the draws follow the units row by row.
void timbre_head_rectify_dropping(
    float *z, size_t stride, size_t rows, size_t columns, const uint16_t *draws, uint16_t threshold, float scale);

/// gradient ← scale · gradient where the activation is above 0, else 0.
void timbre_head_rectify_gradient(
    float *gradient, size_t stride, const float *activations, size_t activations_stride, size_t rows, size_t columns,
    float scale);

/// Σ −log softmax(z)[label] over the rows; z ← scale · (softmax(z) − one-hot(label)). Adds to `correct` the rows whose
/// first largest number is the label's.
double timbre_head_cross_entropy(
    float *z, size_t stride, size_t rows, size_t columns, const int32_t *labels, float scale, size_t *correct);
