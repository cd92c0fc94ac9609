"""Writes the same small data by the libraries that people save theirs with: formats.py FOLDER. What a reader must find is
in expected.json, by file and field: null for a number that is missing."""

import json
import struct
import sys
import warnings
import zlib
from pathlib import Path

import anndata
import h5py
import mudata
import numpy as np
import pandas as pd
import scipy.io.wavfile
import scipy.sparse
from PIL import Image

warnings.simplefilter("ignore")
folder = Path(sys.argv[1])
rng = np.random.default_rng(0)
ROWS = 40
x = rng.normal(size=(ROWS, 5)).astype("float32")
picture = rng.integers(0, 256, (ROWS, 4, 6)).astype("uint8")
age = rng.integers(20, 80, ROWS)
dose = rng.normal(size=ROWS)
dose[3] = np.nan
group = rng.choice(["left", "right"], ROWS)
truth = rng.random(ROWS) < 0.5
codes = (group == "right").astype(int)
expected = {}


def write(name, fields, skipped=()):
    values = {k: np.asarray(v, dtype="float64").ravel() for k, v in fields.items()}
    expected[name] = {
        "fields": {k: [None if np.isnan(n) else float(n) for n in v] for k, v in values.items()},
        "skipped": list(skipped),
    }
    return folder / name


table = pd.DataFrame({"age": age, "dose": dose, "group": group, "truth": truth})
for i in range(5):
    table[f"gene_{i}"] = x[:, i]
columns = {"age": age, "dose": dose, "group": codes, "truth": truth, "gene": x, "gene_3": x[:, 3]}
table.to_csv(write("table.csv", {k: v for k, v in columns.items()}), index=False)
lists = table.assign(kind=pd.Categorical(group), code=[row.tolist() for row in x], when=pd.Timestamp("2020-02-02"))
lists["id"] = [2**60 + row for row in range(ROWS)]
packed = {**columns, "kind": codes, "code": x}
for compression in ["snappy", "gzip", "zstd", "brotli", "lz4", None]:
    path = write(f"{compression}.parquet", packed, ["when", "id"])
    lists.to_parquet(path, compression=compression, row_group_size=15)

with h5py.File(write("plain.h5", {"x": x, "views/picture": picture, "group": codes, "fixed": codes, "big": x, "truth": truth}, ["one", "record"]), "w") as f:
    f["x"] = x
    f.create_dataset("views/picture", data=picture, chunks=(7, 3, 2), compression="gzip", shuffle=True)
    f["group"] = group.astype(object)
    f["fixed"] = group.astype("S9")
    f["big"] = x.astype(">f8")
    f["truth"] = truth
    f["one"] = 3.0
    f["record"] = np.zeros(ROWS, dtype=[("a", "f4"), ("b", "i4")])

# Pieces that were never written, whole numbers that float64 does not hold, filters and links.
some = np.where(np.arange(ROWS)[:, None] < 10, x, -1)
with h5py.File(write("odd.h5", {"some": some, "never": np.full((ROWS, 5), 7), "zeros": np.zeros(ROWS), "same": x, "enum": codes, "checked": x}, ["big", "lzf", "scaled", "lists", "none"]), "w") as f:
    f.create_dataset("some", shape=(ROWS, 5), chunks=(10, 5), dtype="f4", fillvalue=-1)[:10] = x[:10]
    f.create_dataset("never", shape=(ROWS, 5), dtype="f4", fillvalue=7)
    f.create_dataset("zeros", shape=(ROWS,), chunks=(8,), dtype="i2")
    f.create_dataset("enum", data=codes, dtype=h5py.enum_dtype({"left": 0, "right": 1}, basetype="i1"))
    f.create_dataset("checked", data=x, chunks=(7, 4), fletcher32=True)
    f.create_dataset("lzf", data=x, chunks=(7, 4), compression="lzf")
    f.create_dataset("scaled", data=age, chunks=(7,), scaleoffset=0)
    f["same"], f["big"], f["none"] = h5py.SoftLink("/checked"), np.arange(ROWS) + 2**60, h5py.Empty("f4")
    f.create_dataset("lists", data=[np.arange(i % 3 + 1.0) for i in range(ROWS)], dtype=h5py.vlen_dtype("f4"))
with h5py.File(folder / "links.h5", "w") as f:
    f["x"], f["other"] = x, h5py.ExternalLink("plain.h5", "/x")

