"""Trains the model of this project: python train.py --help

On several GPUs of one machine: torchrun --nproc_per_node 4 train.py

Part of a project that Bottleneck wrote: yours to change.
"""

import argparse
import math

from project import config
from project.loop import Run


def knob(text):
    name, _, value = text.partition("=")
    try:
        return name, float(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"write NAME=NUMBER, not {text}") from None


def at_least(least, kind=int):
    """Reads a number from `least` on."""

    def read(text):
        try:
            value = kind(text)
        except ValueError:
            value = math.nan
        if not least <= value < math.inf:
            raise argparse.ArgumentTypeError(f"it must be a {'whole ' if kind is int else ''}number from {least:g} on, not {text}")
        return value

    return read


def options(arguments=None):
    parser = argparse.ArgumentParser(description=f"Trains {config.NAME}.")
    add = parser.add_argument
    add("--data", metavar="FILE", default=None, help=f"the data; default {config.SOURCE}")
    add("--labels", metavar="FILE", default=None, help="of data with one array: the file of its labels")
    add("--out", metavar="FOLDER", default="run", help="where the run is written; default run")
    add("--resume", action="store_true", help="go on with the run in that folder")
    add("--weights", metavar="FILE", default=None, help="start from these weights (safetensors); frozen codes have theirs from it")
    add("--seed", type=at_least(0), default=config.TRAINING["seed"], help="of weights, batches and noise")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--epochs", type=at_least(1), default=None, help=f"default {config.TRAINING['length'][0]} {config.TRAINING['length'][1]}")
    length.add_argument("--steps", type=at_least(1), default=None, help="in place of --epochs")
    add("--batch", type=at_least(1), default=config.TRAINING["batch"], help="rows of a step, of all processes together")
    add("--rate", type=at_least(0, float), default=config.TRAINING["rate"], help="Adam's learning rate")
    add("--schedule", choices=("constant", "cosine", "linear"), default="constant", help="of the learning rate")
    add("--warmup", type=at_least(0), metavar="STEPS", default=0, help="steps over which the learning rate rises")
    add("--clip", type=at_least(0, float), metavar="NORM", default=None, help="largest norm of a gradient")
    add("--set", type=knob, action="append", metavar="KNOB=NUMBER", default=[], help=f"knobs: {', '.join(config.KNOBS)}")
    add("--patience", type=at_least(0), metavar="LOOKS", default=0, help="stop after so many looks without a lower loss, once no knob changes any more")
    add("--precision", choices=("float32", "bf16", "fp16"), default="float32", help="of the networks")
    add("--compile", action="store_true", help="compile the model (torch 2)")
    add("--device", default="auto", help="cpu, cuda, mps; default a GPU where there is one")
    add("--look-every", type=at_least(1), metavar="STEPS", default=None, help="steps between looks at all validation rows")
    add("--log-every", type=at_least(1), metavar="STEPS", default=10, help="steps between lines of the log")
    add("--no-left-behind", action="store_true", help="end without the search for rows that the codes leave behind")
    found = parser.parse_args(arguments)
    found.set = dict(found.set)
    if found.patience and config.LAST_STEP:
        parser.error(f"--patience cannot be used here, because {config.LAST_STEP}")
    return found


if __name__ == "__main__":
    Run(options()).train()
