#!/usr/bin/env python3
"""compare.py OURS.npz ORACLE.npz [--absolute 2e-4] [--cosine 0.999999]: are our embeddings the oracle's?

OURS is what `timbre embed --layers all` wrote; ORACLE holds `pooled`, the mean over frames of transformers' hidden
states (clips × layers × hidden), and `files`, for the same files in the same order. Prints the largest difference and the
smallest cosine of each layer, and fails where one is out of bounds or not a number. Needs numpy.
"""
import argparse
import pathlib
import sys

import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("ours")
parser.add_argument("oracle")
parser.add_argument("--absolute", type=float, default=2e-4)
parser.add_argument("--cosine", type=float, default=0.999999)
arguments = parser.parse_args()

ours, oracle = np.load(arguments.ours), np.load(arguments.oracle)
names = [[pathlib.Path(str(name)).name for name in archive["files"]] for archive in (ours, oracle)]
if names[0] != names[1]:
    sys.exit("the files differ or stand in another order")
found = ours["embeddings"].astype(np.float64)
expected = oracle["pooled"][:, ours["layers"]].astype(np.float64)
if found.shape != expected.shape:
    sys.exit(f"embeddings of shape {found.shape}, the oracle's {expected.shape}")

difference = np.abs(found - expected).max(axis=(0, 2))
lengths = np.linalg.norm(found, axis=-1) * np.linalg.norm(expected, axis=-1)
cosine = ((found * expected).sum(-1) / lengths).min(axis=0)
for layer, absolute, similarity in zip(ours["layers"], difference, cosine):
    print(f"layer {layer:2d}   largest difference {absolute:.2e}   smallest cosine 1 - {1 - similarity:.2e}")
passed = bool((difference <= arguments.absolute).all() and (cosine >= arguments.cosine).all())
print("within bounds" if passed else f"OUT OF BOUNDS: {arguments.absolute:g} absolute, cosine {arguments.cosine}")
sys.exit(not passed)
