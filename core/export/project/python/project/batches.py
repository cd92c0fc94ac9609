"""What the loss is handed at each step: rows of the data, and everything that is drawn.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

from . import config, draws, parallel
from .holes import Holes, apportioned, shared_out


class Batches:
    """A fresh random order of the training rows in every epoch; full batches only."""

    def __init__(self, seed, rows, batch, name="batches"):
        self.seed, self.rows, self.name = seed, rows, name
        self.size = min(batch, len(rows))
        self.steps_per_epoch = len(rows) // self.size
        self.epoch = None

    def at(self, step):
        """Row numbers of the step after `step` others: a function of the seed and the step alone."""
        epoch, place = divmod(step, self.steps_per_epoch)
        if epoch != self.epoch:
            order = draws.permutation(self.seed, self.name, epoch, len(self.rows))
            self.epoch, self.order = epoch, self.rows[order]
        return self.order[place * self.size : (place + 1) * self.size]


class PatternBatches:
    """Batches of rows that lack streams: of each group as many as every batch has, in a random order of its own."""

    def __init__(self, seed, groups, rows, batch):
        self.size = min(batch, len(rows))
        self.steps_per_epoch = len(rows) // self.size
        counts = shared_out(groups, self.size)
        self.each = [Batches(seed, groups[absent], count, " ".join(["batches", *absent])) for absent, count in counts.items()]

    def at(self, step):
        return torch.cat([batches.at(step) for batches in self.each])


def chunks(rows, size):
    """Rows in runs of `size`; the last is filled up from the first rows. Each with the number of its own rows."""
    for start in range(0, len(rows), size):
        places = torch.arange(start, start + size)
        yield rows[places % len(rows)], min(size, len(rows) - start)


class Handed:
    """Arguments of the model for some rows, by the draws of the preview."""

    def __init__(self, data, seed, device):
        self.data, self.seed, self.device = data, seed, device
        self.holes, self.size = Holes(data), None

    def batches(self, rows, size):
        """Batches of training rows; where rows lack streams, each has all kinds of them."""
        self.size = min(size, len(rows))
        if self.holes.streams:
            return PatternBatches(self.seed, self.holes.groups(rows), rows, size)
        return Batches(self.seed, rows, size)

    def full(self, rows, size):
        """Full batches of these rows in turn; where they are too few for one, it is filled up.

        Where rows lack streams, those of the training's size, or of all rows where they are fewer.
        """
        if not self.holes.streams:
            runs = list(chunks(rows, size))
            return [own for own, used in runs if used == size] or [own for own, _ in runs]
        groups = self.holes.groups(rows)
        counts = shared_out(groups, min(self.size, len(rows)))
        turns = max(1, sum(len(groups[absent]) for absent in counts) // sum(counts.values()))
        return [
            torch.cat([groups[absent][torch.arange(turn * count, (turn + 1) * count) % len(groups[absent])] for absent, count in counts.items()])
            for turn in range(turns)
        ]

    def batch(self, rows, step, purpose="training"):
        """This process's part of a batch: (streams, draws).

        purpose: "training", or "held-out", whose draws are the same at every evaluation.
        """
        prefix = "" if purpose == "training" else f"{purpose} "
        lacking = absences(self.seed, prefix, step, rows, self.holes)
        handed = {}
        for kind, entries in config.DRAWS.items():
            values = {key: self._draw(kind, key, size, prefix, step, rows, lacking) for key, size in entries.items()}
            handed[kind] = {key: value.to(self.device) for key, value in values.items()}
        return self.streams(rows, step, prefix), handed

    def streams(self, rows, step, prefix=""):
        """This process's part of the streams of a batch. prefix: of the names of what is drawn for those that are made."""

        def words(name, count):
            drawn = draws.words(self.seed, prefix + name, [step], count * len(rows))
            return parallel.own(drawn.reshape(len(rows), count))

        return self._streams(parallel.own(rows), words)

    def by_row(self, rows, draw, absent=()):
        """A batch whose draws depend on the number of each row alone: (streams, draws). draw: the number of the draw."""
        prefix = f"draw {draw} of each row of "

        def words(name, count):
            return draws.words(self.seed, prefix + name, rows.tolist(), count)

        # Codes read none of the other kinds, which belong to a batch as a whole.
        handed = {kind: {} for kind in config.DRAWS}
        for kind, entries in config.DRAWS.items():
            for key, size in entries.items():
                if kind == "noise":
                    value = draws.normal_by_row(self.seed, f"{prefix}noise.{key}", rows.tolist(), size)
                elif kind == "components":
                    value = draws.components_by_row(self.seed, f"{prefix}component.{key}", rows.tolist(), size)
                elif kind == "present":
                    there = self.data.present(rows).get(key, torch.ones(len(rows), dtype=torch.bool))
                    value = there & (key not in absent)
                else:
                    continue
                handed[kind][key] = value.to(self.device)
        return self._streams(rows, words), handed

    def _streams(self, rows, words):
        data = self.data
        found = {name: data.rows(name, rows) for name in data.streams if name in config.READ}
        found.update({name: made.rows(rows, words) for name, made in data.made.items() if name in config.READ})
        return {name: values.to(self.device) for name, values in found.items()}

    def _draw(self, kind, key, size, prefix, step, rows, lacking):
        seed, count = self.seed, len(rows)
        if kind == "noise":
            return parallel.own(draws.normal(seed, f"{prefix}noise.{key}", step, count, size))
        if kind == "components":
            return parallel.own(draws.components(seed, f"{prefix}component.{key}", step, count, size))
        if kind == "present":
            return parallel.own(torch.tensor([key not in absent for absent in lacking]))
        if kind == "permutations":
            # size: what a row needs to be among them, as streams of which one must be there.
            there = [all(any(one not in absent for one in clause) for clause in size) for absent in lacking]
            return draws.permutation(seed, f"{prefix}permutation.{key}", step, sum(there))
        if kind == "chosen":
            return draws.chosen(seed, f"{prefix}chosen.{key}", step, *size)
        return self.data.shares[key]


def absences(seed, prefix, step, rows, holes):
    """The streams that each row of a batch lacks: what the data say; of other streams how many lack which is fixed, and which rows is drawn."""
    count = len(rows)
    own = [holes.of[row] for row in rows.tolist()] if holes.streams else [()] * count
    patterns = [(absent, len(those)) for absent, those in holes.groups(rows).items()] if holes.streams else [((), count)]
    for stream, rate in config.MISSING.items():
        if stream in holes.streams:
            continue
        quotas = [rows * rate for _, rows in patterns]
        losses = apportioned(quotas, int(count * rate + 0.5))
        split = [
            part
            for (absent, rows), lost in zip(patterns, losses)
            for part in ((absent, rows - lost), ((*absent, stream), lost))
        ]
        patterns = [(absent, rows) for absent, rows in split if rows > 0]
    if len(patterns) == 1 and not patterns[0][0]:
        return own
    queues = {}
    for absent, rows in patterns:
        queues.setdefault(tuple(name for name in absent if name in holes.streams), []).extend([absent] * rows)
    turns = {known: iter(queue) for known, queue in queues.items()}
    lacking = [()] * count
    for place in draws.permutation(seed, f"{prefix}missing", step, count).tolist():
        lacking[place] = next(turns[own[place]])
    return lacking
