"""HDF5, and what is stored in it: AnnData (h5ad), MuData (h5mu), MATLAB 7.3.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

from . import tables
from .field import Field

MARKS = (b"\x89HDF\r\n\x1a\n", b"MATLAB 7.3 MAT-file", b"MuData")


def is_hdf5(content):
    return content.startswith(MARKS)


def read(source, content):
    """The fields of a file, from its path or its bytes as a file."""
    try:
        import h5py
    except ImportError:
        raise SystemExit("Reading HDF5 needs h5py: pip install h5py") from None
    fields = {}
    with h5py.File(source, "r") as root:
        if "mod" in root:
            _mudata(root, fields)
        elif "obs" in root:
            _anndata(root, fields, "")
        else:
            _group(root, fields, "", content.startswith(MARKS[1]))
    return tables.with_vectors(fields)


def _is_group(node):
    return hasattr(node, "keys")


def _group(group, fields, path, matlab):
    for name, node in group.items():
        if matlab and name.startswith("#"):
            continue
        if _is_group(node):
            _group(node, fields, f"{path}{name}/", matlab)
        else:
            fields[path + name] = _array(node, matlab)


def _anndata(root, fields, prefix):
    if "X" in root:
        fields[prefix[:-1] or "X"] = _matrix(root["X"])
    for place in ("obsm", "layers"):
        for name, node in root[place].items() if place in root else ():
            fields[f"{prefix}{place}/{name}"] = _matrix(node)
    _obs(root, fields, prefix)


def _mudata(root, fields):
    """Each modality has the rows of all samples: where it has none, its numbers are NaN."""
    _obs(root, fields, "")
    for name, modality in root["mod"].items():
        own = {}
        _anndata(modality, own, f"{name}/")
        # Counted from 1; 0 where the modality lacks the sample.
        places = torch.from_numpy(root["obsmap"][name][()].astype("int64")) - 1 if name in root.get("obsmap", {}) else None
        for field, column in own.items():
            if field not in fields:
                fields[field] = column if column is None or places is None else _spread(column, places)


def _spread(column, places):
    if len(places) == len(column.values) and bool((places == torch.arange(len(places))).all()):
        return column
    there = places >= 0
    shape = (len(places), *column.values.shape[1:])
    if column.words is None:
        values = torch.full(shape, float("nan"))
        values[there] = column.values[places[there]].float()
    else:
        values = torch.full(shape, -1)
        values[there] = column.values[places[there]]
    return Field(values, column.words)


def _obs(root, fields, prefix):
    if "obs" not in root:
        return
    obs = root["obs"]
    index = _text(obs.attrs.get("_index", ""))
    for name, node in obs.items():
        if name not in (index, "_index", "__categories"):
            field = f"{prefix}obs/{name}" if prefix + name in fields else prefix + name
            fields[field] = _encoded(node) if _is_group(node) else _array(node, False)


def _text(value):
    return value.decode() if isinstance(value, bytes) else value


def _encoded(group):
    """A column of classes with their names, or one with a mask of what is missing."""
    if "categories" in group and "codes" in group:
        names = [str(_text(name)) for name in group["categories"][()]]
        return Field(torch.from_numpy(group["codes"][()].astype("int64")), names)
    if "values" not in group:
        return None
    missing = group["mask"][()] if "mask" in group else [False] * len(group["values"])
    found = [_text(value) for value in group["values"][()].tolist()]
    return tables.values([None if none else value for value, none in zip(found, missing)])


def _matrix(node):
    if not _is_group(node):
        return _array(node, False)
    if not {"data", "indices", "indptr"} <= set(node):
        return None
    rows, columns = (int(size) for size in node.attrs["shape"])
    data, indices, starts = (torch.from_numpy(node[part][()]) for part in ("data", "indices", "indptr"))
    lines = torch.arange(len(starts) - 1).repeat_interleave(starts.diff().long())
    places = (lines, indices.long())
    dense = torch.zeros(rows, columns)
    dense[places if _text(node.attrs["encoding-type"]) != "csc_matrix" else places[::-1]] = data.float()
    return Field(tables.numbers_of(dense.double()))


def _array(node, turned):
    """An array with one row for each sample; `turned`: axes are stored in reverse, as MATLAB saves them."""
    array = node[()]
    kind = getattr(getattr(array, "dtype", None), "kind", None)
    if kind is None or array.ndim == 0:
        return None
    if kind in "SO":
        texts = [_text(value) for value in array.reshape(-1).tolist()]
        return tables.values(texts) if len(texts) == len(array) else None
    if kind not in "biuf":
        return None
    array = array.T if turned else array
    if array.dtype == "uint8":
        return Field(torch.from_numpy(array.copy()))
    if kind in "iu" and array.size > 0 and max(-int(array.min()), int(array.max())) > 2**53:
        return None
    return Field(tables.numbers_of(torch.from_numpy(array.astype("float64"))))
