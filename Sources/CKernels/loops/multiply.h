#pragma once

#include "gelu.h"
#include "inline.h"
#include "product.h"
#include <string.h>

// The one kernel of all products. Who includes it says
//   VECTOR                     numbers a register holds,
//   PANEL_VECTORS              registers side by side in a tile: with six rows of them, what they are multiplied by and
//                              one number of A, they fill the processor's registers,
//   NUMBERS                    numbers of B a word holds,
//   WORDS_DEEP, ROWS_AT_ONCE   how many words of a panel, and how many rows of A, are gone through at a time, so that they
//                              stay in a cache,
//   MULTIPLY_ADD(sum, a, b)    sum + a · b, where a is a word of A in all lanes and b a register of words of B,
//   and where a word holds two numbers, NARROW(from, count, to), and for pack.h WEAVE(first, second, to).

typedef float Vector __attribute__((vector_size(VECTOR * sizeof(float))));

enum { TILE_ROWS = 6, PANEL = VECTOR * PANEL_VECTORS };

/// Some rows of A, a panel of B, and where they go.
struct strip {
    const float *a;
    size_t a_stride;
    const float *b;
    size_t depth;
    const float *addend;
    size_t addend_stride;
    const float *bias;
    float *c;
    size_t c_stride;
    /// The line of what follows the panel that is fetched next: by the time it is needed it has come from memory.
    const char *ahead;
};

INLINE Vector load_vector(const float *from) {
    Vector vector;
    memcpy(&vector, from, sizeof vector);
    return vector;
}

// What a register of sums starts from.
INLINE Vector start_of_sums(const struct strip *strip, size_t row, size_t column) {
    Vector start = {0};
    if (strip->bias) start = load_vector(strip->bias + column);
    if (strip->addend) start += load_vector(strip->addend + row * strip->addend_stride + column);
    return start;
}

// `rows` rows by `vectors` registers of sums (constants once inlined) stay in registers all the way down.
INLINE void multiply_tile(const struct strip *strip, int rows, int vectors) {
    Vector sums[TILE_ROWS][PANEL_VECTORS];
    for (int r = 0; r < rows; r++)
        for (int v = 0; v < vectors; v++) sums[r][v] = start_of_sums(strip, (size_t)r, (size_t)v * VECTOR);
    const float *a = strip->a, *b = strip->b;
    const size_t a_stride = strip->a_stride, depth = strip->depth;
    const char *ahead = strip->ahead;
    for (size_t k = 0; k < depth; k++) {
        Vector words[PANEL_VECTORS];
        for (int v = 0; v < vectors; v++) words[v] = load_vector(b + (size_t)v * VECTOR);
        b += (size_t)vectors * VECTOR;
        if (k % 4 == 0) __builtin_prefetch(ahead + k * 16, 0, 2);
        for (int r = 0; r < rows; r++)
            for (int v = 0; v < vectors; v++)
                sums[r][v] = MULTIPLY_ADD(sums[r][v], a[(size_t)r * a_stride + k], words[v]);
    }
    for (int r = 0; r < rows; r++)
        for (int v = 0; v < vectors; v++)
            memcpy(strip->c + (size_t)r * strip->c_stride + (size_t)v * VECTOR, &sums[r][v], sizeof(Vector));
}

INLINE void multiply_rows(const struct strip *strip, size_t rows, int vectors) {
    switch (rows) {
    case 1: return multiply_tile(strip, 1, vectors);
    case 2: return multiply_tile(strip, 2, vectors);
    case 3: return multiply_tile(strip, 3, vectors);
    case 4: return multiply_tile(strip, 4, vectors);
    case 5: return multiply_tile(strip, 5, vectors);
    default: return multiply_tile(strip, TILE_ROWS, vectors);
    }
}

INLINE void multiply_strip(const struct strip *strip, size_t rows, size_t vectors) {
#if PANEL_VECTORS == 4
    if (vectors == 4) return multiply_rows(strip, rows, 4);
    if (vectors == 3) return multiply_rows(strip, rows, 3);
#endif
    if (vectors == 2) return multiply_rows(strip, rows, 2);
    multiply_rows(strip, rows, 1);
}

// The tile is still in the first-level cache.
INLINE void apply_gelu(float *c, size_t stride, size_t rows, size_t columns) {
    for (size_t r = 0; r < rows; r++) gelu_row(c + r * stride, columns);
}

INLINE void copy_rows(const float *from, size_t from_stride, float *to, size_t to_stride, size_t rows, size_t columns) {
    for (size_t r = 0; r < rows; r++) memcpy(to + r * to_stride, from + r * from_stride, columns * sizeof(float));
}

// Where the last register of a panel reaches beyond C, the tile is formed beside it.
static void multiply_ragged_strip(const struct strip *strip, size_t rows, size_t vectors, size_t columns) {
    float beside[TILE_ROWS * PANEL] __attribute__((aligned(64))) = {0};
    float bias[PANEL] __attribute__((aligned(64))) = {0};
    struct strip whole = *strip;
    whole.c = beside;
    whole.c_stride = PANEL;
    if (strip->bias) {
        memcpy(bias, strip->bias, columns * sizeof(float));
        whole.bias = bias;
    }
    if (strip->addend) {
        copy_rows(strip->addend, strip->addend_stride, beside, PANEL, rows, columns);
        whole.addend = beside;
        whole.addend_stride = PANEL;
    }
    multiply_strip(&whole, rows, vectors);
    copy_rows(beside, PANEL, strip->c, strip->c_stride, rows, columns);
}

