#pragma once

#include "lanes.h"

// GELU(x) = x (1/2 + c P(v)), c = x clamped to ±5.2, v = 2 c²/5.2² − 1: the normal distribution's function minus a
// half is odd, and P of degree 13 brings GELU within 2.5e-7 × max(1, |x|) in float32 without a table, an exponential
// or a division. Tests/Fixtures/kernels/fit_gelu.py fits and checks it. A NaN stays one.
INLINE Lanes gelu(Lanes x) {
    const Lanes limit = (Lanes){0} + 5.2f;
    const Lanes c = __builtin_elementwise_min(__builtin_elementwise_max(x, -limit), limit);
    const Lanes v = c * c * (2 / (5.2f * 5.2f)) - 1;
    Lanes p = (Lanes){0} + -0x1.971a52p-12f;
    p = p * v + 0x1.379ba0p-10f;
    p = p * v + -0x1.81063cp-10f;
    p = p * v + 0x1.06d258p-9f;
    p = p * v + -0x1.29afbep-8f;
    p = p * v + 0x1.121b96p-7f;
    p = p * v + -0x1.9d854cp-7f;
    p = p * v + 0x1.278c14p-6f;
    p = p * v + -0x1.94aa74p-6f;
    p = p * v + 0x1.05ee2ap-5f;
    p = p * v + -0x1.471f72p-5f;
    p = p * v + 0x1.99cf52p-5f;
    p = p * v + -0x1.157a56p-4f;
    p = p * v + 0x1.166cf2p-3f;
    return x * (0.5f + c * p);
}

// x ← GELU(x), four registers at a time: none of them waits for another.
INLINE void gelu_row(float *x, size_t count) {
    size_t n = 0;
    for (; n + 4 * LANES <= count; n += 4 * LANES) {
        Lanes lanes[4];
        for (int i = 0; i < 4; i++) lanes[i] = gelu(load_lanes(x + n + i * LANES));
        for (int i = 0; i < 4; i++) store_lanes(x + n + i * LANES, lanes[i]);
    }
    for (; n < count; n += LANES) {
        const size_t left = count - n < LANES ? count - n : LANES;
        float rest[LANES] = {0};
        memcpy(rest, x + n, left * sizeof(float));
        store_lanes(rest, gelu(load_lanes(rest)));
        memcpy(x + n, rest, left * sizeof(float));
    }
}
