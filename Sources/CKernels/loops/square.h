#pragma once

#include "inline.h"
#include <stddef.h>
#include <string.h>

enum { SIDE = 8 };
typedef float Row __attribute__((vector_size(SIDE * sizeof(float))));

// In each of three rounds, rows that lie 1, 2 and then 4 apart exchange the squares of that side off their diagonal.
INLINE void transpose_square(const float *from, size_t from_stride, float *to, size_t to_stride) {
    Row rows[SIDE], next[SIDE];
    for (size_t i = 0; i < SIDE; i++) memcpy(&rows[i], from + i * from_stride, sizeof(Row));
    for (int i = 0; i < SIDE; i += 2) {
        next[i] = __builtin_shufflevector(rows[i], rows[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
        next[i + 1] = __builtin_shufflevector(rows[i], rows[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
    for (int i = 0; i < SIDE; i += i % 4 == 1 ? 3 : 1) {
        rows[i] = __builtin_shufflevector(next[i], next[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
        rows[i + 2] = __builtin_shufflevector(next[i], next[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
    for (int i = 0; i < SIDE / 2; i++) {
        next[i] = __builtin_shufflevector(rows[i], rows[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        next[i + 4] = __builtin_shufflevector(rows[i], rows[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
    for (size_t i = 0; i < SIDE; i++) memcpy(to + i * to_stride, &next[i], sizeof(Row));
}
