#include "level.h"
#include <math.h>
#include <string.h>

#if defined(__x86_64__)
#define VECTOR 8
#define PANEL_VECTORS 2
#define WORDS_DEEP 384
#define ROWS_AT_ONCE 240
#define NUMBERS 1
#define MULTIPLY_ADD(sum, a, b) ((sum) + (a) * (b))

#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#include "loops/multiply.h"
#include "loops/pack.h"
#include "loops/table.h"
#pragma clang attribute pop

static const struct timbre_multiplier multiplier = TIMBRE_MULTIPLIER;

static const struct timbre_level level = {
    .inference = TIMBRE_INFERENCE, .head = TIMBRE_HEAD, .float32 = &multiplier};

const struct timbre_level *timbre_avx2(void) {
    __builtin_cpu_init();
    return __builtin_cpu_supports("x86-64-v3") ? &level : NULL;
}
#else
const struct timbre_level *timbre_avx2(void) { return NULL; }
#endif
