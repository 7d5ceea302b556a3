#pragma once

#include "head.h"
#include "lanes.h"

INLINE void mix_lanes(
    const float *states, size_t width, size_t count, const float *coefficients, size_t stride, size_t d, float *mixed) {
    Lanes sum = {0};
    for (size_t l = 0; l < count; l++)
        sum += load_lanes(coefficients + l * stride + d) * load_lanes(states + l * width + d);
    store_lanes(mixed + d, sum);
}

static void timbre_head_mix(
    const float *states, size_t width, size_t count, const float *coefficients, size_t stride, float *mixed) {
    size_t d = 0;
    for (; d + LANES <= width; d += LANES) mix_lanes(states, width, count, coefficients, stride, d, mixed);
    for (; d < width; d++) {
        float sum = 0;
        for (size_t l = 0; l < count; l++) sum += coefficients[l * stride + d] * states[l * width + d];
        mixed[d] = sum;
    }
}

INLINE float dot(const float *a, const float *b, size_t width) {
    Lanes sums = {0};
    size_t d = 0;
    for (; d + LANES <= width; d += LANES) sums += load_lanes(a + d) * load_lanes(b + d);
    float rest = 0;
    for (; d < width; d++) rest += a[d] * b[d];
    return sum_of_lanes(sums) + rest;
}

static void timbre_head_mix_gradient(const float *states, size_t width, size_t count, const float *gradient, double *slopes) {
    for (size_t l = 0; l < count; l++) slopes[l] += (double)dot(states + l * width, gradient, width);
}
