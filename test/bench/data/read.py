"""What numpy takes for the same: read.py FILE FIELD [ROWS]. Prints milliseconds of processor time."""

import gzip
import resource
import sys

import numpy as np


def spent():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return 1000 * (usage.ru_utime + usage.ru_stime)


before = spent()
loaded = np.load(gzip.open(sys.argv[1]) if sys.argv[1].endswith("gz") else sys.argv[1])
x = loaded[sys.argv[2]] if sys.argv[1].endswith("npz") else loaded
x = x.astype("float32", copy=False)
if len(sys.argv) > 3:
    x = x[np.sort(np.random.default_rng(0).permutation(len(x))[: int(sys.argv[3])])]
# What is not touched is not read.
x = np.ascontiguousarray(x)
print(spent() - before)