path = write("variables.mat", {"x": x, "part/x": x, "ok": codes}, ["names", "title", "empty", "sparse"])
with h5py.File(path, "w", userblock_size=512) as f:
    f["x"], f["part/x"], f["ok"] = x.T.copy(), x.T.copy(), codes[None].astype("uint8")
    cell = np.empty((1, ROWS), object)
    for i, word in enumerate(group):
        f[f"#refs#/{i}"] = np.frombuffer(word.encode("utf-16-le"), "uint16")[:, None]
        cell[0, i] = f[f"#refs#/{i}"].ref
    f.create_dataset("names", data=cell, dtype=h5py.ref_dtype)
    f["title"], f["empty"] = np.zeros((5, 1), "uint16"), np.zeros(2, "uint64")
    f["sparse/data"], f["sparse/ir"], f["sparse/jc"] = np.ones(3), np.arange(3), np.array([0, 3])
    f["sparse"].attrs["MATLAB_sparse"] = np.uint64(ROWS)
    f["empty"].attrs["MATLAB_empty"] = np.uint8(1)
    f["names"].attrs["MATLAB_class"], f["title"].attrs["MATLAB_class"] = np.bytes_("cell"), np.bytes_("char")
with open(path, "r+b") as f:
    f.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64".ljust(124) + b"\x00\x02IM")

path = write("matlab.mat", {"x": x, "picture": picture, "label": codes})
with h5py.File(path, "w", userblock_size=512) as f:
    f["x"], f["picture"], f["label"] = x.T.copy(), picture.T.copy(), codes[None].astype("float64")
with open(path, "r+b") as f:
    f.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64".ljust(124) + b"\x00\x02IM")

names = [f"sample {i}" for i in range(ROWS)]
about = pd.DataFrame({"kind": pd.Categorical(group), "depth": dose}, index=names)
cells = anndata.AnnData(X=x, obs=about)
cells.obsm["X_pca"] = x[:, :2]
cells.write_h5ad(write("cells.h5ad", {"X": x, "kind": codes, "depth": dose, "obsm/X_pca": x[:, :2]}))
counts = scipy.sparse.random(ROWS, 8, 0.3, format="csr", random_state=0, dtype="float32")
dense = counts.toarray()
for layout in ["csr", "csc"]:
    path = write(f"{layout}.h5ad", {"X": dense, "kind": codes})
    anndata.AnnData(X=counts.asformat(layout), obs=about).write_h5ad(path, compression="gzip")

whole = pd.array([None if i == 3 else int(v) for i, v in enumerate(age)], dtype="Int64")
with_raw = anndata.AnnData(X=np.log1p(counts), obs=about.assign(whole=whole, maybe=pd.Categorical(np.where(np.arange(ROWS) == 3, None, group))))
with_raw.raw, with_raw.layers["counts"] = anndata.AnnData(X=counts), counts
with_raw.obsm["frame"] = pd.DataFrame(x[:, :2], index=names, columns=["p", "q"])
lack = np.arange(ROWS) == 3
fields = {"X": np.log1p(dense), "raw/X": dense, "layers/counts": dense, "whole": np.where(lack, np.nan, age), "maybe": np.where(lack, -1, codes)}
with_raw.write_h5ad(write("raw.h5ad", fields, ["obsm/frame"]))

other = anndata.AnnData(X=dense[10:], obs=about.iloc[10:])
both = mudata.MuData({"rna": cells, "protein": other})
both.obs["site"] = group
hole = np.where(np.arange(ROWS)[:, None] < 10, np.nan, dense)
both.write(write("both.h5mu", {"rna": x, "protein": hole, "site": codes, "protein/depth": np.where(np.arange(ROWS) < 10, np.nan, dose)}))

words = ["a red square", "a blue square", "the red disk is on the left"]
said = [words[i % 3] + (f" {i}" if i < 9 else "") for i in range(ROWS)]
with open(write("lines.jsonl", {"age": age, "dose": dose, "group": codes, "code": x}), "w") as f:
    for i in range(ROWS):
        line = {"age": int(age[i]), "dose": dose[i], "group": group[i], "code": x[i].tolist(), "said": f"{said[i]} and {i}"}
        f.write(json.dumps({k: v for k, v in line.items() if v == v}) + "\n")


def pictures(name, mode, pixels, ending="png"):
    for i, row in enumerate(pixels):
        place = folder / name / group[i]
        place.mkdir(parents=True, exist_ok=True)
        Image.fromarray(row).convert(mode).save(place / f"{i:03}.{ending}", quality=100)
    order = np.argsort([f"{group[i]}/{i:03}" for i in range(ROWS)])
    return [int(i) for i in order]


