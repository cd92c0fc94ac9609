"""The data: fields of a file as the streams of the spec, split and scaled as the preview does it.

Part of a project that Bottleneck wrote: yours to change.
"""

from functools import partial
from pathlib import Path

import torch

from . import config, readers, tables
from .absent import UNKNOWN, absent_rows
from .field import Field
from .joins import joined
from .made import Made
from .splits import split
from .transforms import transform
from .windows import Windows

# Fields that a stream of this name reads where no field has its name.
DEFAULTS = {"X": "image", "L": "label", "digit": "label"}


class Data:
    """streams: tensors [rows, ...] by name; splits: row numbers by name; shares: of each class of a label, by label.

    absent: which rows lack a stream, bool [rows], by name, of streams that some lack. Their numbers are NaN, their class -1.
    """

    def __init__(self, path=None, labels=None):
        fields = readers.read(find(path or config.SOURCE))
        if labels or config.LABELS:
            (fields["label"],) = readers.read(find(labels or config.LABELS)).values()
        if config.JOIN:
            for file in config.JOIN["files"]:
                fields = joined(fields, readers.read(find(file)), config.JOIN["key"], Path(file).name.split(".")[0])
        windows = Windows(fields, **config.WINDOWS, asked=config.SPLITS) if config.WINDOWS else None
        self.splits = (windows.split if windows else partial(split, config.SPLITS))(fields, config.SPLIT_SEED)
        fields = {name: field for name, field in fields.items() if not field.many}
        fields = windows.cut(fields) if windows else fields
        read = {name: stream for name, stream in config.STREAMS.items() if "made" not in stream}
        self.streams, self.absent = {}, {}
        for name, stream in read.items():
            self.streams[name], absent = _stream(name, stream, fields, self.splits["train"], windows)
            if absent.any():
                self.absent[name] = absent
        self.made = {
            name: Made(name, stream["made"], self.streams, self.splits, self.absent)
            for name, stream in config.STREAMS.items()
            if "made" in stream
        }
        self.shares = {}
        for name, stream in read.items():
            if stream["kind"] == "label":
                known = self.streams[name][self.splits["train"]]
                counts = torch.bincount(known[known != UNKNOWN], minlength=stream["sizes"][0])
                self.shares[name] = counts.float() / counts.sum()

    def rows(self, name, rows):
        """Rows of a stream that is in the data, as the model takes them."""
        values = self.streams[name][rows]
        # As the preview does it, in this order.
        return (values.double() * (1 / 255)).float() if values.dtype == torch.uint8 else values

    def present(self, rows):
        """Which of these rows have each stream that some rows lack, bool by name: the argument `present` of an exported loss."""
        return {name: ~absent[rows] for name, absent in self.absent.items()}


def find(source):
    """The file, in the working directory, in this project, or in the folder around it."""
    if source is None:
        raise SystemExit("The spec has no data: name a file with --data, with a field for each stream.")
    project = Path(__file__).resolve().parents[1]
    places = [Path(source), project / source, project.parent / source]
    found = next((place for place in places if place.exists()), None)
    if found is None:
        raise SystemExit(f"There is no {' and no '.join(str(place) for place in places)}: name the file with --data.")
    return found


