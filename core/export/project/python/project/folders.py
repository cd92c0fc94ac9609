"""Folders of pictures: each picture is a sample, its folder a class, and a table beside them names them.

Part of a project that Bottleneck wrote: yours to change.
"""

import re

import torch

from . import tables
from .field import Field

NAMES = re.compile(r"(file|file_?name|path|file_?path|image|audio|sound)", re.IGNORECASE)


def read(folder):
    """The fields of a folder. JPEG is decoded by another library than in the preview, which may differ by a few of 255."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    names = [name for name in names if not any(part.startswith(".") for part in name.split("/"))]
    files = [name for name in names if re.search(r"\.(png|jpe?g)$", name, re.IGNORECASE)]
    if not files:
        raise SystemExit(
            f"{folder} has no pictures. Save the fields that the spec reads with numpy.savez, and name that file with --data."
        )
    fields = {"image": _pictures([folder / name for name in files])}
    parents = [name.split("/")[-2] if "/" in name else None for name in files]
    if len(set(parents)) > 1:
        fields["label"] = tables.texts(parents)
    for name in names:
        if re.search(r"\.(csv|tsv)$", name, re.IGNORECASE):
            fields.update(_table(folder, name, files))
    return fields


def _table(folder, name, files):
    """The columns of a table that has a column of the files' names; none where it has not."""
    titles, samples, delimiter = tables.cells((folder / name).read_bytes())
    column = next((i for i, title in enumerate(titles) if NAMES.fullmatch(title)), None)
    if column is None:
        return {}
    within = name.rpartition("/")[0]
    within = f"{within}/" if within else ""
    rows = {within + row[column].strip().removeprefix("./"): row for row in samples}
    if not any(file in rows for file in files):
        return {}
    return {
        title: tables.column([rows[file][i].strip() if file in rows else "" for file in files], delimiter)
        for i, title in enumerate(titles)
        if i != column
    }


def _pictures(paths):
    """Bytes [rows, height, width] where all are grey, else [rows, 3, height, width]."""
    try:
        import numpy
        from PIL import Image
    except ImportError:
        raise SystemExit("Reading pictures needs numpy and Pillow: pip install numpy pillow") from None
    found = []
    for path in paths:
        with Image.open(path) as image:
            if image.mode.startswith("I"):
                pixels = torch.from_numpy((numpy.array(image).astype("int64") >> 8).astype("uint8"))[None]
            elif image.mode in ("1", "L", "LA"):
                pixels = torch.from_numpy(numpy.array(image.convert("L")))[None]
            else:
                pixels = torch.from_numpy(numpy.array(image.convert("RGB"))).movedim(-1, 0)
                if bool((pixels == pixels[:1]).all()):
                    pixels = pixels[:1]
        if found and pixels.shape[1:] != found[0].shape[1:]:
            raise SystemExit(f"{path} has {list(pixels.shape[1:])} pixels, and the first picture {list(found[0].shape[1:])}.")
        found.append(pixels)
    if all(len(pixels) == 1 for pixels in found):
        return Field(torch.cat(found))
    return Field(torch.stack([pixels.expand(3, *pixels.shape[1:]) for pixels in found]))
