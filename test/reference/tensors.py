"""Tensors in raw little-endian files, and numbers in JSON."""

import math
from pathlib import Path

import numpy as np
import torch

DTYPES = {"float32": "<f4", "float64": "<f8", "int32": "<i4", "int64": "<i8", "uint8": "|u1"}


def read(folder, entry):
    """The tensor that an entry {file, dtype, shape, offset} describes."""
    shape = entry["shape"]
    count, offset = math.prod(shape), entry.get("offset", 0)
    array = np.fromfile(Path(folder) / entry["file"], DTYPES[entry["dtype"]], count, offset=offset)
    if array.size != count:
        raise ValueError(f"{entry['file']} holds {array.size} values from byte {offset}, shape {shape} needs {count}")
    return torch.from_numpy(array.reshape(shape))


def read_all(folder, entries, precision):
    """A dict of tensors: floating ones in `precision`, whole numbers as int64."""
    found = {}
    for name, entry in entries.items():
        tensor = read(folder, entry)
        found[name] = tensor.to(getattr(torch, precision)) if tensor.is_floating_point() else tensor.long()
    return found


class Writer:
    """Appends tensors to one file of the folder and returns the entry of each."""

    def __init__(self, folder, name="response.bin"):
        self.name = name
        self.file = open(Path(folder) / name, "wb")

    def add(self, tensor):
        array = np.ascontiguousarray(tensor.detach().cpu().numpy())
        entry = {"file": self.name, "dtype": str(array.dtype), "shape": list(tensor.shape), "offset": self.file.tell()}
        self.file.write(array.astype(DTYPES[entry["dtype"]]).tobytes())
        return entry

    def add_all(self, tensors):
        return {name: self.add(tensor) for name, tensor in tensors.items()}

    def close(self):
        self.file.close()


def number(value):
    """A JSON number, or the name of what JSON cannot hold."""
    value = float(value)
    if math.isnan(value):
        return "NaN"
    return value if math.isfinite(value) else ("Infinity" if value > 0 else "-Infinity")
