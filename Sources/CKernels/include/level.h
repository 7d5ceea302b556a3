#pragma once

#include "head.h"
#include "inference.h"
#include "product.h"

/// The loops compiled for one kind of processor.
struct timbre_level {
    struct timbre_inference inference;
    struct timbre_head head;
    /// A null pointer where products are left to OpenBLAS.
    const struct timbre_multiplier *float32;
};

/// The loops for AVX-512 (x86-64-v4), for AVX2 with FMA (x86-64-v3), and for any processor; a null pointer where this
/// processor cannot run them.
const struct timbre_level *timbre_avx512(void);
const struct timbre_level *timbre_avx2(void);
const struct timbre_level *timbre_portable(void);

/// Products of bfloat16 numbers summed in float32 with AVX512-BF16; a null pointer where this processor has none.
const struct timbre_multiplier *timbre_bfloat16(void);
