#pragma once

#include "head.h"
#include "lanes.h"

// Weight rows multiplied together: six times sixteen lanes and what they are multiplied by fill the registers of AVX2.
enum { TILE = 6 };

// Rows of weights that stay in the second-level cache, and their pages in the translation buffer, while their columns
// are walked down.
enum { ROW_BLOCK = 64 };

// Examples whose part of a gradient is formed in one pass: as many rows as there are registers to point at them.
enum { EXAMPLES = 8 };

// Columns of a gradient that wait in the first-level cache while more examples than EXAMPLES are added.
enum { COLUMN_BLOCK = 1024 };

// The outputs `rows` (a constant once inlined) of all examples, sixteen at a time.
INLINE void linear_rows(
    const float *x, size_t x_stride, size_t batch, const float *parameters, size_t stride, size_t inputs, float *z,
    size_t z_stride, int rows) {
    for (size_t b = 0; b < batch; b += LANES) {
        Lanes sums[TILE];
        for (int r = 0; r < rows; r++) sums[r] = (Lanes){0} + parameters[(size_t)r * stride + inputs];
        for (size_t k = 0; k < inputs; k++) {
            const Lanes examples = load_lanes(x + k * x_stride + b);
            for (int r = 0; r < rows; r++) sums[r] += parameters[(size_t)r * stride + k] * examples;
        }
        for (int r = 0; r < rows; r++) store_lanes(z + (size_t)r * z_stride + b, sums[r]);
    }
}

static void timbre_head_linear(
    const float *x, size_t x_stride, size_t batch, const float *parameters, size_t stride, size_t inputs, float *z,
    size_t z_stride, size_t outputs) {
    size_t n = 0;
    for (; n + TILE <= outputs; n += TILE)
        linear_rows(x, x_stride, batch, parameters + n * stride, stride, inputs, z + n * z_stride, z_stride, TILE);
    for (; n + 2 <= outputs; n += 2)
        linear_rows(x, x_stride, batch, parameters + n * stride, stride, inputs, z + n * z_stride, z_stride, 2);
    for (; n < outputs; n++)
        linear_rows(x, x_stride, batch, parameters + n * stride, stride, inputs, z + n * z_stride, z_stride, 1);
}

// The gradient of `columns` inputs (a constant once inlined) of sixteen examples, carried on over `rows` outputs.
INLINE void input_gradient_columns(
    const float *delta, size_t delta_stride, const float *parameters, size_t stride, size_t rows, float *gradient,
    size_t gradient_stride, int continues, int columns) {
    Lanes sums[TILE] = {0};
    if (continues)
        for (int c = 0; c < columns; c++) sums[c] = load_lanes(gradient + (size_t)c * gradient_stride);
    for (size_t n = 0; n < rows; n++) {
        const Lanes slopes = load_lanes(delta + n * delta_stride);
        for (int c = 0; c < columns; c++) sums[c] += parameters[n * stride + (size_t)c] * slopes;
    }
    for (int c = 0; c < columns; c++) store_lanes(gradient + (size_t)c * gradient_stride, sums[c]);
}

INLINE void input_gradient_rows(
    const float *delta, size_t delta_stride, const float *parameters, size_t stride, size_t rows, float *gradient,
    size_t gradient_stride, size_t inputs, int continues) {
    size_t k = 0;
    for (; k + TILE <= inputs; k += TILE)
        input_gradient_columns(
            delta, delta_stride, parameters + k, stride, rows, gradient + k * gradient_stride, gradient_stride,
            continues, TILE);
    for (; k < inputs; k++)
        input_gradient_columns(
            delta, delta_stride, parameters + k, stride, rows, gradient + k * gradient_stride, gradient_stride,
            continues, 1);
}

static void timbre_head_input_gradient(
    const float *delta, size_t delta_stride, size_t batch, const float *parameters, size_t stride, size_t outputs,
    float *gradient, size_t gradient_stride, size_t inputs) {
    for (size_t n = 0; n < outputs; n += ROW_BLOCK)
        for (size_t b = 0; b < batch; b += LANES)
            input_gradient_rows(
                delta + n * delta_stride + b, delta_stride, parameters + n * stride, stride,
                smaller(ROW_BLOCK, outputs - n), gradient + b, gradient_stride, inputs, n > 0);
}

/// One row of parameters and of the moments that go with it.
struct row {
    float *parameters, *first_moment, *second_moment;
};

/// The examples with a gradient for one output: where their inputs are, and the gradient.
struct slopes {
    const float *const *inputs;
    const float *values;
};

INLINE void adamw(Lanes g, const struct row *row, size_t k, const struct timbre_adamw *step) {
    const Lanes m = load_lanes(row->first_moment + k), v = load_lanes(row->second_moment + k);
    const Lanes decayed = v * step->second_decay;
    const Lanes first = m + step->first_blend * (g - m);
    const Lanes second = decayed + step->second_blend * (g * g);
    const Lanes root = __builtin_elementwise_sqrt(second) * step->root_scale + step->epsilon;
    store_lanes(row->first_moment + k, first);
    store_lanes(row->second_moment + k, second);
    store_lanes(row->parameters + k, load_lanes(row->parameters + k) * step->decay - step->step_size * first / root);
}

