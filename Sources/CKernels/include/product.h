#pragma once

#include <stdbool.h>
#include <stddef.h>

// Products with a packed right factor, C ← bias + addend + A · B, through GELU if asked to: A is rows × depth, B depth ×
// columns, C rows × columns.
//
// B is packed in words of 32 bits: one float32, or two bfloat16 that follow each other down a column (an odd depth is
// filled up with zero). Some rows of words make a block, and a block is cut into panels: a panel is what the kernel reads
// from its first word to its last while rows of A pass by. The last panel is as wide as whole vectors need.

/// Words of rows of A that are narrowed to bfloat16 at a time.
enum { TIMBRE_NARROWED_WORDS = 240 * 768 };

/// One product. None of the pointers may overlap, except that the addend may be C.
struct timbre_product {
    const float *a;
    size_t a_stride;
    /// B as a multiplier's `pack` lays it out.
    const float *packed;
    /// What the sums start from, or a null pointer for zero.
    const float *addend;
    size_t addend_stride;
    float *c;
    size_t c_stride;
    /// What is added to each row, or a null pointer.
    const float *bias;
    bool through_gelu;
    size_t rows, depth, columns;
    /// Scratch of TIMBRE_NARROWED_WORDS words, for bfloat16 only.
    float *narrowed;
};

/// How a level multiplies numbers of one precision.
struct timbre_multiplier {
    /// Columns a vector, and numbers a word.
    size_t vector, numbers;
    /// Sums go down the depth one number (bfloat16: one pair) after another, from bias and addend on, whatever the rows and
    /// columns beside them.
    void (*multiply)(const struct timbre_product *product);
    /// Packs B, whose number in row k and column n is from[k · row_step + n · column_step].
    void (*pack)(
        const float *from, size_t row_step, size_t column_step, size_t depth, size_t columns, float *packed);
    /// How fast multiply could be at best: `rounds` rounds of multiply-adds on registers alone, which wait for nothing.
    /// Returns the floating-point operations done.
    double (*multiply_add)(size_t rounds);
};

/// Words that a packed depth × columns matrix takes.
static inline size_t timbre_packed_words(const struct timbre_multiplier *multiplier, size_t depth, size_t columns) {
    const size_t vectors = (columns + multiplier->vector - 1) / multiplier->vector;
    return (depth + multiplier->numbers - 1) / multiplier->numbers * vectors * multiplier->vector;
}
