#!/usr/bin/env python3
"""Writes scores.json and bootstrap.json beside this script.

scores.json: labels and predictions of random cases, some with classes that no label, no prediction or neither has, and
what scikit-learn says of them. bootstrap.json: confusion matrices of speakers, explicit draws of speakers, the pooled
scores of each draw and their percentiles, computed with scikit-learn and numpy from the expanded labels.

Made with Python 3, numpy 2.4.6 and scikit-learn 1.9.1; the seed is 20240901.
"""
import json
import pathlib
import warnings

import numpy as np
from sklearn.metrics import (accuracy_score, balanced_accuracy_score, confusion_matrix, f1_score,
                             precision_recall_fscore_support)

HERE = pathlib.Path(__file__).parent
random = np.random.default_rng(20240901)
warnings.filterwarnings("ignore", message="y_pred contains classes not in y_true")
warnings.filterwarnings("ignore", message="A single label was found")


def headline(labels, predictions):
    return {
        "accuracy": accuracy_score(labels, predictions),
        "uar": balanced_accuracy_score(labels, predictions),
        "macroF1": f1_score(labels, predictions, average="macro", zero_division=0),
    }


def scores_case(classes, labels, predictions):
    every = list(range(classes))
    precision, recall, f1, support = precision_recall_fscore_support(
        labels, predictions, labels=every, zero_division=0)
    return {
        "classes": classes, "labels": labels, "predictions": predictions, **headline(labels, predictions),
        "microF1": f1_score(labels, predictions, average="micro", zero_division=0),
        "weightedF1": f1_score(labels, predictions, average="weighted", zero_division=0),
        "precision": precision.tolist(), "recall": recall.tolist(), "f1": f1.tolist(), "support": support.tolist(),
        "counts": confusion_matrix(labels, predictions, labels=every).ravel().tolist(),
    }


def drawn(pool, count):
    return random.choice(pool, count).tolist()


def score_cases():
    cases = [scores_case(1, [0, 0, 0], [0, 0, 0]), scores_case(2, [0], [1]), scores_case(8, [3], [3]),
             scores_case(4, [1, 1, 1], [1, 1, 1]), scores_case(3, [0, 1, 2], [1, 2, 0])]
    for _ in range(36):
        classes = int(random.integers(2, 10))
        spoken = random.choice(classes, int(random.integers(1, classes + 1)), replace=False)
        answered = random.choice(classes, int(random.integers(1, classes + 1)), replace=False)
        count = int(random.integers(1, 50))
        labels, guesses = drawn(spoken, count), drawn(answered, count)
        right = random.random(count) < random.random()
        cases.append(scores_case(classes, labels, [a if r else b for a, b, r in zip(labels, guesses, right)]))
    return cases


def speaker_counts(classes):
    counts = random.integers(0, 5, (classes, classes)) + np.diag(random.integers(0, 9, classes))
    counts[random.integers(classes)] = 0
    return counts


def expanded(counts):
    classes = counts.shape[0]
    pairs = [(a, b) for a in range(classes) for b in range(classes) for _ in range(counts[a, b])]
    return [a for a, _ in pairs], [b for _, b in pairs]


def bootstrap_case(classes, speakers, draws):
    counts = [speaker_counts(classes) for _ in range(speakers)]
    chosen = random.integers(0, speakers, (draws, speakers))
    replicates = [headline(*expanded(sum(counts[i] for i in draw))) for draw in chosen]
    return {
        "classes": classes, "speakers": [c.ravel().tolist() for c in counts], "draws": chosen.tolist(),
        "replicates": replicates,
        "intervals": {key: np.percentile([r[key] for r in replicates], [2.5, 97.5]).tolist() for key in replicates[0]},
    }


def write(name, value):
    (HERE / name).write_text(json.dumps(value, separators=(",", ":")) + "\n")


write("scores.json", score_cases())
write("bootstrap.json", [bootstrap_case(8, 24, 150), bootstrap_case(4, 5, 150), bootstrap_case(2, 2, 40)])
