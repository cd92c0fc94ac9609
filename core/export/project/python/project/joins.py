"""Files joined by a key: the rows of another file beside those of the first that have the same key.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

from .field import Field


def joined(fields, other, key, stem):
    """The fields of both. A row without one of the other file has NaN there, or no class (-1).

    stem: what a field of the other file that the first has too is named after, as "stem/name".
    """
    own, theirs = (_texts(part, key) for part in (fields, other))
    place = {text: row for row, text in enumerate(theirs)}
    if len(place) < len(theirs):
        raise SystemExit(f"Several rows of {stem} have the same {key}: give one row for each.")
    rows = torch.tensor([-1 if text == "" else place.get(text, -1) for text in own])
    if (rows < 0).all():
        raise SystemExit(f"No row of {stem} has a {key} of the first file, such as {own[0]}.")
    beside = {f"{stem}/{name}" if name in fields else name: field for name, field in other.items() if name != key}
    return {**fields, **{name: _at(field, rows) for name, field in beside.items()}}


def _texts(fields, key):
    if key not in fields or fields[key].values[0].numel() != 1:
        raise SystemExit(f"The key {key} is not a column of one value a row: the fields are {', '.join(fields)}.")
    field = fields[key]
    values = field.values.reshape(-1).tolist()
    if field.words:
        return ["" if value < 0 else field.words[value] for value in values]
    return [str(_whole(value)) for value in values]


def _whole(value):
    """A number that is whole as one, as the same key may be saved in both ways."""
    return int(value) if value == value and abs(value) < 2**53 and value == int(value) else value


def _at(field, rows):
    values = field.values[rows]
    lacking = rows < 0
    if lacking.any():
        values = values.clone() if field.words else values.float()
        values[lacking] = -1 if field.words else float("nan")
    return Field(values, field.words, field.many)