def _stream(name, stream, fields, train, windows):
    """Values of a stream, and which rows lack it."""
    kind, sizes = stream["kind"], stream["sizes"]
    field, said = _columns(name, stream, fields)
    present, lengths = fields.get(f"{said}_present"), fields.get(f"{said}_length")
    if windows and (kind in ("label", "scalar", "text") or arrangement(kind, sizes, list(field.values.shape[1:])) is None):
        field, present, lengths = (one and windows.middle(one) for one in (field, present, lengths))
        windows = None
    if kind == "text" and field.words and field.values.dim() == 1:
        # Texts that repeat are classes to who reads the file.
        field = tables.words([field.words[i] if i >= 0 else "" for i in field.values.tolist()])
    values = field.values
    absent = absent_rows(name, stream, field, present, windows.length if windows else 1)
    shape = arrangement(kind, sizes, list(values.shape[1:]))
    if shape is None:
        raise SystemExit(f"{name} is {kind}{tuple(sizes)}, and a sample of its field is {list(values.shape[1:])}.")
    shape, channels_last = shape
    if channels_last:
        axis = 1 if kind == "video" else 0
        moved = [*shape[:axis], *shape[axis + 1 :], shape[axis]]
        values = values.reshape(len(values), *moved).movedim(-1, axis + 1).contiguous()
    values = values.reshape(len(values), *shape)
    if kind in ("label", "text"):
        values = _renumbered(values) if stream.get("renumber") else values
        return _whole(name, kind, sizes[-1], values, lengths, absent), absent
    if stream["transforms"]:
        values = transform(values.float(), kind, stream["transforms"], train, absent)
    elif values.dtype == torch.uint8 and kind in ("image", "video", "audio"):
        # The 1 of masks and binarised pictures is the largest value there is, not 1/255.
        values = values if values.max() > 1 else values.float()
        # A byte has no NaN.
        return (_at(values, absent, 0) if absent.any() else values), absent
    values = values.float()
    if absent.any():
        values = _at(values, absent, torch.nan)
    if not values[~absent].isfinite().all():
        raise SystemExit(f"{name} has values that are not finite numbers.")
    return values, absent


def _at(values, rows, number):
    """The values with a number in all places of these rows."""
    return values.masked_fill(rows.reshape(-1, *[1] * (values.dim() - 1)), number)


def _columns(name, stream, fields):
    """The field that a stream reads, and the name before `_present` and `_length`."""
    wanted = stream["field"]
    if wanted not in fields and wanted == name:
        wanted = DEFAULTS.get(name, name)
    if wanted not in fields:
        raise SystemExit(f"{name} reads the field {wanted}, which the data do not have: {', '.join(fields)}.")
    if "field_to" not in stream:
        return fields[wanted], wanted
    names = list(fields)
    columns = names[names.index(wanted) : names.index(stream["field_to"]) + 1]
    return Field(torch.stack([fields[column].values.float() for column in columns], -1)), name


def arrangement(kind, sizes, stored):
    """The shape of a sample, channels first, and whether it is stored with channels last; None where it does not fit."""
    a, b, c, d = [*sizes, 1, 1, 1, 1][:4]
    plain = {"label": [], "scalar": [], "text": [a], "vector": [a], "counts": [a], "audio": [a, b]}
    if kind in plain:
        return (plain[kind], False) if _fits(stored, plain[kind]) else None
    before, channels, after = {"image": ([], c, [a, b]), "video": ([a], d, [b, c]), "signal": ([], b, [a])}[kind]
    shape = [*before, channels, *after]
    last = _fits(stored, [*before, *after, channels])
    if _fits(stored, shape) and (channels == 1 or not last):
        return shape, False
    return (shape, True) if last else None


def _fits(stored, wanted):
    """Whether two shapes are the same up to axes of length 1."""
    return [size for size in stored if size != 1] == [size for size in wanted if size != 1]


def _renumbered(values):
    """The different numbers, but those of a class that is not known, as classes from 0."""
    known = (values != -1) & ~values.isnan()
    classes = torch.full(values.shape, -1)
    classes[known] = values[known].unique(return_inverse=True)[1]
    return classes


def _whole(name, kind, count, values, lengths, absent):
    """Class numbers of a label, -1 where there is none; words of a text, `count` where there is none."""
    numbers = values.nan_to_num(-1).long() if values.is_floating_point() else values.long()
    there = ~absent.reshape(-1, *[1] * (numbers.dim() - 1)).expand_as(numbers)
    if kind == "text":
        there = there & (numbers >= 0)
        if lengths is not None:
            there = ~absent[:, None] & (torch.arange(numbers.shape[1]) < lengths.values.reshape(-1, 1))
    if (values != numbers)[there].any() or (numbers[there] < 0).any() or (numbers[there] >= count).any():
        raise SystemExit(f"{name} needs whole numbers from 0 to {count - 1}.")
    return numbers.masked_fill(~there, count if kind == "text" else UNKNOWN)
