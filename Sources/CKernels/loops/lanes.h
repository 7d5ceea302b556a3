#pragma once

#include "inline.h"
#include <stddef.h>
#include <string.h>

// The functions below are inlined into each level's version, so how another level would pass Lanes does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

// Sixteen numbers handled together: one register of AVX-512, two of AVX2, four of SSE. Sums kept in sixteen lanes add
// in the same order on each of them.
enum { LANES = 16 };
typedef float Lanes __attribute__((vector_size(LANES * sizeof(float))));

INLINE Lanes load_lanes(const float *from) {
    Lanes lanes;
    memcpy(&lanes, from, sizeof lanes);
    return lanes;
}

INLINE void store_lanes(float *to, Lanes lanes) { memcpy(to, &lanes, sizeof lanes); }

INLINE float sum_of_lanes(Lanes lanes) {
    for (int half = LANES / 2; half > 0; half /= 2)
        for (int lane = 0; lane < half; lane++) lanes[lane] += lanes[lane + half];
    return lanes[0];
}

INLINE float sum_of(const float *x, size_t count) {
    Lanes total = {0};
    size_t c = 0;
    for (; c + LANES <= count; c += LANES) total += load_lanes(x + c);
    float result = sum_of_lanes(total);
    for (; c < count; c++) result += x[c];
    return result;
}
