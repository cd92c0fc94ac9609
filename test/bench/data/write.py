"""Writes the files of the benchmark: write.py FOLDER. Each is about the size of what people have, and random."""

import gzip
import sys
from pathlib import Path

import numpy as np

folder = Path(sys.argv[1])
rng = np.random.default_rng(0)
x = rng.standard_normal((50_000, 500), dtype="float32")
np.save(folder / "float32.npy", x)
np.save(folder / "float64.npy", x.astype("f8"))
np.save(folder / "fortran.npy", np.asfortranarray(x))
np.save(folder / "int64.npy", (x * 100).astype("i8"))
np.save(folder / "float16.npy", x.astype("f2"))
np.save(folder / "big-endian.npy", x.astype(">f4"))
np.savez(folder / "stored.npz", x=x)
np.savez_compressed(folder / "compressed.npz", x=x)
with gzip.open(folder / "gzip.npy.gz", "wb", compresslevel=1) as file:
    np.save(file, x)
parts = {f"a{i}": rng.standard_normal((37_500, 2000), dtype="float32") for i in range(5)}
np.savez(folder / "five.npz", **parts)
