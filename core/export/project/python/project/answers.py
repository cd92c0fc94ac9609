"""What a network without a bottleneck predicts of each question, in rows that it did not learn from.

Part of a project that Bottleneck wrote: yours to change.
"""

import math

import torch

from . import config, weights
from .batches import Batches, chunks

# Fewest and most steps of a reader, and how often its answers are looked at.
FEWEST, MOST, LOOKS = 400, 1500, 12
# Share of every answer that is the class's share of the rows, so that no row costs without limit.
PRIOR, LEAST = 0.01, 1e-12
TEMPERATURES = (0.7, 1, 1.4, 2, 2.8, 4)


def read(reader, source, questions, train, held_out, seed, device):
    """Trains a reader and asks it: log-probabilities of the classes, float64 [copies, rows, classes], by question.

    source: `training(rows, step)` hands it a batch, and each of `copies` held-out rows, of which draws may differ.
    """
    weights.initial(reader.to(device), seed, reader.FAN_IN)
    optimizer = torch.optim.Adam(reader.parameters(), lr=config.TRAINING["rate"])
    batches = Batches(seed, train, config.TRAINING["batch"])
    value, unit = config.TRAINING["length"]
    steps = min(MOST, max(FEWEST, value * (batches.steps_per_epoch if unit == "epochs" else 1)))
    looks, every = [], math.ceil(steps / LOOKS)
    for step in range(steps):
        rows = batches.at(step)
        reader.train()
        scores = _scores(reader, source.training(rows, step), questions)
        loss = sum(
            torch.nn.functional.cross_entropy(
                scores[question.name], question.labels[rows].to(device), ignore_index=-1, reduction="sum"
            )
            for question in questions
        )
        optimizer.zero_grad(set_to_none=True)
        (loss / len(rows)).backward()
        optimizer.step()
        if (step + 1) % every == 0 or step + 1 == steps:
            looks.append([_ask(reader, copy, questions, held_out, batches.size) for copy in source.copies])
    return {question.name: _chosen(looks, question, held_out) for question in questions}


def _scores(reader, streams, questions):
    """Unnormalised log-probabilities of the classes, by question."""
    codes = torch.cat(list(reader.encode(streams).values()), 1)
    return {question.name: reader.decoder[question.name](codes) for question in questions}


@torch.no_grad()
def _ask(reader, copy, questions, rows, batch):
    """Probabilities of the classes, [rows, classes], by question."""
    reader.eval()
    parts = []
    for some, used in chunks(rows, batch):
        scores = _scores(reader, copy(some), questions)
        parts.append({name: own[:used].softmax(1).cpu().double() for name, own in scores.items()})
    return {question.name: torch.cat([part[question.name] for part in parts]) for question in questions}


def _chosen(looks, question, rows):
    """The moment and the temperature that answer one half of the rows best, for the answers about the other half.

    Where a reader learns on and on, it grows sure of what it only remembers.
    """
    truth = question.labels[rows]
    candidates = [
        _cooled(torch.stack([copy[question.name] for copy in look]), temperature, question.shares)
        for look in looks
        for temperature in TEMPERATURES
    ]
    found = torch.empty_like(candidates[0])
    for half in (0, 1):
        judged = torch.arange(1 - half, len(rows), 2)
        judged = judged[truth[judged] >= 0]
        costs = [-answers[:, judged, truth[judged]].sum().item() for answers in candidates]
        found[:, half::2] = candidates[costs.index(min(costs))][:, half::2]
    return found


def _cooled(copies, temperature, shares):
    """The log-probabilities of each copy, at a temperature."""
    powers = copies.clamp(min=LEAST) ** (1 / temperature)
    return ((1 - PRIOR) * powers / powers.sum(-1, keepdim=True) + PRIOR * shares + LEAST).log()
