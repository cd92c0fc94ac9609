"""Codes of rows of the data: their means, and draws that are functions of the seed and the row alone.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

from . import config
from .batches import chunks


@torch.no_grad()
def codes(model, handed, rows, batch, draw=0):
    """Mean and draw of each code for these rows, float32 [rows, k] each, by latent; `Z without X` where Z does without X."""
    found = _codes(model, handed, rows, batch, draw)
    for stream in config.MISSING:
        names = [name for name, without in config.WITHOUT.items() if stream in without]
        if names:
            others = _codes(model, handed, rows, batch, draw, (stream,))
            found.update({f"{name} without {stream}": others[name] for name in names})
    return found


def _codes(model, handed, rows, batch, draw, absent=()):
    parts = []
    for some, used in chunks(rows, batch):
        streams, draws = handed.by_row(some, draw, absent)
        found = model.sample(streams, **draws)
        parts.append({name: tuple(x[:used].float().cpu() for x in pair) for name, pair in found.items()})
    return {name: tuple(torch.cat(column) for column in zip(*(part[name] for part in parts))) for name in parts[0]}


def inferred_from(code):
    """The streams from which a code is inferred; of a code without a stream, from all others."""
    name, _, without = code.partition(" without ")
    return [stream for stream in config.INFERRED[name] if stream != without]
