"""Tables: text, Parquet and JSON lines. Each column is a field; those whose names differ by a number are a vector too.

Part of a project that Bottleneck wrote: yours to change.
"""

import csv
import io
import json
import re

import torch

from .field import Field

MISSING = {"", "na", "n/a", "nan", "null", "none", "?", "."}
MOST_CLASSES = 1000
# Of sentences: words that have numbers of their own, and words of each that are kept.
MOST_WORDS, OTHER, LONGEST = 999, "(other)", 64


def text(content):
    """The fields of a table as text."""
    names, samples, delimiter = cells(content)
    fields = {}
    for i, name in enumerate(names):
        if name not in fields:
            fields[name] = column([row[i].strip() for row in samples], delimiter)
    return with_vectors(fields)


def parquet(source):
    """The fields of a Parquet table, from a path or a file."""
    try:
        from pyarrow import parquet as arrow
    except ImportError:
        raise SystemExit("Reading Parquet needs pyarrow: pip install pyarrow") from None
    table = arrow.read_table(source)
    names = [name for name in table.column_names if not re.fullmatch(r"__index_level_\d+__", name)]
    return with_vectors({name: values(table.column(name).to_pylist()) for name in names})


def lines(content):
    """The fields of JSON lines: one object a line."""
    samples = [json.loads(line) for line in content.decode().splitlines() if line.strip()]
    names = dict.fromkeys(name for sample in samples for name in sample)
    return with_vectors({name: values([sample.get(name) for sample in samples]) for name in names})


def cells(content):
    """Names, rows and delimiter of a table as text."""
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
    return names, samples, delimiter


def _number(cell):
    if "_" in cell or re.match(r"0x", cell, re.IGNORECASE):
        return None
    try:
        return float(cell)
    except ValueError:
        return None


def column(cells, delimiter):
    """Cells as numbers where all are, else as classes or words."""
    missing = [cell.lower() in MISSING for cell in cells]
    written = cells
    if delimiter == ";" and all(none or re.fullmatch(r"[-+]?\d+(,\d+)?", cell) for cell, none in zip(cells, missing)):
        written = [cell.replace(",", ".") for cell in cells]
    numbers = [float("nan") if none else _number(cell) for cell, none in zip(written, missing)]
    if all(missing) or None in numbers:
        return texts([None if none else cell for cell, none in zip(cells, missing)])
    return Field(numbers_of(torch.tensor(numbers, dtype=torch.float64)))


def numbers_of(numbers):
    """Whole numbers where all are and fit, else float32; a missing one is NaN."""
    whole = bool(((numbers == numbers.round()) & (numbers >= -(2**31)) & (numbers < 2**31)).all())
    return numbers.to(torch.int64 if whole else torch.float32)


def values(found):
    """Values of any kind, None where there is none: numbers, texts, or lists of equally many numbers; None for others."""
    first = next((value for value in found if value is not None), None)
    if isinstance(first, str):
        return texts([value if isinstance(value, str) else None for value in found])
    width = len(first) if isinstance(first, list) else None
    rows = found if width is not None else [None if value is None else [value] for value in found]
    rows = [[None] * (width or 1) if row is None else row for row in rows]
    if first is None or width == 0 or any(not isinstance(row, list) or len(row) != (width or 1) for row in rows):
        return None
    flat = [float("nan") if value is None else value for row in rows for value in row]
    if any(not isinstance(value, (bool, int, float)) or isinstance(value, int) and abs(value) > 2**53 for value in flat):
        return None
    numbers = numbers_of(torch.tensor([float(value) for value in flat], dtype=torch.float64))
    return Field(numbers if width is None else numbers.reshape(len(found), width))


def texts(found):
    """Texts, None where there is none: classes where they repeat, else the words of sentences."""
    as_classes = classes(found)
    if as_classes is not None and not as_classes.many:
        return as_classes
    sentences = sum(bool(text is not None and re.search(r"\S\s+\S", text)) for text in found)
    return words([text or "" for text in found]) if 2 * sentences > len(found) else as_classes


def classes(texts):
    """Texts as classes, numbered in their sorted order; -1 where there is none. None where there are no texts."""
    names = sorted({text for text in texts if text is not None})
    if not names:
        return None
    many = len(names) > MOST_CLASSES or (len(names) > 20 and len(names) > len(texts) / 2)
    numbers = {name: i for i, name in enumerate(names)}
    return Field(torch.tensor([-1 if text is None else numbers[text] for text in texts]), names, many)


def words(texts):
    """Words by their number, the most frequent first; -1 after the last."""
    lists = [re.findall(r"(?:[^\W_]|')+", text.lower())[:LONGEST] for text in texts]
    counts = {}
    for word in (word for found in lists for word in found):
        counts[word] = counts.get(word, 0) + 1
    known = sorted(counts, key=lambda word: (-counts[word], word))
    if len(known) > MOST_WORDS:
        known = [*known[:MOST_WORDS], OTHER]
    numbers = {word: i for i, word in enumerate(known)}
    width = max(map(len, lists))
    rows = [[numbers.get(word, len(known) - 1) for word in found] + [-1] * (width - len(found)) for found in lists]
    return Field(torch.tensor(rows), known)


def with_vectors(fields):
    """The fields, and columns NAME_0, NAME_1, ... (or from 1) side by side, as the field NAME."""
    groups = {}
    for name, field in fields.items():
        match = re.fullmatch(r"(.*\D)(\d+)", name)
        if match and field is not None and field.words is None and field.values.dim() == 1:
            stem = re.sub(r"[_.\- ]$", "", match[1]) or match[1]
            groups.setdefault(stem, {})[int(match[2])] = field.values
    vectors = {}
    for name, members in groups.items():
        start = 0 if 0 in members else 1
        columns = [members.get(start + i) for i in range(len(members))]
        if len(columns) > 1 and all(column is not None for column in columns):
            whole = all(column.dtype == torch.int64 for column in columns)
            vectors[name] = Field(torch.stack([column if whole else column.float() for column in columns], 1))
    return {**vectors, **fields}
