"""Reads what `timbre export` wrote into a folder and checks that its arrays and tables say the same.

Usage: python3 read_export.py DIR. Prints each array's type and shape; an assertion fails where two disagree.
"""
import csv
import os
import sys

import numpy

folder = sys.argv[1]
data = numpy.load(os.path.join(folder, "embeddings.npz"), allow_pickle=False)


def table(name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def same(rows, column, values):
    assert [row[column] for row in rows] == list(values), column


for name in data.files:
    print(name, data[name].dtype.kind + str(data[name].dtype.itemsize * (data[name].dtype.kind != "U")), data[name].shape)

clips = table("clips.csv")
same(clips, "clip", data["clips"])
same(clips, "speaker", data["speakers"])
same(clips, "label", data["classes"][data["labels"]])

parts = ["", "train", "validation", "test"]
listed = {(row["cell"], row["fold"], row["clip"]): row["part"] for row in table("folds.csv")}
assert len({row["cell"] for row in table("folds.csv")}) == len(data["division_digests"])
firsts = [list(data["cell_divisions"]).index(division) for division in range(len(data["division_digests"]))]
held = {
    (cell, name, clip): parts[part]
    for cell, division in zip(data["cells"][firsts], data["cell_divisions"][firsts])
    for name, of, members in zip(data["fold_names"], data["fold_divisions"], data["parts"])
    if of == division
    for clip, part in zip(data["clips"], members)
    if part
}
assert held == listed and len(table("folds.csv")) == len(held) > 0
assert len(data["division_protocols"]) == len(data["division_digests"]) == data["cell_divisions"].max() + 1

rows = table("predictions.csv")
cells, folds, tested = (data["prediction_" + name] for name in ["cells", "folds", "clips"])
same(rows, "cell", data["cells"][cells])
same(rows, "fold", data["fold_names"][folds])
same(rows, "clip", data["clips"][tested])
same(rows, "speaker", data["speakers"][tested])
same(rows, "label", data["prediction_classes"][data["prediction_labels"]])
same(rows, "predicted", data["prediction_classes"][data["predicted"]])
assert (data["fold_divisions"][folds] == data["cell_divisions"][cells]).all()
assert (data["parts"][folds, tested] == 3).all()
written = [[numpy.float32(row["p_" + name] or "nan") for name in data["prediction_classes"]] for row in rows]
assert numpy.array_equal(numpy.array(written), data["probabilities"], equal_nan=True)
assert (numpy.nanargmax(data["probabilities"], axis=1) == data["predicted"]).all()
print("missing", int(numpy.isnan(data["probabilities"]).sum()))
