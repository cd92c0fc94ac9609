"""The rows of each split: the same ones as in the preview.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

from . import draws

SAYS = {"0": "train", "train": "train", "1": "validation", "validation": "validation", "val": "validation"}
SAYS.update({"valid": "validation", "dev": "validation", "2": "test", "test": "test"})
# In the order in which whole units are dealt: training has what is left.
DEALT = ("test", "validation", "train")


def split(asked, fields, seed):
    """Row numbers by split. asked: what config.SPLITS says; fields: those of the file."""
    rows = len(next(iter(fields.values())).values)
    if asked["by"] == "order":
        sizes = [asked[name] for name in ("train", "validation", "test")]
        return dict(zip(("train", "validation", "test"), torch.arange(sum(sizes)).split(sizes)))
    order = draws.permutation(seed, "data.splits", 0, rows)
    if asked["by"] == "column":
        return _said(asked, fields[asked["column"]], order)
    tenth = max(1, rows // 10)
    sizes = {name: asked[name] or tenth for name in ("validation", "test")}
    rest = rows - sizes["validation"] - sizes["test"]
    sizes["train"] = asked["train"] or max(1, rest)
    if sizes["train"] > rest:
        raise SystemExit(f"The splits ask for more than the {rows} rows of the data: {sizes}.")
    groups, classes = (fields[asked[by]] if asked[by] else None for by in ("groups", "stratify"))
    if groups is None and classes is None:
        test, validation, train = order[: sum(sizes.values())].split([sizes[name] for name in DEALT])
        return {"train": train, "validation": validation, "test": test}
    return _deal(_strata(groups, classes, order), sizes, order)


def _said(asked, field, order):
    """Each row in the split that the column says; of a split larger than its size, random rows."""
    values = field.values.reshape(-1).tolist()
    texts = [field.words[value] for value in values] if field.words else [f"{value:g}" for value in values]
    names = [SAYS.get(text.strip().lower()) for text in texts]
    if None in names:
        raise SystemExit(f"Row {names.index(None)} of {asked['column']} is {texts[names.index(None)]}, not a split.")
    found = {}
    for split in ("train", "validation", "test"):
        rows = [row for row in order.tolist() if names[row] == split]
        found[split] = torch.tensor(rows[: asked[split] or len(rows)], dtype=torch.int64)
        if len(found[split]) == 0 or (asked[split] or 0) > len(rows):
            raise SystemExit(f"{asked['column']} says {split} of {len(rows)} rows, which are too few.")
    return found


def _strata(groups, classes, order):
    """Units that stay together, by class, in random order. A group counts as its most frequent class."""
    units = {}
    for row in order.tolist():
        units.setdefault(row if groups is None else groups.values[row].item(), []).append(row)
    strata = {}
    for unit in units.values():
        labels = [0] if classes is None else [classes.values[row].item() for row in unit]
        # The first of equally frequent ones.
        label = max(dict.fromkeys(labels), key=labels.count)
        strata.setdefault(label, []).append(unit)
    if any(len(stratum) < 3 for stratum in strata.values()):
        raise SystemExit("Each class, or the data, needs at least 3 rows or groups: one for each split.")
    return list(strata.values())


def _deal(strata, sizes, order):
    """Whole units: each split has its share of every stratum, and at least one unit of it."""
    everything = sum(sizes.values()) == len(order)
    split_of = {}
    for place, name in enumerate(DEALT):
        later = len(DEALT) - 1 - place
        shares = _shares([_rows(units) for units in strata], sizes[name], later)
        missed = 0
        for i, units in enumerate(strata):
            share = float("inf") if name == "train" and everything else shares[i] + missed
            taken, strata[i] = _take(units, share, later)
            split_of.update({row: name for unit in taken for row in unit})
            missed = share - _rows(taken)
    rows = order.tolist()
    return {name: torch.tensor([row for row in rows if split_of.get(row) == name]) for name in DEALT}


def _rows(units):
    return sum(len(unit) for unit in units)


def _shares(rows, size, keep):
    """Whole rows of each stratum that sum to size where there are so many: in proportion, and at least one."""
    due = [count * size / sum(rows) for count in rows]
    shares = [max(1, min(int(share), count - keep)) for share, count in zip(due, rows)]
    while sum(shares) != size:
        step = 1 if sum(shares) < size else -1
        able = [i for i in range(len(rows)) if (shares[i] < rows[i] - keep if step > 0 else shares[i] > 1)]
        if not able:
            break
        shares[max(able, key=lambda i: step * (due[i] - shares[i]))] += step
    return shares


def _take(units, share, keep):
    """Units whose rows come near to share: those that fit, then the smallest other one where it brings the sum nearer."""
    taken, others, missing = [], [], share
    for unit in units:
        if len(unit) > missing or len(taken) >= len(units) - keep:
            others.append(unit)
        else:
            taken.append(unit)
            missing -= len(unit)
    if len(others) > keep:
        smallest = min(range(len(others)), key=lambda i: len(others[i]))
        if not taken or len(others[smallest]) - missing < missing:
            taken.append(others.pop(smallest))
    return taken, others
