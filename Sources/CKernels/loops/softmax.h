#pragma once

#include "inference.h"
#include "lanes.h"
#include <stdint.h>

// exp(x) for x ≤ 0: x = n·ln 2 + r with |r| ≤ ln 2 / 2, exp(r) by its Taylor polynomial of degree 7 (error below
// 1e-8), times 2^n written into the exponent. Below −87 the answer would be subnormal; it stays at exp(−87). Adding
// 1.5 · 2^23 rounds to a whole number that is then read from the low bits.
INLINE float exp_of_nonpositive(float x) {
    x = x < -87.0f ? -87.0f : x;
    const float shifted = x * 0x1.715476p+0f + 0x1.8p+23f;
    const float n = shifted - 0x1.8p+23f;
    const float r = (x - n * 0x1.62e400p-1f) - n * 0x1.7f7d1cp-20f;
    float p = 0x1.a01a02p-13f;
    p = p * r + 0x1.6c16c2p-10f;
    p = p * r + 0x1.111112p-7f;
    p = p * r + 0x1.555556p-5f;
    p = p * r + 0x1.555556p-3f;
    p = p * r + 0.5f;
    p = p * r + 1;
    p = p * r + 1;
    uint32_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits = (bits + 127) << 23;
    float power;
    memcpy(&power, &bits, sizeof power);
    return p * power;
}

INLINE float largest(const float *x, size_t count) {
    float result = x[0];
    size_t c = 0;
    if (count >= LANES) {
        Lanes best = load_lanes(x);
        for (c = LANES; c + LANES <= count; c += LANES)
            for (int lane = 0; lane < LANES; lane++) best[lane] = x[c + lane] > best[lane] ? x[c + lane] : best[lane];
        for (int lane = 0; lane < LANES; lane++) result = best[lane] > result ? best[lane] : result;
    }
    for (; c < count; c++) result = x[c] > result ? x[c] : result;
    return result;
}

static void timbre_softmax(float *x, size_t stride, size_t rows, size_t columns) {
    if (columns == 0) return;
    for (size_t row = 0; row < rows; row++) {
        float *restrict y = x + row * stride;
        const float top = largest(y, columns);
        for (size_t c = 0; c < columns; c++) y[c] = exp_of_nonpositive(y[c] - top);
        const float scale = 1 / sum_of(y, columns);
        for (size_t c = 0; c < columns; c++) y[c] *= scale;
    }
}
