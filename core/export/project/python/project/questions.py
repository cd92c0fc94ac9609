"""What is asked about rows: each target and factor as classes, a number as the quarter of its values.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

from . import config

QUARTERS = 4


class Question:
    """name; labels: the class of each row of the data, -1 where it is not known; shares: of each class among training rows.

    cuts: of a number, the values between two classes.
    """

    def __init__(self, name, labels, classes, train, cuts=None):
        self.name, self.labels, self.cuts = name, labels, cuts
        known = labels[train]
        counts = torch.bincount(known[known >= 0], minlength=classes).double()
        self.shares = counts / counts.sum()

    @property
    def varies(self):
        return bool((self.shares > 0).sum() > 1)

    def value(self, k):
        """A class in words: of a label its number, of a number the range that it means."""
        if self.cuts is None:
            return k
        low, high = (f"{float(f'{cut:.3g}'):g}" for cut in (self.cuts[max(0, k - 1)], self.cuts[min(k, len(self.cuts) - 1)]))
        return f"below {high}" if k == 0 else f"from {low}" if k == len(self.cuts) else f"{low} to {high}"


def questions_of(data, train):
    """One for each target and factor that varies in these training rows."""
    found = [_question(name, data, train) for name in config.ASKED if name in data.streams]
    return [question for question in found if question is not None and question.varies]


def _question(name, data, train):
    stream, values = config.STREAMS[name], data.streams[name]
    absent = data.absent.get(name, torch.zeros(len(values), dtype=torch.bool))
    if stream["kind"] == "label":
        return Question(name, values.masked_fill(absent, -1), stream["sizes"][0], train)
    known = values[train[~absent[train]]].sort().values.tolist()
    if not known:
        return None
    quarters = sorted({known[len(known) * k // QUARTERS] for k in range(1, QUARTERS)})
    cuts = [cut for cut in quarters if cut > known[0]]
    labels = sum((values >= cut).long() for cut in cuts) if cuts else torch.zeros(len(values), dtype=torch.long)
    return Question(name, labels.masked_fill(absent, -1), QUARTERS, train, cuts)
