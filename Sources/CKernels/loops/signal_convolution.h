#pragma once

#include "gelu.h"
#include "inference.h"
#include "lanes.h"

// `count` frames (a constant once inlined) of sixteen channels: each weight loaded serves all of them.
INLINE void convolve_block(
    const float *x, size_t step, size_t width, const float *weights, const float *bias, bool through_gelu, float *y,
    size_t y_stride, size_t channels, int count) {
    Lanes sums[4];
    for (int t = 0; t < count; t++) sums[t] = load_lanes(bias);
    for (size_t k = 0; k < width; k++) {
        const Lanes weight = load_lanes(weights + k * channels);
        for (int t = 0; t < count; t++) sums[t] += x[(size_t)t * step + k] * weight;
    }
    for (int t = 0; t < count; t++)
        store_lanes(y + (size_t)t * y_stride, through_gelu ? gelu(sums[t]) : sums[t]);
}

INLINE void convolve_frames(
    const float *x, size_t step, size_t width, const float *weights, const float *bias, bool through_gelu, float *y,
    size_t y_stride, size_t channels, int count) {
    size_t c = 0;
    for (; c + LANES <= channels; c += LANES)
        convolve_block(x, step, width, weights + c, bias + c, through_gelu, y + c, y_stride, channels, count);
    for (int t = 0; t < count; t++)
        for (size_t rest = c; rest < channels; rest++) {
            float sum = bias[rest];
            for (size_t k = 0; k < width; k++) sum += x[(size_t)t * step + k] * weights[k * channels + rest];
            y[(size_t)t * y_stride + rest] = sum;
        }
    if (through_gelu)
        for (int t = 0; t < count; t++) gelu_row(y + (size_t)t * y_stride + c, channels - c);
}

static void timbre_convolve_signal(
    const float *x, size_t step, size_t width, const float *weights, const float *bias, bool through_gelu, float *y,
    size_t y_stride, size_t frames, size_t channels) {
    size_t t = 0;
    for (; t + 4 <= frames; t += 4)
        convolve_frames(
            x + t * step, step, width, weights, bias, through_gelu, y + t * y_stride, y_stride, channels, 4);
    for (; t < frames; t++)
        convolve_frames(
            x + t * step, step, width, weights, bias, through_gelu, y + t * y_stride, y_stride, channels, 1);
}

static void timbre_window_sums(const float *x, size_t step, size_t width, size_t frames, double *sums, double *products) {
    for (size_t i = 0; i < width; i++) sums[i] = 0;
    for (size_t i = 0; i < width * width; i++) products[i] = 0;
    for (size_t t = 0; t < frames; t++) {
        const float *window = x + t * step;
        for (size_t i = 0; i < width; i++) {
            const double value = window[i];
            double *restrict row = products + i * width;
            sums[i] += value;
            for (size_t j = 0; j < width; j++) row[j] += value * (double)window[j];
        }
    }
}
