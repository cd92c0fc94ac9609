"""Who is left behind: rows of which the raw streams predict a target or a factor, and all codes together do not.

Two readers are compared on rows that neither has learned from: the spec's own encoders, trained with supervision and
without a price, and a network of draws of the codes. It is the search of the preview.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

from . import config, groups, parallel
from .answers import read
from .codes import codes
from .questions import questions_of

# Draws of the codes of each held-out row: two to suspect a row, one to judge it.
DRAWS = 3


class Streams:
    """Hands streams to a reader."""

    def __init__(self, handed):
        self.training = handed.streams
        self.copies = [lambda rows: handed.by_row(rows, 0)[0]]


class Codes:
    """Hands all codes of a row to a reader, side by side and standardised; draws of held-out rows one after another."""

    def __init__(self, model, handed, train, held_out, batch):
        seen = _joined(model, handed, train, batch, 0)
        mean = seen.mean(0)
        spread = (seen - mean).square().mean(0).sqrt()
        spread = torch.where(spread > 0, spread, torch.ones_like(spread))

        def table(draw):
            values = torch.zeros(max(train.max(), held_out.max()) + 1, seen.shape[1])
            values[train] = ((seen - mean) / spread).float()
            values[held_out] = ((_joined(model, handed, held_out, batch, draw) - mean) / spread).float()
            return lambda rows: {"codes": values[rows].to(handed.device)}

        self.copies = [table(draw) for draw in range(DRAWS)]
        self.training = lambda rows, step: self.copies[0](rows)


def _joined(model, handed, rows, batch, draw):
    found = codes(model, handed, rows, batch, draw)
    return torch.cat([drawn for _, drawn in found.values()], 1).double()


def search(model, handed, data, batch):
    """Groups of held-out rows, the one that loses most first, and what they come to in words. model: with the weights to judge."""
    if not config.ASKED:
        return [], "The spec names no target and no factor, so no rows are searched for."
    from .reader_networks import CodesReader, StreamsReader

    model.eval()
    train = _whole(handed.holes, data.splits["train"])
    # Validation rows chose the checkpoint at most.
    held_out = _whole(handed.holes, torch.cat([data.splits["validation"], data.splits["test"]]))
    questions = questions_of(data, train) if len(train) and len(held_out) else []
    if not questions:
        return [], "No target and no factor varies in rows that have all streams, so no rows are searched for."
    with parallel.alone():
        asked = questions, train, held_out, handed.seed, handed.device
        by_streams = read(StreamsReader(), Streams(handed), *asked)
        by_codes = read(CodesReader(), Codes(model, handed, train, held_out, batch), *asked)
    found = []
    for question in questions:
        losses = groups.Losses(question, by_streams[question.name][0], by_codes[question.name], held_out)
        others = [other for other in questions if other is not question]
        for group in groups.groups_of(losses, others):
            found.append(groups.told(group, losses, questions))
    # The share of all held-out rows that the codes lose, at least.
    found.sort(key=lambda group: -group["share"] * group["low"])
    return found, groups.note(found)


def _whole(holes, rows):
    """The rows that lack no stream that the loss reads."""
    return rows[torch.tensor([not holes.of[row] for row in rows.tolist()], dtype=torch.bool)] if holes.streams else rows
