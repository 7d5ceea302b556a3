#include "level.h"
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>

#define VECTOR 16
#define PANEL_VECTORS 4
#define WORDS_DEEP 512
#define ROWS_AT_ONCE 240
#define NUMBERS 2
#define MULTIPLY_ADD(sum, a, b) add_pair_products(sum, a, b)
#define WEAVE(first, second, to) weave(first, second, to)
#define NARROW(from, count, to) narrow(from, count, to)

#pragma clang attribute push(__attribute__((target("arch=x86-64-v4,avx512bf16"))), apply_to = function)

// vdpbf16ps: two products a lane, summed in float32 with denormals as zero.
static inline __attribute__((always_inline)) __m512 add_pair_products(__m512 sum, float word, __m512 words) {
    return _mm512_dpbf16_ps(sum, (__m512bh)_mm512_set1_ps(word), (__m512bh)words);
}

// Numbers two by two into words, each rounded to the nearest bfloat16, ties to even; an odd count is filled up with zero.
static inline __attribute__((always_inline)) void narrow(const float *from, size_t count, float *to) {
    size_t k = 0;
    for (; k + 32 <= count; k += 32)
        _mm512_storeu_ps(
            to + k / 2, (__m512)_mm512_cvtne2ps_pbh(_mm512_loadu_ps(from + k + 16), _mm512_loadu_ps(from + k)));
    if (k == count) return;
    const __mmask32 there = ((__mmask32)1 << (count - k)) - 1;
    const __m512 low = _mm512_maskz_loadu_ps((__mmask16)there, from + k);
    const __m512 high = _mm512_maskz_loadu_ps((__mmask16)(there >> 16), from + k + 16);
    _mm512_mask_storeu_ps(
        to + k / 2, (__mmask16)((1u << (count - k + 1) / 2) - 1), (__m512)_mm512_cvtne2ps_pbh(high, low));
}

// A register of numbers and those below them into words.
static inline __attribute__((always_inline)) void weave(const float *first, const float *second, float *to) {
    const __m512i low = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(_mm512_loadu_ps(first)));
    const __m512i high = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(_mm512_loadu_ps(second)));
    _mm512_storeu_si512(to, _mm512_or_si512(low, _mm512_slli_epi32(high, 16)));
}

#include "loops/multiply.h"
#include "loops/pack.h"
#pragma clang attribute pop

static const struct timbre_multiplier multiplier = TIMBRE_MULTIPLIER;

const struct timbre_multiplier *timbre_bfloat16(void) {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("x86-64-v4") ? &multiplier : NULL;
}
#else
const struct timbre_multiplier *timbre_bfloat16(void) { return NULL; }
#endif
