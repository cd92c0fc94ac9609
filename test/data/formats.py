"""Writes the same small data by the libraries that people save theirs with: formats.py FOLDER. What a reader must find is
in expected.json, by file and field: null for a number that is missing."""

import json
import sys
import warnings
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
