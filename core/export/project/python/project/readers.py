"""Files as fields: npz, npy, IDX, and tables as text; plain or gzip.

Part of a project that Bottleneck wrote: yours to change.
"""

import csv
import gzip
import io
import re
import struct
from pathlib import Path

import torch

MISSING = {"", "na", "n/a", "nan", "null", "none", "?", "."}
MOST_CLASSES = 1000
IDX_TYPES = {8: "B", 9: "b", 11: "h", 12: "i", 13: "f", 14: "d"}


class Field:
    """A column of the data: values [rows, ...] as uint8, int64 or float32, and the words that they number, if any."""

    def __init__(self, values, words=None):
        self.values, self.words = values, words


def read(path):
    """The fields of a file by name, all with the same number of rows."""
    content = Path(path).read_bytes()
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    if content[:2] == b"PK":
        fields = _npz(content)
    elif content[:6] == b"\x93NUMPY":
        fields = {Path(path).name.split(".")[0]: _array(_numpy().load(io.BytesIO(content)))}
    elif content[:2] == b"\0\0" and content[2] in IDX_TYPES:
        fields = _idx(content)
    elif re.search(r"\.(csv|tsv|tab)(\.gz)?$", str(path), re.IGNORECASE):
        fields = _table(content)
    else:
        raise SystemExit(
            f"{path} is not an npz, npy, IDX, csv or tsv file. Save the fields that the spec reads with numpy.savez, "
            "and name that file with --data."
        )
    fields = {name: field for name, field in fields.items() if field is not None and field.values.dim() > 0}
    if not fields:
        raise SystemExit(f"{path} has no array of numbers with one row for each sample.")
    counts = [len(field.values) for field in fields.values()]
    rows = max(counts, key=lambda count: (counts.count(count), count))
    return {name: field for name, field in fields.items() if len(field.values) == rows}


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
        return _classes(texts) if len(texts) == len(array) else None
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


def _table(content):
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = content.decode(encoding)
    first = re.sub(r'"[^"]*"', "", text.splitlines()[0])
    delimiter = max(",\t;", key=lambda sign: len(first.split(sign)))
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if len(row) > 1 or row and row[0]]
    named = any(_number(cell.strip()) is None for cell in rows[0])
    names = [cell.strip() if named else "" for cell in rows[0]]
    names = [name or f"column_{i}" for i, name in enumerate(names)]
    samples = rows[1:] if named else rows
    ragged = [i for i, row in enumerate(samples) if len(row) != len(names)]
    if ragged:
        raise SystemExit(f"Row {ragged[0] + 1 + named} of the table does not have {len(names)} cells.")
    fields = {}
    for i, name in enumerate(names):
        if name not in fields:
            fields[name] = _column([row[i].strip() for row in samples], delimiter)
    return {**_vectors(fields), **fields}


def _number(cell):
    if "_" in cell or re.match(r"0x", cell, re.IGNORECASE):
        return None
    try:
        return float(cell)
    except ValueError:
        return None


def _column(cells, delimiter):
    missing = [cell.lower() in MISSING for cell in cells]
    written = cells
    if delimiter == ";" and all(none or re.fullmatch(r"[-+]?\d+(,\d+)?", cell) for cell, none in zip(cells, missing)):
        written = [cell.replace(",", ".") for cell in cells]
    numbers = [float("nan") if none else _number(cell) for cell, none in zip(written, missing)]
    if all(missing) or None in numbers:
        return _classes([None if none else cell for cell, none in zip(cells, missing)])
    whole = all(number == number and number.is_integer() and abs(number) < 2**31 for number in numbers)
    return Field(torch.tensor(numbers, dtype=torch.float64).to(torch.int64 if whole else torch.float32))


def _classes(texts):
    """Texts as classes, numbered in their sorted order; -1 where there is none."""
    words = sorted({text for text in texts if text is not None})
    if not words or len(words) > MOST_CLASSES or (len(words) > 20 and len(words) > len(texts) / 2):
        return None
    numbers = {word: i for i, word in enumerate(words)}
    return Field(torch.tensor([-1 if text is None else numbers[text] for text in texts]), words)


def _vectors(fields):
    """Columns NAME_0, NAME_1, ... (or from 1) side by side, as the field NAME."""
    groups = {}
    for name, field in fields.items():
        match = re.fullmatch(r"(.*\D)(\d+)", name)
        if match and field is not None and field.words is None:
            stem = re.sub(r"[_.\- ]$", "", match[1]) or match[1]
            groups.setdefault(stem, {})[int(match[2])] = field.values
    vectors = {}
    for name, members in groups.items():
        start = 0 if 0 in members else 1
        columns = [members.get(start + i) for i in range(len(members))]
        if len(columns) > 1 and all(column is not None for column in columns):
            whole = all(column.dtype == torch.int64 for column in columns)
            vectors[name] = Field(torch.stack([column if whole else column.float() for column in columns], 1))
    return vectors
