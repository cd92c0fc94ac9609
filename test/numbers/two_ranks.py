"""Starts a script a second time, and joins the two processes as ranks of gloo on this machine."""

import os
import socket
import subprocess
import sys

import torch
from torch import distributed


def begin(script, folder):
    """The other process where this is the first one, to be waited for; None in the other."""
    second = None
    if "RANK" not in os.environ:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port), WORLD_SIZE="2", OMP_NUM_THREADS="1")
        second = subprocess.Popen([sys.executable, script, folder], env={**os.environ, "RANK": "1"})
        os.environ["RANK"] = "0"
    torch.set_num_threads(1)
    distributed.init_process_group("gloo")
    return second
