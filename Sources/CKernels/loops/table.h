#pragma once

// Every loop of a level, and the tables that hold them. A file for each level includes this once, with the instructions
// that the compiler may use set around it.

#include "activation.h"
#include "head_layers.h"
#include "head_mixing.h"
#include "head_transpose.h"
#include "layer_norm.h"
#include "reductions.h"
#include "signal_convolution.h"
#include "softmax.h"

#define TIMBRE_INFERENCE                                                                                               \
    {                                                                                                                  \
        .add_bias = timbre_add_bias, .gelu = timbre_gelu, .combine = timbre_combine, .softmax = timbre_softmax,        \
        .layer_norm = timbre_layer_norm, .convolve_signal = timbre_convolve_signal,                                    \
        .window_sums = timbre_window_sums, .column_sums = timbre_column_sums, .all_finite = timbre_all_finite          \
    }

#define TIMBRE_HEAD                                                                                                    \
    {                                                                                                                  \
        .linear = timbre_head_linear, .input_gradient = timbre_head_input_gradient, .descend = timbre_head_descend,    \
        .rectify = timbre_head_rectify, .rectify_dropping = timbre_head_rectify_dropping,                              \
        .rectify_gradient = timbre_head_rectify_gradient, .mix = timbre_head_mix,                                      \
        .mix_gradient = timbre_head_mix_gradient, .transpose = timbre_head_transpose                                   \
    }