colours = rng.integers(0, 256, (ROWS, 6, 4, 3)).astype("uint8")
few = (colours // 128 * 255).astype("uint8")
order = pictures("colour", "RGB", colours)
channels_first = lambda values: np.moveaxis(values[order], -1, 1)
write("colour", {"image": channels_first(colours), "label": codes[order]})
pictures("clear", "RGBA", colours)
write("clear", {"image": channels_first(colours)})
pictures("palette", "P", few)
write("palette", {"image": channels_first(few)})
pictures("grey", "L", picture)
write("grey", {"image": picture[order], "label": codes[order]})
pictures("bits", "1", (picture > 127).astype("uint8") * 255)
write("bits", {"image": (picture[order] > 127) * 255})
flat = np.repeat(np.repeat(picture[:, :1, :1], 8, 1), 8, 2)
pictures("photos", "L", flat, "jpg")
write("photos", {"image": flat[order]})
pd.DataFrame({"file_name": [f"{group[i]}/{i:03}.png" for i in range(ROWS)], "age": age}).to_csv(folder / "grey" / "about.csv", index=False)
expected["grey"]["fields"]["age"] = [float(v) for v in age[order]]

def png(path, pixels, depth, interlaced=False):
    """Grey pixels, since Pillow writes neither colours of 16 bits nor what is interlaced."""
    rows, columns = pixels.shape
    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    parts = [pixels[y::dy, x::dx] for y, x, dy, dx in passes] if interlaced else [pixels]
    data = b"".join(b"\0" + row.astype(f">u{depth // 8}").tobytes() for part in parts if part.size for row in part)
    chunk = lambda kind, body: struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    head = struct.pack(">IIBBBBB", columns, rows, depth, 0, 0, 0, int(interlaced))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b""))


deep = rng.integers(0, 4096, (ROWS, 4, 6))
for i in range(ROWS):
    for name, pixels, depth in [("deep", deep, 16), ("interlaced", picture, 8)]:
        (folder / name).mkdir(exist_ok=True)
        png(folder / name / f"{i:03}.PNG", pixels[i], depth, interlaced=name == "interlaced")
assert (np.asarray(Image.open(folder / "interlaced" / "003.PNG")) == picture[3]).all()
# Tables from elsewhere: with the paths of another machine, and with names that have no ending.
write("deep", {"image": deep / 65535, "age": np.where(lack, np.nan, age)})
write("interlaced", {"image": picture, "age": age}, ["notes.csv"])
paths = [f"C:\\data\\deep\\{i:03}.PNG" for i in range(ROWS)]
pd.DataFrame({"age": age, "path": paths})[~lack].to_csv(folder / "deep" / "about.csv", index=False)
pd.DataFrame({"id": [f"{i:03}" for i in range(ROWS)], "age": age}).to_csv(folder / "interlaced" / "about.csv", index=False)
(folder / "interlaced" / "notes.csv").write_text("who,what\nme,nothing\n")
for name, ending, form in [("webp", "jpg", "webp"), ("tiff", "png", "tiff")]:
    (folder / name).mkdir()
    Image.fromarray(picture[0]).save(folder / name / f"0.{ending}", form)

rate = 8000
clips = [np.sin(2 * np.pi * (440 + 40 * i) * np.arange(2000 + 50 * i) / rate) * 0.5 for i in range(6)]
whole = [np.round(clip * 32767).astype("int16") for clip in clips]
longest = max(map(len, clips))
padded = lambda rows, top: np.stack([np.pad(r.astype("float64") / top, (0, longest - len(r))) for r in rows])
for i, clip in enumerate(whole):
    place = folder / "sounds" / "ab"[i % 2]
    place.mkdir(parents=True, exist_ok=True)
    scipy.io.wavfile.write(place / f"{i}.wav", rate, np.stack([clip, clip], 1) if i == 3 else clip)
order = [0, 2, 4, 1, 3, 5]
write("sounds", {"sound": padded([whole[i] for i in order], 32768), "label": [0, 0, 0, 1, 1, 1], "sound_length": [len(clips[i]) for i in order]})
for i, clip in enumerate(clips):
    (folder / "floats").mkdir(exist_ok=True)
    scipy.io.wavfile.write(folder / "floats" / f"{i}.wav", rate, clip.astype("float32"))
write("floats", {"sound": padded([c.astype("float32") for c in clips], 1)})

(folder / "expected.json").write_text(json.dumps(expected))
