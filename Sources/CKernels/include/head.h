#pragma once

#include <stddef.h>
#include <stdint.h>

// The vector loops of head training. Matrices are row-major, their rows padded to a multiple of sixteen numbers:
// `stride` counts the padding. None of the loops checks its arguments: the Kernels room does, and is their only caller.
//
// Letters: B examples, K inputs of a layer, N outputs of a layer. The parameters of a layer are N × (K + 1): row n
// holds the weights of output n, then its bias; their padding is zero and stays so. What goes through a layer is one
// column an example, so that sixteen examples lie side by side; past the last example the columns hold numbers without meaning.

/// The scalars of one AdamW step: see AdamWStep in the Kernels room for what each is.
struct timbre_adamw {
    float decay, first_blend, second_decay, second_blend, step_size, root_scale, epsilon;
};

/// How examples and classes weigh in the loss: see LossWeights in the Kernels room.
struct timbre_loss {
    const float *class_weights;
    float smoothing;
};

struct timbre_head {
    /// z (N × B) ← weights · x (K × B) + biases. Each number is summed from the bias on over the inputs in order,
    /// whatever B is.
    void (*linear)(
        const float *x, size_t x_stride, size_t batch, const float *parameters, size_t stride, size_t inputs, float *z,
        size_t z_stride, size_t outputs);

    /// gradient (K × B) ← weightsᵀ · delta (N × B), summed over the outputs in order.
    void (*input_gradient)(
        const float *delta, size_t delta_stride, size_t batch, const float *parameters, size_t stride, size_t outputs,
        float *gradient, size_t gradient_stride, size_t inputs);

    /// One AdamW step of `rows` × `columns` parameters, whose gradient is delta (rows × B) · x (B × columns). The padding
    /// of x is zero. `inputs` and `values` are scratch of B + 1 each.
    void (*descend)(
        const float *x, size_t x_stride, const float *delta, size_t delta_stride, size_t batch, size_t columns, size_t rows,
        float *parameters, float *first_moment, float *second_moment, size_t stride, const struct timbre_adamw *step,
        const float **inputs, float *values);

    /// z ← max(z, 0); a NaN stays.
    void (*rectify)(float *z, size_t stride, size_t rows, size_t columns);

    /// z ← scale · max(z, 0) where the unit's draw is at least `threshold`, else 0; the draws follow the units row by row.
    void (*rectify_dropping)(
        float *z, size_t stride, size_t rows, size_t columns, const uint16_t *draws, uint16_t threshold, float scale);

    /// gradient ← scale · gradient where the activation is above 0, else 0.
    void (*rectify_gradient)(
        float *gradient, size_t stride, const float *activations, size_t activations_stride, size_t rows, size_t columns,
        float scale);

    /// mixed (`width`) ← Σ coefficients (`count` rows) · states (`count` × width, not padded), feature by feature, in
    /// order.
    void (*mix)(
        const float *states, size_t width, size_t count, const float *coefficients, size_t stride, float *mixed);

    /// Adds to `slopes` the dot product of each state with the gradient, both of `width` numbers.
    void (*mix_gradient)(const float *states, size_t width, size_t count, const float *gradient, double *slopes);

    /// to (columns × rows) ← fromᵀ (rows × columns).
    void (*transpose)(
        const float *from, size_t from_stride, float *to, size_t to_stride, size_t rows, size_t columns);
};

/// The sum over the examples of their cross-entropies (see crossEntropy in the Kernels room); z (classes × B) ← `scale`
/// times the gradient. Adds to `correct` the examples whose first largest number is the label's.
double timbre_head_cross_entropy(
    float *z, size_t stride, size_t classes, size_t batch, const int32_t *labels, const struct timbre_loss *loss,
    float scale, size_t *correct);
