#!/usr/bin/env python3
"""Writes scores.json, bootstrap.json and paired.json beside this script.

scores.json: labels and predictions of random cases, some with classes that no label, no prediction or neither has, and
what scikit-learn says of them. bootstrap.json: confusion matrices of speakers, explicit draws of speakers, the pooled
scores of each draw and their percentiles, computed with scikit-learn and numpy from the expanded labels. paired.json:
two results on the same clips, explicit draws of speakers, the differences of the pooled scores of each draw and their
percentiles; numbers of discordant clips and McNemar's exact p, which is scipy's two-sided binomial test of a fair coin;
p-values and what Holm's procedure makes of them, found by its definition: the smallest level at which each is rejected.

Made with Python 3, numpy 2.4.6, scipy 1.17.1 and scikit-learn 1.9.1; the seeds are 20240901 and, for paired.json,
20240902.
"""
import json
import pathlib
import warnings

import numpy as np
from scipy.stats import binomtest
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


# ---- paired.json: a generator of its own, so that the files above keep their bytes ----

paired = np.random.default_rng(20240902)


def answers(labels, classes, share):
    wrong = paired.integers(0, classes, len(labels))
    return np.where(paired.random(len(labels)) < share, labels, wrong)


def paired_case(classes, speakers, draws):
    labels = [paired.integers(0, classes, int(paired.integers(3, 20))) for _ in range(speakers)]
    first = [answers(spoken, classes, paired.uniform(0.2, 0.7)) for spoken in labels]
    second = [np.where(paired.random(len(spoken)) < 0.3, spoken, one) for spoken, one in zip(labels, first)]
    chosen = paired.integers(0, speakers, (draws, speakers))

    def differences(draw):
        spoken = np.concatenate([labels[i] for i in draw])
        before, after = (headline(spoken, np.concatenate([result[i] for i in draw])) for result in (first, second))
        return {key: after[key] - before[key] for key in before}

    replicates = [differences(draw) for draw in chosen]
    return {
        "classes": classes, "labels": [x.tolist() for x in labels], "first": [x.tolist() for x in first],
        "second": [x.tolist() for x in second], "draws": chosen.tolist(), "difference": differences(range(speakers)),
        "replicates": replicates,
        "intervals": {key: np.percentile([r[key] for r in replicates], [2.5, 97.5]).tolist() for key in replicates[0]},
    }


def mcnemar_case(only_first, only_second):
    discordant = only_first + only_second
    p = binomtest(only_first, discordant, 0.5, alternative="two-sided").pvalue if discordant else 1.0
    return {"onlyFirst": only_first, "onlySecond": only_second, "p": p}


def mcnemar_cases():
    few = [(a, b) for a in range(9) for b in range(9)]
    many = [(int(paired.integers(0, 400)), int(paired.integers(0, 400))) for _ in range(60)]
    return [mcnemar_case(a, b) for a, b in few + many + [(5000, 5000), (4900, 5150), (40000, 40900), (1, 900), (0, 1000)]]


def holm_rejects(p_values, level):
    """Which hypotheses Holm's procedure rejects at a level, step by step as the paper has it."""
    rejected = set()
    for step, index in enumerate(np.argsort(p_values, kind="stable")):
        if p_values[index] * (len(p_values) - step) > level:
            break
        rejected.add(int(index))
    return rejected


def holm_case(p_values):
    levels = sorted({min(1.0, p * times) for p in p_values for times in range(1, len(p_values) + 1)} | {1.0})
    rejected = [(level, holm_rejects(p_values, level)) for level in levels]
    adjusted = [next((level for level, indexes in rejected if i in indexes), 1.0) for i in range(len(p_values))]
    return {"p": p_values, "adjusted": adjusted}


def holm_cases():
    random_ones = [np.round(paired.random(n) ** 3, 3).tolist() for n in (1, 2, 3, 5, 8, 12, 20)]
    return [holm_case(p) for p in random_ones + [[0.01, 0.04, 0.03, 0.005], [0.02, 0.02, 0.02], [1.0, 0.0, 0.5]]]


write("paired.json", {
    "comparisons": [paired_case(8, 24, 120), paired_case(4, 5, 120), paired_case(2, 2, 30)],
    "mcnemar": mcnemar_cases(), "holm": holm_cases(),
})
