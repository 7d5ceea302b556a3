#pragma once

#include "inference.h"
#include "lanes.h"
#include <math.h>

// The mean square around the mean, in a second pass: nothing cancels.
INLINE float variance_of(const float *x, float mean, size_t count) {
    Lanes total = {0};
    size_t c = 0;
    for (; c + LANES <= count; c += LANES) {
        const Lanes centred = load_lanes(x + c) - mean;
        total += centred * centred;
    }
    float result = sum_of_lanes(total);
    for (; c < count; c++) result += (x[c] - mean) * (x[c] - mean);
    return result / (float)count;
}

static void timbre_layer_norm(
    const float *x, size_t x_stride, const float *gain, const float *bias, float epsilon, float *y, size_t y_stride,
    size_t rows, size_t columns) {
    if (columns == 0) return;
    for (size_t row = 0; row < rows; row++) {
        const float *from = x + row * x_stride;
        float *to = y + row * y_stride;
        const float mean = sum_of(from, columns) / (float)columns;
        const float scale = 1 / sqrtf(variance_of(from, mean, columns) + epsilon);
        for (size_t c = 0; c < columns; c++) to[c] = (from[c] - mean) * scale * gain[c] + bias[c];
    }
}
