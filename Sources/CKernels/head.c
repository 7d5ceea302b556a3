#include "head.h"
#include "lanes.h"
#include <math.h>

// Rows of x, or of the parameters, computed together: four times sixteen lanes fill half the registers of AVX2.
enum { TILE = 4 };

// Weights of 64 inputs and 16 outputs stay in the first-level cache while all examples pass over them.
enum { INPUT_BLOCK = 64 };

// Columns of gradient computed before they are used, at most: a tile of them stays in the first-level cache.
enum { COLUMN_BLOCK = 512 };

INLINE size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

// Sixteen outputs of `rows` examples (a constant once inlined), continued from `start`, whose rows lie `start_stride` apart.
INLINE void add_products(
    const float *x, size_t x_stride, size_t inputs, const float *weights, size_t stride, const float *start,
    size_t start_stride, float *z, size_t z_stride, int rows) {
    Lanes sums[TILE];
    for (int r = 0; r < rows; r++) sums[r] = load_lanes(start + (size_t)r * start_stride);
    for (size_t k = 0; k < inputs; k++) {
        const Lanes weight = load_lanes(weights + k * stride);
        for (int r = 0; r < rows; r++) sums[r] += x[(size_t)r * x_stride + k] * weight;
    }
    for (int r = 0; r < rows; r++) store_lanes(z + (size_t)r * z_stride, sums[r]);
}

INLINE void add_block(
    const float *x, size_t x_stride, size_t batch, size_t inputs, const float *weights, size_t stride, const float *bias,
    float *z, size_t z_stride) {
    const size_t start_stride = bias ? 0 : z_stride;
    size_t b = 0;
    for (; b + TILE <= batch; b += TILE) {
        float *sums = z + b * z_stride;
        add_products(
            x + b * x_stride, x_stride, inputs, weights, stride, bias ? bias : sums, start_stride, sums, z_stride, TILE);
    }
    for (; b < batch; b++) {
        float *sums = z + b * z_stride;
        add_products(x + b * x_stride, x_stride, inputs, weights, stride, bias ? bias : sums, start_stride, sums, z_stride, 1);
    }
}

FOR_EACH_LEVEL
void timbre_head_linear(
    const float *x, size_t x_stride, size_t batch, size_t inputs, const float *parameters, size_t stride, float *z,
    size_t z_stride, size_t outputs) {
    const float *biases = parameters + inputs * stride;
    for (size_t k = 0; k < inputs; k += INPUT_BLOCK)
        for (size_t n = 0; n < outputs; n += LANES)
            add_block(
                x + k, x_stride, batch, smaller(INPUT_BLOCK, inputs - k), parameters + k * stride + n, stride,
                k == 0 ? biases + n : NULL, z + n, z_stride);
}

// The gradient of TILE weight rows.
INLINE void weight_gradient(
    const float *x, size_t x_stride, const float *delta, size_t delta_stride, size_t batch, size_t width, float *gradient) {
    for (size_t n = 0; n < width; n += LANES) {
        Lanes sums[TILE] = {0};
        for (size_t b = 0; b < batch; b++) {
            const Lanes d = load_lanes(delta + b * delta_stride + n);
            for (int r = 0; r < TILE; r++) sums[r] += x[b * x_stride + r] * d;
        }
        for (int r = 0; r < TILE; r++) store_lanes(gradient + r * COLUMN_BLOCK + n, sums[r]);
    }
}

INLINE void bias_gradient(const float *delta, size_t delta_stride, size_t batch, size_t width, float *gradient) {
    for (size_t n = 0; n < width; n += LANES) {
        Lanes sum = {0};
        for (size_t b = 0; b < batch; b++) sum += load_lanes(delta + b * delta_stride + n);
        store_lanes(gradient + n, sum);
    }
}

