#pragma once

#include "clones.h"

// GELU(x) = x (1/2 + c P(v)), c = x clamped to ±5.2, v = 2 c²/5.2² − 1: the normal distribution's function minus a
// half is odd, and P of degree 13 brings GELU within 2.5e-7 × max(1, |x|) in float32 without a table, an exponential
// or a division. Tests/Fixtures/kernels/fit_gelu.py fits and checks it.
INLINE float gelu(float x) {
    const float limit = 5.2f;
    float c = x < -limit ? -limit : x;
    c = c > limit ? limit : c;
    const float v = c * c * (2 / (limit * limit)) - 1;
    float p = -0x1.971a52p-12f;
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
