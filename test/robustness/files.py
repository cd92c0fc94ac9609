"""Writes the small files that are damaged, beside this one: files.py, with the libraries that the tests of formats use."""

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
folder = Path(__file__).parent / "files"
folder.mkdir(exist_ok=True)
rng = np.random.default_rng(0)
ROWS = 12
x = rng.normal(size=(ROWS, 3)).astype("float32")
group = np.array(["left", "right"])[np.arange(ROWS) % 2]
table = pd.DataFrame({"age": np.arange(20, 20 + ROWS), "dose": x[:, 0], "group": group, "gene_0": x[:, 1], "gene_1": x[:, 2]})
table.loc[3, "dose"] = np.nan

table.to_csv(folder / "table.csv", index=False)
table.to_csv(folder / "table.tsv", index=False, sep="\t", encoding="utf-16")
lists = table.assign(code=[row.tolist() for row in x], said=[f"the {g} hand {i}" for i, g in enumerate(group)])
lists.to_json(folder / "lines.jsonl", orient="records", lines=True)
for compression in ["snappy", "gzip", "zstd", "brotli", "lz4"]:
    lists.to_parquet(folder / f"{compression}.parquet", compression=compression, row_group_size=7)

with h5py.File(folder / "plain.h5", "w") as f:
    f["x"] = x
    f.create_dataset("views/picture", data=rng.integers(0, 256, (ROWS, 4, 6)).astype("uint8"), chunks=(5, 3, 2), compression="gzip", shuffle=True)
    f["group"] = group.astype(object)
    f["fixed"] = group.astype("S9")
with h5py.File(folder / "matlab.mat", "w", userblock_size=512) as f:
    f["x"], f["label"] = x.T.copy(), np.arange(ROWS)[None].astype("float64")
with open(folder / "matlab.mat", "r+b") as f:
    f.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64".ljust(124) + b"\x00\x02IM")
about = pd.DataFrame({"kind": pd.Categorical(group)}, index=[f"{i}" for i in range(ROWS)])
sparse = anndata.AnnData(X=scipy.sparse.csr_matrix(np.maximum(x, 0)), obs=about)
sparse.write_h5ad(folder / "cells.h5ad", compression="gzip")
mudata.MuData({"rna": anndata.AnnData(X=x, obs=about), "protein": anndata.AnnData(X=x[4:], obs=about.iloc[4:])}).write(folder / "both.h5mu")

for mode, ending in [("RGB", "png"), ("P", "png"), ("1", "png"), ("LA", "png"), ("RGB", "jpg"), ("L", "jpg")]:
    place = folder / f"{mode.lower()}-{ending}"
    place.mkdir(exist_ok=True)
    for i in range(2):
        pixels = rng.integers(0, 2, (6, 5, 3)).astype("uint8") * 200
        Image.fromarray(pixels).convert(mode).save(place / f"{i}.{ending}")
(folder / "rgb-png" / "about.csv").write_text("file_name,caption\n0.png,a dark one\n1.png,a light one\n")

for name, type in [("whole", "int16"), ("floats", "float32")]:
    for i, place in enumerate(["high", "low"]):
        (folder / name / place).mkdir(parents=True, exist_ok=True)
        wave = np.sin(np.arange(700 + 100 * i) * 0.3) * (30000 if type == "int16" else 1)
        scipy.io.wavfile.write(folder / name / place / f"{i}.wav", 8000, wave.astype(type))
