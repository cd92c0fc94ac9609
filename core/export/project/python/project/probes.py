"""What codes carry of the factors: scores of linear probes with 95 % intervals, as the preview has them.

Part of a project that Bottleneck wrote: yours to change.
"""

import math
from functools import partial

import torch

from . import config
from .codes import codes, inferred_from
from .folds import predictions
from .intervals import Z95, wilson
from .linear import logistic, ridge

# Draws of the codes of each test row: each is scored by itself, and scores are averaged.
DRAWS = 4


def probes(model, handed, data, batch):
    """What each code, by its mean and by its draws, carries of each factor of the test rows."""
    seen = codes(model, handed, data.splits["train"], batch)
    judged = [codes(model, handed, data.splits["test"], batch, draw) for draw in range(DRAWS)]
    factors = [
        name
        for name, stream in config.STREAMS.items()
        if name in data.streams and stream["role"] != "modality" and stream["kind"] in ("label", "scalar")
    ]
    for factor in factors:
        for code in seen:
            learned, read = (rows_with(data, split, [*inferred_from(code), factor]) for split in ("train", "test"))
            seen_truth, truth = (data.streams[factor][data.splits[split]][rows] for split, rows in (("train", learned), ("test", read)))
            by_mean = seen[code][0][learned], [judged[0][code][0][read]]
            by_draws = seen[code][1][learned], [draw[code][1][read] for draw in judged]
            for of, (own, others) in (("-of-mean", by_mean), ("", by_draws)):
                found = score(factor, own, seen_truth, others, truth)
                if found is not None:
                    yield {"id": f"{found.pop('measure')}{of}", "code": code, "factor": factor, **found}


def score(factor, seen, seen_truth, judged, truth):
    """measure, value, low, high and chance of a probe; None where the rows are too few.

    seen: codes [rows, k] of training rows. judged: those of the test rows, once for each draw. The others: the factor.
    """
    if len(truth) == 0:
        return None
    label = config.STREAMS[factor]["kind"] == "label"
    classes = config.STREAMS[factor]["sizes"][0] if label else None
    predicted = predictions(partial(logistic, classes=classes) if label else ridge, seen, seen_truth, judged, truth)
    if predicted is None:
        return None
    if not label:
        return {"measure": "r2", **r2(*predicted, truth), "chance": 0}
    counts = torch.bincount(torch.cat([seen_truth, truth]), minlength=classes)
    return {"measure": "accuracy", **accuracy(*predicted, truth), "chance": counts.max().item() / counts.sum().item()}


def accuracy(predicted, effective, truth):
    """How often the largest logit is that of the class. predicted: of each draw, [rows, classes]; effective: rows of the interval."""
    value = torch.stack([logits.argmax(1) == truth for logits in predicted]).double().mean().item()
    low, high = wilson(value * effective, effective)
    return {"value": value, "low": low, "high": high}


def r2(predicted, effective, truth):
    """The share of the variance that is explained; 0 of a number that does not vary. predicted: of each draw, [rows]."""
    truth = truth.double()
    errors = torch.stack([(truth - one).square() for one in predicted]).mean(0)
    deviations = (truth - truth.mean()).square()
    variance = deviations.mean()
    if variance == 0:
        return {"value": 0.0, "low": 0.0, "high": 0.0}
    unexplained = errors.mean() / variance
    # A ratio of means moves with row i by (error_i - unexplained * deviation_i) / variance.
    influence = ((errors - unexplained * deviations) / variance).square().mean().item()
    value, half = 1 - unexplained.item(), Z95 * math.sqrt(influence / effective)
    return {"value": value, "low": value - half, "high": min(1.0, value + half)}


def rows_with(data, split, streams):
    """Which rows of a split have all of these streams, bool [rows]."""
    rows = data.splits[split]
    there = torch.ones(len(rows), dtype=torch.bool)
    for name, has in data.present(rows).items():
        if name in streams:
            there &= has
    return there
