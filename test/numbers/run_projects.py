"""Trains exported projects, one after another: python3 run_projects.py REQUEST.json

REQUEST.json lists {"folder", "arguments"}: each is trained as `python train.py ARGUMENTS` would in that folder, except that
what `--compile` captures is carried out by torch's own operations: making code of it takes longer than the run.
"""

import functools
import json
import os
import sys

import torch

sys.dont_write_bytecode = True
if hasattr(torch, "compile"):
    torch.compile = functools.partial(torch.compile, backend="aot_eager")


def train(folder, arguments):
    """In this process: importing torch takes longer than a short run."""
    for name in [name for name in sys.modules if name == "train" or name.split(".")[0] == "project"]:
        del sys.modules[name]
    os.chdir(folder)
    sys.path.insert(0, folder)
    try:
        import train

        train.Run(train.options(arguments)).train()
    finally:
        sys.path.remove(folder)


for run in json.load(open(sys.argv[1])):
    train(run["folder"], run["arguments"])
