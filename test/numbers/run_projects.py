"""Trains exported projects, one after another: python3 run_projects.py REQUEST.json RESPONSE.json

REQUEST.json lists {"folder", "arguments"}: each is trained as `python train.py ARGUMENTS` would in that folder, except that
what `--compile` captures is carried out by torch's own operations: making code of it takes longer than the run. With
"board": FILE, what TensorBoard is sent is written there; with "killed": FILE, the run is killed once that is there. RESPONSE.json gets what each run that refuses says, or null.
"""

import contextlib
import functools
import io
import json
import os
import signal
import sys
import time
import types

import torch

sys.dont_write_bytecode = True
if hasattr(torch, "compile"):
    torch.compile = functools.partial(torch.compile, backend="aot_eager")


class Board:
    """In the place of TensorBoard, which takes a second to import."""

    sent = []

    def __init__(self, folder, **options):
        self.sent.append({"folder": folder, **options})

    def add_scalar(self, name, value, step):
        self.sent.append({"name": name, "value": value, "step": step})

    def flush(self):
        """Nothing is held back."""


def train(folder, arguments, board=None):
    """In this process: importing torch takes longer than a short run. Returns what it says where it refuses."""
    for name in [name for name in sys.modules if name == "train" or name.split(".")[0] == "project"]:
        del sys.modules[name]
    Board.sent = []
    sys.modules["torch.utils.tensorboard"] = types.SimpleNamespace(SummaryWriter=Board) if board else None
    os.chdir(folder)
    sys.path.insert(0, folder)
    said = io.StringIO()
    try:
        import train

        with contextlib.redirect_stderr(said):
            train.Run(train.options(arguments)).train()
    except SystemExit as refusal:
        # An argument that cannot be read is said to stderr.
        return said.getvalue() if refusal.code == 2 else str(refusal)
    finally:
        sys.path.remove(folder)
        if board:
            with open(board, "w") as file:
                json.dump(Board.sent, file)


def killed(killed, **run):
    """A run that is killed once a file is there. Returns whether it ended before."""
    process = os.fork()
    if process == 0:
        train(**run)
        os._exit(0)
    while not os.path.exists(killed) and os.waitpid(process, os.WNOHANG) == (0, 0):
        time.sleep(0.002)
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    return None if os.WIFSIGNALED(status) else "it ended before it was killed"


request, response = sys.argv[1:]
said = [killed(**run) if "killed" in run else train(**run) for run in json.load(open(request))]
with open(response, "w") as file:
    json.dump(said, file)
