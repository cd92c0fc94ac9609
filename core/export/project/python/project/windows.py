"""Windows of long recordings: each sample is some rows that follow one another.

Part of a project that Bottleneck wrote: yours to change.
"""

import math

import torch

from .field import Field
from .splits import split


class Windows:
    """length: rows of a window; step: rows from one to the next. None has rows of two groups, or of two splits."""

    def __init__(self, fields, length, step, asked):
        self.length, self.step, self.asked = length, step, asked
        names = [asked.get(name) for name in ("groups", "column") if asked.get(name)]
        columns = [fields[name].values for name in names if fields[name].values.dim() == 1]
        rows = len(next(iter(fields.values())).values)
        changes = sorted({i + 1 for column in columns for i in (column[1:] != column[:-1]).nonzero()[:, 0].tolist()})
        ends = [*changes, rows]
        starts = [i for begin, end in zip([0, *changes], ends) for i in range(begin, end - length + 1, step)]
        if len(starts) < 3:
            raise SystemExit(f"Windows of {length} rows, {step} apart, are {len(starts)}: too few for three splits.")
        self.starts = torch.tensor(starts)

    def split(self, fields, seed):
        """Window numbers by split; of two that overlap across splits the earlier one is in none."""
        middles = self.starts + self.length // 2
        columns = {name: Field(field.values[middles], field.words) for name, field in fields.items()}
        asked = self.asked
        if asked["by"] == "random" and not asked["groups"]:
            # Neighbouring windows of one recording are alike: stretches of them stay together.
            columns, asked = {**columns, "stretches": Field(self._stretches())}, {**asked, "groups": "stretches"}
        splits = split(asked, columns, seed)
        of, starts = {row: name for name, rows in splits.items() for row in rows.tolist()}, self.starts.tolist()
        kept = {}
        for name, rows in splits.items():
            kept[name] = torch.tensor([row for row in rows.tolist() if not self._overlaps(row, of, starts)])
            if len(kept[name]) == 0:
                raise SystemExit(f"Windows leave no {name} sample that overlaps none of another split.")
        return kept

    def cut(self, fields):
        """Each field [windows, length, ...]."""
        rows = self.starts[:, None] + torch.arange(self.length)
        return {name: Field(field.values[rows], field.words, field.many) for name, field in fields.items()}

    def middle(self, field):
        """Of a field that is cut, the row in the middle of each window: what has no time is that of the middle."""
        return Field(field.values[:, self.length // 2], field.words)

    def _stretches(self):
        count = len(self.starts)
        overlapping = math.ceil(self.length / self.step) - 1
        size = max(1, min(count // 10, max(10 * overlapping, math.ceil(count / 100))))
        return (torch.arange(count) // size).clamp(max=max(0, count // size - 1))

    def _overlaps(self, window, of, starts):
        """Whether a window has rows of a later one that is in another split."""
        later = range(window + 1, min(window + 1 + self.length, len(starts)))
        near = [other for other in later if starts[other] < starts[window] + self.length]
        return any(of.get(other, of[window]) != of[window] for other in near)
