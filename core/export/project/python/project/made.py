"""Streams made from others as batches are drawn: changed copies, parts of a signal, other samples of the same class.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

from . import draws

# How far `crop` moves a picture, as a share of its height and width; the standard deviation of `noise`.
LARGEST_SHIFT = 1 / 8
NOISE = 0.1


class Made:
    def __init__(self, name, made, streams, splits, absent):
        """made: what config.STREAMS says of the stream; streams: those of the data; absent: which rows lack them."""
        self.name, self.made = name, made
        self.by, self.source = made["by"], streams[made["of"]]
        if self.by == "partner":
            if made["same"] in absent:
                raise SystemExit(f"{name} needs the class of every row, and some rows have no {made['same']}.")
            self.same = _same(streams[made["same"]], splits, absent.get(made["of"]))

    def rows(self, rows, words):
        """The stream for these rows of the data. words: from (purpose, count) to random words [len(rows), count]."""
        return getattr(self, f"_{self.by}")(rows, words)

    def _numbers(self, rows):
        values = self.source[rows]
        return (values.double() * (1 / 255)).float() if values.dtype == torch.uint8 else values

    def _augment(self, rows, words):
        changes, values = self.made["changes"], self._numbers(rows).clone()
        width = values[0].numel()
        crop, flip, noise = ("crop" in changes, "flip" in changes, "noise" in changes)
        drawn = words(f"changes of {self.name}", 2 * crop + flip + 2 * width * noise)
        at = 0
        if crop:
            values = _shifted(values, drawn[:, :2])
            at = 2
        if flip:
            mirrored = draws.integers(drawn[:, at], 2) == 1
            values[mirrored] = values[mirrored].flip(-1)
            at += 1
        if noise:
            radius, angle = draws._polar(drawn[:, at:])
            values = (values.double() + NOISE * (radius * angle.cos()).reshape(values.shape)).float()
            if self.made["picture"]:
                values = values.clamp(0, 1)
        return values

    def _past(self, rows, words):
        return self._part(rows, words, -self.made["steps"])

    def _future(self, rows, words):
        return self._part(rows, words, 0)

    def _part(self, rows, words, first):
        """Steps from `first` after each row's present on, along the axis of time."""
        made, values = self.made, self._numbers(rows)
        axis = values.dim() - 1 if made["signal"] else 1
        places = values.shape[axis] - made["before"] - made["after"] + 1
        present = made["before"] + draws.integers(words(f"present of {made['of']}", 1)[:, 0], places)
        steps = present[:, None] + first + torch.arange(made["steps"])
        shape = [1] * values.dim()
        shape[0], shape[axis] = steps.shape
        return values.gather(axis, steps.reshape(shape).expand(*values.shape[:axis], -1, *values.shape[axis + 1 :]))

    def _partner(self, rows, words):
        drawn = words(f"partners of {self.made['of']} for {self.name}", 1)[:, 0].tolist()
        others = []
        for row, word in zip(rows.tolist(), drawn):
            # Where no row of its class has the stream, the row itself lacks it.
            same = self.same[row] or [row]
            other = same[int(word * 2.0**-32 * max(1, len(same) - 1))]
            others.append(same[-1] if other == row else other)
        return self._numbers(torch.tensor(others))


def _same(classes, splits, absent):
    """For each row the rows of its split with its class that have the stream."""
    same = {}
    for rows in splits.values():
        groups = {}
        for row in rows.tolist():
            group = groups.setdefault(classes[row].item(), [])
            if absent is None or not absent[row]:
                group.append(row)
            same[row] = group
    return same


def _shifted(pictures, drawn):
    """Pictures [N, channels, height, width] moved by whole pixels, 0 coming in at their edges."""
    height, width = pictures.shape[-2:]
    most = [max(1, int(size * LARGEST_SHIFT + 0.5)) for size in (height, width)]
    out = torch.zeros_like(pictures)
    moves = [(draws.integers(drawn[:, i], 2 * limit + 1) - limit).tolist() for i, limit in enumerate(most)]
    for i, (down, right) in enumerate(zip(*moves)):
        ys, xs = slice(max(0, down), min(height, height + down)), slice(max(0, right), min(width, width + right))
        out[i, :, ys, xs] = pictures[i, :, slice(ys.start - down, ys.stop - down), slice(xs.start - right, xs.stop - right)]
    return out