// What `count` examples (a constant once inlined) add to the gradient, after `partial` where it is given.
INLINE Lanes gradient(const struct slopes *slopes, const float *partial, size_t at, size_t k, int count) {
    Lanes sum = {0};
    if (partial) sum = load_lanes(partial + k);
    for (int i = 0; i < count; i++) sum += slopes->values[i] * load_lanes(slopes->inputs[i] + at + k);
    return sum;
}

// The products for the next lanes come before the step of these: its roots and divisions then go on meanwhile.
INLINE void step_columns(
    const struct slopes *slopes, const float *partial, size_t at, size_t width, const struct row *row,
    const struct timbre_adamw *step, int count) {
    Lanes sum = gradient(slopes, partial, at, 0, count);
    size_t k = 0;
    for (; k + LANES < width; k += LANES) {
        const Lanes next = gradient(slopes, partial, at, k + LANES, count);
        adamw(sum, row, at + k, step);
        sum = next;
    }
    adamw(sum, row, at + k, step);
}

// As many loops as there may be examples: then what an example needs stays in registers.
INLINE void step_with(
    const struct slopes *slopes, size_t count, const float *partial, size_t at, size_t width, const struct row *row,
    const struct timbre_adamw *step) {
    switch (count) {
    case 0: return step_columns(slopes, partial, at, width, row, step, 0);
    case 1: return step_columns(slopes, partial, at, width, row, step, 1);
    case 2: return step_columns(slopes, partial, at, width, row, step, 2);
    case 3: return step_columns(slopes, partial, at, width, row, step, 3);
    case 4: return step_columns(slopes, partial, at, width, row, step, 4);
    case 5: return step_columns(slopes, partial, at, width, row, step, 5);
    case 6: return step_columns(slopes, partial, at, width, row, step, 6);
    case 7: return step_columns(slopes, partial, at, width, row, step, 7);
    default: return step_columns(slopes, partial, at, width, row, step, EXAMPLES);
    }
}

// More examples than EXAMPLES are added that many at a time, the last of them within the step.
INLINE void descend_columns(
    struct slopes slopes, size_t count, size_t at, size_t width, const struct row *row,
    const struct timbre_adamw *step) {
    if (count <= EXAMPLES) return step_with(&slopes, count, NULL, at, width, row, step);
    float partial[COLUMN_BLOCK] __attribute__((aligned(64)));
    for (const float *before = NULL; count > EXAMPLES; before = partial, count -= EXAMPLES) {
        for (size_t k = 0; k < width; k += LANES) store_lanes(partial + k, gradient(&slopes, before, at, k, EXAMPLES));
        slopes.inputs += EXAMPLES;
        slopes.values += EXAMPLES;
    }
    step_with(&slopes, count, partial, at, width, row, step);
}

static void timbre_head_descend(
    const float *x, size_t x_stride, const float *delta, size_t delta_stride, size_t batch, size_t columns, size_t rows,
    float *parameters, float *first_moment, float *second_moment, size_t stride, const struct timbre_adamw *step,
    const float **inputs, float *values) {
    const struct timbre_adamw scalars = *step;
    for (size_t n = 0; n < rows; n++) {
        // ReLU and dropout leave most examples without a gradient for a unit: their products would add nothing.
        size_t count = 0;
        for (size_t b = 0; b < batch; b++) {
            const float slope = delta[n * delta_stride + b];
            inputs[count] = x + b * x_stride;
            values[count] = slope;
            count += slope != 0;
        }
        const struct row row = {parameters + n * stride, first_moment + n * stride, second_moment + n * stride};
        const struct slopes slopes = {inputs, values};
        for (size_t k = 0; k < columns; k += COLUMN_BLOCK)
            descend_columns(slopes, count, k, smaller(COLUMN_BLOCK, columns - k), &row, &scalars);
    }
}

static void timbre_head_rectify(float *z, size_t stride, size_t rows, size_t columns) {
    for (size_t row = 0; row < rows; row++) {
        float *restrict units = z + row * stride;
        for (size_t n = 0; n < columns; n++) units[n] = units[n] < 0 ? 0 : units[n];
    }
}

static void timbre_head_rectify_dropping(
    float *z, size_t stride, size_t rows, size_t columns, const uint16_t *draws, uint16_t threshold, float scale) {
    for (size_t row = 0; row < rows; row++) {
        float *restrict units = z + row * stride;
        const uint16_t *restrict drawn = draws + row * columns;
        for (size_t n = 0; n < columns; n++) {
            const float kept = drawn[n] >= threshold ? units[n] * scale : 0;
            units[n] = kept < 0 ? 0 : kept;
        }
    }
}

static void timbre_head_rectify_gradient(
    float *gradient, size_t stride, const float *activations, size_t activations_stride, size_t rows, size_t columns,
    float scale) {
    for (size_t row = 0; row < rows; row++) {
        float *restrict slopes = gradient + row * stride;
        const float *restrict units = activations + row * activations_stride;
        for (size_t n = 0; n < columns; n++) slopes[n] = units[n] > 0 ? slopes[n] * scale : 0;
    }
}
