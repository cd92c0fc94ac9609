"""What rows of the data lack, and how many rows of a batch lack what.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

from . import config


class Holes:
    """The streams that rows of the data lack, of those that the loss can read. streams: none where all rows have all."""

    def __init__(self, data):
        used = torch.cat(list(data.splits.values()))
        lacking = {name: absent for name, absent in data.absent.items() if config.STREAMS[name]["role"] != "observe" and absent[used].any()}
        for name in lacking:
            if name not in config.MISSING:
                rate = lacking[name][used].float().mean().item()
                raise SystemExit(
                    f"{rate:.2g} of the rows have no {name}, and the spec does not say so: write `missing {name} rate {rate:.2g}` and export it again."
                )
        self.streams = tuple(lacking)
        rows = zip(*(absent.tolist() for absent in lacking.values()))
        self.of = [tuple(name for name, lacks in zip(lacking, row) if lacks) for row in rows]
        self.kinds = list(dict.fromkeys([(), *self.of]))

    def groups(self, rows):
        """These rows by what they lack, groups in an order that is the same for all rows of the data."""
        found = {absent: [] for absent in self.kinds}
        for row in rows.tolist():
            found[self.of[row]].append(row)
        return {absent: torch.tensor(own) for absent, own in found.items() if own}


def shared_out(groups, batch):
    """How many rows of a batch each group has: its share, as nearly as whole rows allow; a small one may have none."""
    every = sum(map(len, groups.values()))
    counts = apportioned([len(own) * batch / every for own in groups.values()], batch)
    return {absent: count for absent, count in zip(groups, counts) if count}


def apportioned(quotas, total):
    """Whole numbers that add up to total: the largest remainders are rounded up."""
    whole = [int(quota) for quota in quotas]
    order = sorted(range(len(quotas)), key=lambda i: -(quotas[i] - whole[i]))
    for i in order[: total - sum(whole)]:
        whole[i] += 1
    return whole
