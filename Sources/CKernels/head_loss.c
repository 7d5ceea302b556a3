#include "head.h"
#include <math.h>

static size_t first_largest(const float *z, size_t stride, size_t classes) {
    size_t best = 0;
    for (size_t c = 1; c < classes; c++)
        if (z[c * stride] > z[best * stride]) best = c;
    return best;
}

// Σ −target log softmax(z); z becomes scale · (Σ target · softmax(z) − target).
static double example_loss(
    float *z, size_t stride, size_t classes, size_t label, const struct timbre_loss *loss, float largest, float scale) {
    const float certain = (1 - loss->smoothing) * loss->class_weights[label];
    const float share = loss->smoothing / (float)classes;
    float total = certain;
    double powers = 0, aimed = 0;
    for (size_t c = 0; c < classes; c++) {
        const float score = z[c * stride] - largest, spread = share * loss->class_weights[c];
        const float target = c == label ? certain + spread : spread;
        total += spread;
        if (target > 0) aimed += (double)target * (double)score;
        powers += z[c * stride] = expf(score);
    }
    const float inverse = scale * total / (float)powers;
    for (size_t c = 0; c < classes; c++)
        z[c * stride] = z[c * stride] * inverse - scale * share * loss->class_weights[c];
    z[label * stride] -= scale * certain;
    // In double precision: near a loss of zero the sum of powers is one and a little.
    return (double)total * log(powers) - aimed;
}

double timbre_head_cross_entropy(
    float *z, size_t stride, size_t classes, size_t batch, const int32_t *labels, const struct timbre_loss *loss,
    float scale, size_t *correct) {
    double sum = 0;
    for (size_t b = 0; b < batch; b++) {
        const size_t label = (size_t)labels[b], best = first_largest(z + b, stride, classes);
        sum += example_loss(z + b, stride, classes, label, loss, z[best * stride + b], scale);
        *correct += best == label;
    }
    return sum;
}
