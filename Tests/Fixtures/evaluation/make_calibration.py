#!/usr/bin/env python3
"""Writes calibration.json beside this script.

Confidences and whether each answer was right, and how NumPy sorts them into bins of equal width over (0, 1], right edges
inclusive and 0 in the first bin: clips, mean confidence and accuracy of each bin that has clips, the expected
calibration error of Guo et al. (2017), mean confidence and accuracy over all. Confidences are float32, and a part of
them lies exactly at edges.

Made with Python 3 and numpy 2.4.6; the seed is 20240903.
"""
import json
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
random = np.random.default_rng(20240903)


def case(bins, confidence, right):
    edges = np.arange(bins + 1, dtype=np.float32) / np.float32(bins)
    places = np.digitize(confidence, edges[1:-1], right=True)
    exact = confidence.astype(np.float64)
    clips = np.bincount(places, minlength=bins)
    filled = [places == place for place in range(bins) if clips[place]]
    means, shares = [exact[one].mean() for one in filled], [right[one].mean() for one in filled]
    weights = np.array([one.sum() for one in filled]) / len(confidence)
    return {
        "bins": bins, "confidence": exact.tolist(), "isRight": right.tolist(), "clips": clips.tolist(),
        "binConfidence": means, "binAccuracy": shares,
        "ece": float(np.sum(weights * np.abs(np.array(shares) - np.array(means)))),
        "meanConfidence": float(exact.mean()), "accuracy": float(right.mean()),
    }


def drawn(bins, count, classes):
    confidence = random.dirichlet(np.full(classes, 0.4), count).max(axis=1).astype(np.float32)
    at_edge = random.random(count) < 0.2
    edges = np.arange(bins + 1, dtype=np.float32) / np.float32(bins)
    confidence = np.where(at_edge, random.choice(edges, count), confidence)
    return case(bins, confidence, random.random(count) < 0.8 * confidence)


cases = [drawn(15, 200, 8), drawn(15, 60, 2), drawn(10, 60, 4), drawn(1, 20, 3), drawn(7, 1, 8)]
(HERE / "calibration.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")