INLINE void adamw(
    const float *gradient, size_t width, float *parameters, float *first_moment, float *second_moment,
    const struct timbre_adamw *step) {
    for (size_t n = 0; n < width; n += LANES) {
        const Lanes g = load_lanes(gradient + n);
        Lanes m = load_lanes(first_moment + n);
        Lanes v = load_lanes(second_moment + n);
        m = m + step->first_blend * (g - m);
        v = v * step->second_decay + step->second_blend * (g * g);
        const Lanes root = __builtin_elementwise_sqrt(v) * step->root_scale + step->epsilon;
        store_lanes(first_moment + n, m);
        store_lanes(second_moment + n, v);
        store_lanes(parameters + n, load_lanes(parameters + n) * step->decay - step->step_size * (m / root));
    }
}

// The gradient of a few rows is used while it is in the first-level cache; it never exists as a whole.
INLINE void descend_columns(
    const float *x, size_t x_stride, const float *delta, size_t delta_stride, size_t batch, size_t inputs, size_t width,
    float *parameters, float *first_moment, float *second_moment, size_t stride, const struct timbre_adamw *step) {
    float gradient[TILE * COLUMN_BLOCK] __attribute__((aligned(64)));
    for (size_t k = 0; k < inputs; k += TILE) {
        weight_gradient(x + k, x_stride, delta, delta_stride, batch, width, gradient);
        for (size_t row = k; row < smaller(k + TILE, inputs); row++) {
            const size_t at = row * stride;
            adamw(
                gradient + (row - k) * COLUMN_BLOCK, width, parameters + at, first_moment + at, second_moment + at, step);
        }
    }
    const size_t at = inputs * stride;
    bias_gradient(delta, delta_stride, batch, width, gradient);
    adamw(gradient, width, parameters + at, first_moment + at, second_moment + at, step);
}

FOR_EACH_LEVEL
void timbre_head_descend(
    const float *x, size_t x_stride, const float *delta, size_t delta_stride, size_t batch, size_t inputs, size_t outputs,
    float *parameters, float *first_moment, float *second_moment, size_t stride, const struct timbre_adamw *step) {
    const struct timbre_adamw scalars = *step;
    for (size_t n = 0; n < outputs; n += COLUMN_BLOCK)
        descend_columns(
            x, x_stride, delta + n, delta_stride, batch, inputs, smaller(COLUMN_BLOCK, outputs - n), parameters + n,
            first_moment + n, second_moment + n, stride, &scalars);
}

FOR_EACH_LEVEL
void timbre_head_rectify(float *z, size_t stride, size_t rows, size_t columns) {
    for (size_t row = 0; row < rows; row++) {
        float *restrict units = z + row * stride;
        for (size_t n = 0; n < columns; n++) units[n] = units[n] < 0 ? 0 : units[n];
    }
}

FOR_EACH_LEVEL
void timbre_head_rectify_dropping(
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

FOR_EACH_LEVEL
void timbre_head_rectify_gradient(
    float *gradient, size_t stride, const float *activations, size_t activations_stride, size_t rows, size_t columns,
    float scale) {
    for (size_t row = 0; row < rows; row++) {
        float *restrict slopes = gradient + row * stride;
        const float *restrict units = activations + row * activations_stride;
        for (size_t n = 0; n < columns; n++) slopes[n] = units[n] > 0 ? slopes[n] * scale : 0;
    }
}

static size_t first_largest(const float *z, size_t columns) {
    size_t best = 0;
    for (size_t n = 1; n < columns; n++)
        if (z[n] > z[best]) best = n;
    return best;
}

double timbre_head_cross_entropy(
    float *z, size_t stride, size_t rows, size_t columns, const int32_t *labels, float scale, size_t *correct) {
    double loss = 0;
    for (size_t row = 0; row < rows; row++) {
        float *scores = z + row * stride;
        const size_t label = (size_t)labels[row], best = first_largest(scores, columns);
        const float largest = scores[best], score = scores[label];
        double sum = 0;
        for (size_t n = 0; n < columns; n++) sum += scores[n] = expf(scores[n] - largest);
        for (size_t n = 0; n < columns; n++) scores[n] *= scale / (float)sum;
        scores[label] -= scale;
        // In double precision: near a loss of zero the sum is one and a little.
        loss += log(sum) - (double)(score - largest);
        *correct += best == label;
    }
    return loss;
}
