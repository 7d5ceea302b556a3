"""Runs the PyTorch lines of every model card of an export and compares what they give with what is stored.

Usage: python3 run_cards.py DIR, where DIR holds embeddings.npz and heads/. Prints how many heads were asked and the largest
difference of a probability.
"""
import glob
import os
import re
import sys

import numpy

os.chdir(os.path.join(sys.argv[1], "heads"))
data = numpy.load("../embeddings.npz", allow_pickle=False)
names = list(data["prediction_classes"])
largest, cards = 0, sorted(glob.glob("*.md"))
for card in cards:
    with open(card, encoding="utf-8") as file:
        said = {}
        exec(re.search(r"```python\n(.*?)```", file.read(), re.DOTALL).group(1), said)
    cell, fold = card[: -len(".md")].split("-", 1)
    index = list(data["cells"]).index(cell)
    own = (data["prediction_cells"] == index) & (data["fold_names"][data["prediction_folds"]] == fold)
    assert own.any()
    told = said["probabilities"].numpy()[data["prediction_clips"][own]]
    stored = data["probabilities"][own][:, [names.index(name) for name in said["classes"]]]
    assert numpy.isfinite(told).all()
    largest = max(largest, float(numpy.abs(told - stored).max()))
print(len(cards), largest)
