#!/usr/bin/env python3
"""Writes training.json: what PyTorch makes of small trainings, for TrainerTests to follow.

Made with Python 3.11, torch 2.13.0+cpu, one thread, seed 20240917. Usage: make_training.py [OUT.json]

Features, initial weights and the order of each epoch are given, dropout is off; each case adds its shape, schedule and
settings, and the learning rate, loss and accuracy of five epochs: of training as seen batch by batch, of validation
after the epoch. A weighted sum sees the 24 features as 4 states of 6; its case adds the softmaxed weights after the
last epoch.
"""
import json
import pathlib
import sys

import torch
from torch import nn

SEED, INPUTS, CLASSES, TRAIN, VALIDATION, BATCH, EPOCHS = 20240917, 24, 5, 120, 40, 16, 5
OPTIMIZER = {"learningRate": 0.02, "weightDecay": 0.05, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
PLATEAU = {"factor": 0.5, "patience": 0}
CASES = [
    ("adamw-constant", [16], "constant", {}),
    ("adamw-linear", [16], "linear", {}),
    ("adamw-cosine", [16], "cosine", {}),
    ("adamw-plateau", [16], "plateau", {}),
    ("no-hidden-layer", [], "linear", {}),
    ("two-hidden-layers", [16, 9], "cosine", {}),
    ("label-smoothing", [16], "linear", {"labelSmoothing": 0.1}),
    ("class-weights", [16], "linear", {"classWeights": "balanced"}),
    ("smoothing-and-class-weights", [16], "linear", {"labelSmoothing": 0.2, "classWeights": "balanced"}),
    ("weighted-sum", [16], "linear", {"states": 4}),
    ("weighted-sum-own-rate", [16], "cosine", {"states": 4, "layerWeightsLearningRate": 0.3}),
    ("weighted-sum-plateau", [16, 9], "plateau", {"states": 4, "layerWeightsLearningRate": 0.1}),
    ("weighted-sum-no-hidden-layer", [], "linear", {"states": 4}),
]


def numbers(tensor):
    """The float32 numbers with the nine digits that give them back exactly."""
    return [float(f"{value:.9g}") for value in tensor.flatten().tolist()]


def examples(count, centres):
    labels = torch.randint(0, CLASSES, (count,))
    features = (centres[labels] + 2.5 * torch.randn(count, INPUTS)).mul(1000).round().div(1000)
    return features, labels


class WeightedSum(nn.Module):
    """The sum of an example's states, weighted by the softmax of what is learned (Peters et al. 2018)."""

    def __init__(self, states):
        super().__init__()
        self.scores = nn.Parameter(torch.zeros(states))

    def forward(self, features):
        states = features.view(len(features), len(self.scores), -1)
        return (self.scores.softmax(0)[:, None] * states).sum(1)


def head(hidden, states):
    modules, widths = [WeightedSum(states)] if states > 1 else [], [INPUTS // states, *hidden, CLASSES]
    for position, (inputs, outputs) in enumerate(zip(widths, widths[1:])):
        modules += [nn.Linear(inputs, outputs)] + ([nn.ReLU(), nn.Dropout(0)] if position < len(hidden) else [])
    return nn.Sequential(*modules)


def criterion(settings, labels):
    counts = torch.bincount(labels, minlength=CLASSES).double()
    weight = (len(labels) / (CLASSES * counts)).float() if settings.get("classWeights") == "balanced" else None
    return nn.CrossEntropyLoss(weight=weight, label_smoothing=settings.get("labelSmoothing", 0.0)), weight


def parameter_groups(model, settings):
    """The layers' parameters, and those of the weighted sum with a learning rate of their own where they have one."""
    sums = [p for m in model if isinstance(m, WeightedSum) for p in m.parameters()]
    layers = [p for m in model if not isinstance(m, WeightedSum) for p in m.parameters()]
    own = settings.get("layerWeightsLearningRate", OPTIMIZER["learningRate"])
    return [{"params": layers}] + ([{"params": sums, "lr": own}] if sums else [])


def scheduler(kind, optimizer):
    schedulers = torch.optim.lr_scheduler
    if kind == "linear":
        return schedulers.LinearLR(optimizer, 1, 0, EPOCHS)
    if kind == "cosine":
        return schedulers.CosineAnnealingLR(optimizer, EPOCHS)
    if kind == "plateau":
        return schedulers.ReduceLROnPlateau(optimizer, **PLATEAU)
    return None


def trained(hidden, schedule, settings, train, validation, orders):
    model = head(hidden, settings.get("states", 1))
    layers = [{"weight": numbers(m.weight), "bias": numbers(m.bias)} for m in model if isinstance(m, nn.Linear)]
    betas = (OPTIMIZER["beta1"], OPTIMIZER["beta2"])
    renamed = {"lr": OPTIMIZER["learningRate"], "weight_decay": OPTIMIZER["weightDecay"], "eps": OPTIMIZER["epsilon"]}
    optimizer = torch.optim.AdamW(parameter_groups(model, settings), betas=betas, **renamed)
    rates = scheduler(schedule, optimizer)
    (loss, weight), history = criterion(settings, train[1]), []
    weighed = (lambda labels: len(labels)) if weight is None else (lambda labels: weight[labels].sum().item())
    for order in orders:
        record = {"learningRate": optimizer.param_groups[0]["lr"], "trainLoss": 0.0, "trainAccuracy": 0.0}
        for start in range(0, TRAIN, BATCH):
            rows = order[start:start + BATCH]
            features, labels = train[0][rows], train[1][rows]
            optimizer.zero_grad()
            logits = model(features)
            batch_loss = loss(logits, labels)
            batch_loss.backward()
            optimizer.step()
            record["trainLoss"] += batch_loss.item() * weighed(labels) / weighed(train[1])
            record["trainAccuracy"] += (logits.argmax(1) == labels).sum().item() / TRAIN
        with torch.no_grad():
            logits = model(validation[0])
            record["validationLoss"] = loss(logits, validation[1]).item()
            record["validationAccuracy"] = (logits.argmax(1) == validation[1]).sum().item() / VALIDATION
        if schedule == "plateau":
            rates.step(record["validationLoss"])
        elif rates:
            rates.step()
        history.append({name: float(f"{value:.9g}") for name, value in record.items()})
    weights = [numbers(m.scores.softmax(0)) for m in model if isinstance(m, WeightedSum)]
    return layers, history, weights


def main():
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    centres = torch.randn(CLASSES, INPUTS)
    train, validation = examples(TRAIN, centres), examples(VALIDATION, centres)
    orders = [torch.randperm(TRAIN) for _ in range(EPOCHS)]
    cases = []
    for name, hidden, schedule, settings in CASES:
        torch.manual_seed(SEED + 1)
        layers, history, weights = trained(hidden, schedule, settings, train, validation, orders)
        case = {"name": name, "hidden": hidden, "schedule": schedule, **settings, "initial": layers}
        cases.append(case | {"history": history} | ({"layerWeights": weights[0]} if weights else {}))
    for case in cases:
        rates = {record["learningRate"] for record in case["history"]}
        assert case["schedule"] != "plateau" or len(rates) > 1, f"the plateau schedule of {case['name']} never acted"
    part = lambda features_labels: {"features": numbers(features_labels[0]), "labels": features_labels[1].tolist()}
    data = {
        "inputs": INPUTS, "classes": CLASSES, "batch": BATCH, "epochs": EPOCHS, "optimizer": OPTIMIZER, "plateau": PLATEAU,
        "train": part(train), "validation": part(validation), "orders": [order.tolist() for order in orders],
        "cases": cases,
    }
    out = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).with_name("training.json")
    out.write_text(json.dumps(data, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
