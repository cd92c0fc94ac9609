"""Samples that lack a stream: all of their values are NaN, a field says it, or a class is not known.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

# A class that is not known, beside NaN.
UNKNOWN = -1


def absent_rows(name, stream, field, said, rows=1):
    """Which rows lack the stream, bool [rows].

    said: the field `<field>_present`, if there is one, 1 where a row has it; of windows, each of whose `rows` rows must have it.
    """
    flat = field.values.reshape(len(field.values), -1)
    if said is None:
        absent = torch.zeros(len(flat), dtype=torch.bool)
    elif said.values.numel() != len(flat) * rows or not ((said.values == 0) | (said.values == 1)).all():
        raise SystemExit(f"The field that says which rows have {name}, with _present after its name, must be 0 or 1 for each row.")
    else:
        absent = (said.values.reshape(-1, rows) == 0).any(1)
    if stream["kind"] == "label":
        absent |= _unknown(name, flat[:, 0], field.words or stream.get("renumber"), stream["sizes"][0])
    elif flat.is_floating_point() and (flat.shape[1] > 1 or "fill" not in stream["transforms"]):
        absent |= flat.isnan().all(1)
    if absent.all():
        raise SystemExit(f"No row has {name}: name other data with --data.")
    return absent


def _unknown(name, values, named, classes):
    """named: whether the classes are not the numbers themselves."""
    found = values[~values.isnan()].unique().tolist()
    if not named and found and found[0] == UNKNOWN:
        signs = classes == 2 and found == [-1, 1]
        shifted = classes > 2 and found[-1] == classes - 2 and len(found) == classes
        if signs or shifted:
            raise SystemExit(f"{name} has the classes {found[0]:g} to {found[-1]:g}, and -1 is a class that is not known: number them from 0.")
    return values.isnan() | (values == UNKNOWN)