/// A block of rows and of depth: A from a's first row, one block of packed B.
struct block {
    const float *a;
    size_t a_stride;
    const float *b;
    size_t row, rows, depth;
    bool first, last;
};

static void multiply_panel(
    const struct timbre_product *product, const struct block *block, size_t column, size_t columns) {
    const size_t vectors = (columns + VECTOR - 1) / VECTOR;
    const bool whole = columns == vectors * VECTOR;
    struct strip strip = {
        .b = block->b + column * block->depth,
        .depth = block->depth,
        .a_stride = block->a_stride,
        .c_stride = product->c_stride,
        .bias = block->first && product->bias ? product->bias + column : NULL,
    };
    strip.ahead = (const char *)(strip.b + vectors * VECTOR * block->depth);
    for (size_t r = 0; r < block->rows; r += TILE_ROWS) {
        const size_t rows = smaller(TILE_ROWS, block->rows - r), row = block->row + r;
        strip.a = block->a + r * block->a_stride;
        strip.c = product->c + row * product->c_stride + column;
        strip.addend = !block->first     ? strip.c
                       : product->addend ? product->addend + row * product->addend_stride + column
                                         : NULL;
        strip.addend_stride = block->first ? product->addend_stride : product->c_stride;
        if (whole)
            multiply_strip(&strip, rows, vectors);
        else
            multiply_ragged_strip(&strip, rows, vectors, columns);
        if (block->last && product->through_gelu)
            apply_gelu(strip.c, product->c_stride, rows, columns);
        strip.ahead += block->depth * 16;
    }
}

// Row blocks of nearly equal height: a short last one would read all of B for little.
INLINE size_t row_block(size_t rows) {
    const size_t blocks = (rows + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE;
    const size_t strips = (rows + blocks * TILE_ROWS - 1) / (blocks * TILE_ROWS);
    return strips * TILE_ROWS;
}

#ifdef NARROW
_Static_assert(ROWS_AT_ONCE * WORDS_DEEP <= TIMBRE_NARROWED_WORDS, "a block of A needs more scratch");

// Rows that overlap, as windows do, are narrowed as the one run of numbers that they are.
static void narrow_block(struct block *block, size_t numbers, float *narrowed) {
    if (block->a_stride < numbers && block->a_stride % NUMBERS == 0) {
        NARROW(block->a, (block->rows - 1) * block->a_stride + numbers, narrowed);
        block->a_stride /= NUMBERS;
    } else {
        for (size_t r = 0; r < block->rows; r++)
            NARROW(block->a + r * block->a_stride, numbers, narrowed + r * block->depth);
        block->a_stride = block->depth;
    }
    block->a = narrowed;
}
#endif

static void multiply_blocks(const struct timbre_product *product) {
    const size_t words = (product->depth + NUMBERS - 1) / NUMBERS, height = row_block(product->rows);
    const size_t width = (product->columns + VECTOR - 1) / VECTOR * VECTOR;
    size_t k = 0;
    // A product without depth still has its addend and bias.
    do {
        const size_t depth = smaller(WORDS_DEEP, words - k);
        for (size_t row = 0; row < product->rows; row += height) {
            struct block block = {
                .a = product->a + row * product->a_stride + k * NUMBERS,
                .a_stride = product->a_stride,
                .b = product->packed + k * width,
                .row = row,
                .rows = smaller(height, product->rows - row),
                .depth = depth,
                .first = k == 0,
                .last = k + depth == words,
            };
#ifdef NARROW
            narrow_block(&block, block.last ? product->depth - k * NUMBERS : depth * NUMBERS, product->narrowed);
#endif
            for (size_t column = 0; column < product->columns; column += PANEL)
                multiply_panel(product, &block, column, smaller(PANEL, product->columns - column));
        }
        k += WORDS_DEEP;
    } while (k < words);
}

// As many sums as a tile has: that many hide how long each multiply-add takes.
static double multiply_add(size_t rounds) {
    enum { SUMS = TILE_ROWS * PANEL_VECTORS };
    Vector sums[SUMS] = {0}, words = {0};
    for (size_t round = 0; round < rounds; round++) {
        for (int i = 0; i < SUMS; i++) sums[i] = MULTIPLY_ADD(sums[i], 0.5f, words);
        __asm__ volatile("" : "+v"(words));
    }
    for (int i = 0; i < SUMS; i++) __asm__ volatile("" ::"v"(sums[i]));
    return 2.0 * VECTOR * NUMBERS * SUMS * (double)rounds;
}

#define TIMBRE_MULTIPLIER                                                                                              \
    {                                                                                                                  \
        .vector = VECTOR, .numbers = NUMBERS, .multiply = multiply_blocks, .pack = pack, .multiply_add = multiply_add  \
    }
