"""Files as fields: npz, npy, IDX, tables, HDF5 and folders of pictures; files plain or gzip.

Part of a project that Bottleneck wrote: yours to change.
"""

import gzip
import io
import re
import struct
from pathlib import Path

import torch

from . import folders, hdf5, tables
from .field import Field

IDX_TYPES = {8: "B", 9: "b", 11: "h", 12: "i", 13: "f", 14: "d"}


def read(path):
    """The fields of a file by name, all with the same number of rows."""
    fields = folders.read(Path(path)) if Path(path).is_dir() else _file(Path(path))
    fields = {name: field for name, field in fields.items() if field is not None and field.values.dim() > 0}
    if not fields:
        raise SystemExit(f"{path} has no array of numbers with one row for each sample.")
    counts = [len(field.values) for field in fields.values()]
    rows = max(counts, key=lambda count: (counts.count(count), count))
    return {name: field for name, field in fields.items() if len(field.values) == rows}


def _file(path):
    with path.open("rb") as file:
        content = file.read(32)
    packed = content[:2] == b"\x1f\x8b"
    if packed:
        content = gzip.decompress(path.read_bytes())
    # Libraries read a file as far as they need it.
    source = io.BytesIO(content) if packed else str(path)
    if content[:4] == b"PAR1":
        return tables.parquet(source)
    if hdf5.is_hdf5(content):
        return hdf5.read(source, content)
    if not packed:
        content = path.read_bytes()
    if content[:2] == b"PK":
        return _npz(content)
    if content[:6] == b"\x93NUMPY":
        return {path.name.split(".")[0]: _array(_numpy().load(io.BytesIO(content)))}
    if content[:2] == b"\0\0" and content[2] in IDX_TYPES:
        return _idx(content)
    if re.search(r"\.(jsonl|ndjson)(\.gz)?$", path.name, re.IGNORECASE):
        return tables.lines(content)
    if re.search(r"\.(csv|tsv|tab)(\.gz)?$", path.name, re.IGNORECASE):
        return tables.text(content)
    raise SystemExit(
        f"{path} has none of the formats that are read here. Save the fields that the spec reads with numpy.savez, "
        "and name that file with --data."
    )


def _numpy():
    try:
        import numpy
    except ImportError:
        raise SystemExit("Reading npz and npy files needs numpy: pip install numpy") from None
    return numpy


def _npz(content):
    with _numpy().load(io.BytesIO(content)) as archive:
        return {name: _array(archive[name]) for name in archive.files}


def _array(array):
    """A field of an array; None where it holds neither numbers nor texts that are classes."""
    numpy = _numpy()
    kind = array.dtype.kind
    if kind in "US":
        texts = [text.decode() if isinstance(text, bytes) else text for text in array.reshape(-1).tolist()]
        return tables.classes(texts) if len(texts) == len(array) else None
    if kind == "b" or array.dtype == numpy.uint8:
        return Field(torch.from_numpy(numpy.array(array, numpy.uint8, order="C")))
    if kind in "iu" and (array.size == 0 or (array.min() >= -(2**31) and array.max() < 2**31)):
        return Field(torch.from_numpy(numpy.array(array, numpy.int64, order="C")))
    if kind in "fiu":
        return Field(torch.from_numpy(numpy.array(array, numpy.float32, order="C")))
    return None


def _idx(content):
    shape = struct.unpack_from(f">{content[3]}I", content, 4)
    code = IDX_TYPES[content[2]]
    count = 1
    for size in shape:
        count *= size
    values = struct.unpack_from(f">{count}{code}", content, 4 + 4 * content[3])
    dtype = torch.uint8 if code == "B" else torch.float32 if code in "fd" else torch.int64
    return {"label" if len(shape) == 1 else "image": Field(torch.tensor(values, dtype=dtype).reshape(shape))}
