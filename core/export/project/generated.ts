/** Made by `node scripts/project.mjs` from the files in `python`: those of a project that are the same for every spec. */
export const projectTexts: Readonly<Record<string, string>> = {
  "train.py": `"""Trains the model of this project: python train.py --help

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
    """Reads a number from \`least\` on."""

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
`,
  "sweep.py": `"""Seeds and knobs: one training for each combination, and one table of them all.

    python sweep.py --seeds 1 2 3 --knob beta 4 16 64          trains one after another, into sweep/
    python sweep.py --seeds 1 2 3 --processes 4                each by torchrun with 4 processes
    python sweep.py --seeds 1 2 3 --slurm sweep.sbatch         writes an array script for Slurm, and trains nothing
    python sweep.py --table                                    gathers what is there into sweep/table.csv

What stands after \`--\` is handed to train.py: python sweep.py --seeds 1 2 -- --epochs 50 --precision bf16. Rows that are left
behind are not searched for, since the table does not have them.

Part of a project that Bottleneck wrote: yours to change.
"""

import argparse
import csv
import itertools
import json
import shlex
import subprocess
import sys
from pathlib import Path


def commands(options):
    """The arguments of each training, by the name of its run."""
    start = [sys.executable, "train.py"]
    if options.processes > 1:
        several = ["-m", "torch.distributed.run", "--standalone", "--nproc_per_node", str(options.processes)]
        start = [sys.executable, *several, "train.py"]
    names = [name for name, *_ in options.knob]
    for seed, *values in itertools.product(options.seeds, *(values for _, *values in options.knob)):
        run = "-".join([f"seed-{seed}", *(f"{name}-{value}" for name, value in zip(names, values))])
        knobs = [part for name, value in zip(names, values) for part in ("--set", f"{name}={value}")]
        out = ["--seed", str(seed), *knobs, "--out", str(Path(options.out, run))]
        yield run, [*start, *out, "--no-left-behind", *options.further]


def slurm(options):
    """An array script: one task for each training. Add what your cluster asks for, such as --partition."""
    runs = {str(Path(options.out, run)): shlex.join(["python", *command[1:]]) for run, command in commands(options)}
    folders = "\\n".join(f"  {shlex.quote(folder)}" for folder in runs)
    lines = "\\n".join(f"  {shlex.quote(run)}" for run in runs.values())
    return f"""#!/bin/bash
#SBATCH --array=0-{len(runs) - 1}
#SBATCH --job-name={Path.cwd().name}
#SBATCH --ntasks=1
#SBATCH --gpus-per-task={options.processes}

folders=(
{folders}
)
runs=(
{lines}
)
run=\${{runs[$SLURM_ARRAY_TASK_ID]}}
# A task that was stopped goes on where it was.
[ -e "\${{folders[$SLURM_ARRAY_TASK_ID]}}/state.pt" ] && run="$run --resume"
eval "$run"
"""


def train(options):
    """Trains what has not ended yet, and goes on where one fails. Returns the names of those that did."""
    failed = []
    for run, command in commands(options):
        folder = Path(options.out, run)
        if (folder / "report.json").exists():
            print(f"{run} has ended already.")
            continue
        more = ["--resume"] if (folder / "state.pt").exists() else []
        if subprocess.run([*command, *more]).returncode != 0:
            failed.append(run)
    return failed


def gather(out):
    """A line for each run that has ended: its seed and knobs, its test values and its probes."""
    rows = []
    for path in sorted(Path(out).glob("*/report.json")):
        found = json.loads(path.read_text())
        row = {"run": path.parent.name, "seed": found["seed"], "step": found["step"], **found["knobs"]}
        row.update({f"test {name}": value for name, value in found["test"].items()})
        for probe in found["probes"]:
            score, _, mean = probe["id"].partition("-of-")
            row[f"{score} of {probe['factor']} in the {mean or 'draw'} of {probe['code']}"] = probe["value"]
        rows.append(row)
    if not rows:
        raise SystemExit(f"No run in {out} has ended.")
    columns = list(dict.fromkeys(column for row in rows for column in row))
    table = Path(out, "table.csv")
    with open(table, "w", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    print(f"{table}: {len(rows)} runs")


def main():
    arguments = sys.argv[1:]
    at = arguments.index("--") if "--" in arguments else len(arguments)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--knob", nargs="+", action="append", default=[], metavar=("NAME", "VALUE"))
    parser.add_argument("--out", default="sweep", help="the folder of all runs; default sweep")
    parser.add_argument("--processes", type=int, default=1, help="processes of each training")
    parser.add_argument("--slurm", metavar="FILE", help="write an array script in place of training")
    parser.add_argument("--table", action="store_true", help="gather the runs that are there, and train nothing")
    options = parser.parse_args(arguments[:at])
    for name, *values in options.knob:
        if not values:
            parser.error(f"--knob {name} needs values, such as --knob {name} 4 16")
    options.further = arguments[at + 1 :]
    if options.slurm:
        text, file = slurm(options), Path(options.slurm)
        if file.exists() and file.read_text() != text:
            raise SystemExit(f"{file} is there already, and differs: remove it, or name another file.")
        file.write_text(text)
        print(f"{options.slurm}: sbatch {options.slurm}")
        return
    failed = [] if options.table else train(options)
    gather(options.out)
    if failed:
        raise SystemExit(f"These failed, and the others were trained: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
`,
  "project/__init__.py": `"""What \`train.py\` is made of.

Part of a project that Bottleneck wrote: yours to change.
"""
`,
  "project/absent.py": `"""Samples that lack a stream: all of their values are NaN, a field says it, or a class is not known.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

# A class that is not known, beside NaN.
UNKNOWN = -1


def absent_rows(name, stream, field, said, rows=1):
    """Which rows lack the stream, bool [rows].

    said: the field \`<field>_present\`, if there is one, 1 where a row has it; of windows, each of whose \`rows\` rows must have it.
    """
    flat = field.values.reshape(len(field.values), -1)
    if said is None:
        absent = torch.zeros(len(flat), dtype=torch.bool)
    elif said.values.numel() != len(flat) * rows or not ((said.values == 0) | (said.values == 1)).all():
        raise SystemExit(f"The field that says which rows have {name}, with _present after its name, must be 0 or 1 for each row.")
    else:
        absent = (said.values.reshape(-1, rows) == 0).any(1)
    if stream["kind"] == "label":
        absent |= _unknown(name, flat[:, 0], field.words or stream.get("renumber"), stream["sizes"][0])
    elif flat.is_floating_point() and (flat.shape[1] > 1 or "fill" not in stream["transforms"]):
        absent |= flat.isnan().all(1)
    if absent.all():
        raise SystemExit(f"No row has {name}: name other data with --data.")
    return absent


def _unknown(name, values, named, classes):
    """named: whether the classes are not the numbers themselves."""
    found = values[~values.isnan()].unique().tolist()
    if not named and found and found[0] == UNKNOWN:
        signs = classes == 2 and found == [-1, 1]
        shifted = classes > 2 and found[-1] == classes - 2 and len(found) == classes
        if signs or shifted:
            raise SystemExit(f"{name} has the classes {found[0]:g} to {found[-1]:g}, and -1 is a class that is not known: number them from 0.")
    return values.isnan() | (values == UNKNOWN)
`,
  "project/answers.py": `"""What a network without a bottleneck predicts of each question, in rows that it did not learn from.

Part of a project that Bottleneck wrote: yours to change.
"""

import math

import torch

from . import config, weights
from .batches import Batches, chunks

# Fewest and most steps of a reader, and how often its answers are looked at.
FEWEST, MOST, LOOKS = 400, 1500, 12
# Share of every answer that is the class's share of the rows, so that no row costs without limit.
PRIOR, LEAST = 0.01, 1e-12
TEMPERATURES = (0.7, 1, 1.4, 2, 2.8, 4)


def read(reader, source, questions, train, held_out, seed, device):
    """Trains a reader and asks it: log-probabilities of the classes, float64 [copies, rows, classes], by question.

    source: \`training(rows, step)\` hands it a batch, and each of \`copies\` held-out rows, of which draws may differ.
    """
    weights.initial(reader.to(device), seed, reader.FAN_IN)
    optimizer = torch.optim.Adam(reader.parameters(), lr=config.TRAINING["rate"])
    batches = Batches(seed, train, config.TRAINING["batch"])
    value, unit = config.TRAINING["length"]
    steps = min(MOST, max(FEWEST, value * (batches.steps_per_epoch if unit == "epochs" else 1)))
    looks, every = [], math.ceil(steps / LOOKS)
    for step in range(steps):
        rows = batches.at(step)
        reader.train()
        scores = _scores(reader, source.training(rows, step), questions)
        loss = sum(
            torch.nn.functional.cross_entropy(
                scores[question.name], question.labels[rows].to(device), ignore_index=-1, reduction="sum"
            )
            for question in questions
        )
        optimizer.zero_grad(set_to_none=True)
        (loss / len(rows)).backward()
        optimizer.step()
        if (step + 1) % every == 0 or step + 1 == steps:
            looks.append([_ask(reader, copy, questions, held_out, batches.size) for copy in source.copies])
    return {question.name: _chosen(looks, question, held_out) for question in questions}


def _scores(reader, streams, questions):
    """Unnormalised log-probabilities of the classes, by question."""
    codes = torch.cat(list(reader.encode(streams).values()), 1)
    return {question.name: reader.decoder[question.name](codes) for question in questions}


@torch.no_grad()
def _ask(reader, copy, questions, rows, batch):
    """Probabilities of the classes, [rows, classes], by question."""
    reader.eval()
    parts = []
    for some, used in chunks(rows, batch):
        scores = _scores(reader, copy(some), questions)
        parts.append({name: own[:used].softmax(1).cpu().double() for name, own in scores.items()})
    return {question.name: torch.cat([part[question.name] for part in parts]) for question in questions}


def _chosen(looks, question, rows):
    """The moment and the temperature that answer one half of the rows best, for the answers about the other half.

    Where a reader learns on and on, it grows sure of what it only remembers.
    """
    truth = question.labels[rows]
    candidates = [
        _cooled(torch.stack([copy[question.name] for copy in look]), temperature, question.shares)
        for look in looks
        for temperature in TEMPERATURES
    ]
    found = torch.empty_like(candidates[0])
    for half in (0, 1):
        judged = torch.arange(1 - half, len(rows), 2)
        judged = judged[truth[judged] >= 0]
        costs = [-answers[:, judged, truth[judged]].sum().item() for answers in candidates]
        found[:, half::2] = candidates[costs.index(min(costs))][:, half::2]
    return found


def _cooled(copies, temperature, shares):
    """The log-probabilities of each copy, at a temperature."""
    powers = copies.clamp(min=LEAST) ** (1 / temperature)
    return ((1 - PRIOR) * powers / powers.sum(-1, keepdim=True) + PRIOR * shares + LEAST).log()
`,
  "project/batches.py": `"""What the loss is handed at each step: rows of the data, and everything that is drawn.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

from . import config, draws, parallel
from .holes import Holes, apportioned, shared_out


class Batches:
    """A fresh random order of the training rows in every epoch; full batches only."""

    def __init__(self, seed, rows, batch, name="batches"):
        self.seed, self.rows, self.name = seed, rows, name
        self.size = min(batch, len(rows))
        self.steps_per_epoch = len(rows) // self.size
        self.epoch = None

    def at(self, step):
        """Row numbers of the step after \`step\` others: a function of the seed and the step alone."""
        epoch, place = divmod(step, self.steps_per_epoch)
        if epoch != self.epoch:
            order = draws.permutation(self.seed, self.name, epoch, len(self.rows))
            self.epoch, self.order = epoch, self.rows[order]
        return self.order[place * self.size : (place + 1) * self.size]


class PatternBatches:
    """Batches of rows that lack streams: of each group as many as every batch has, in a random order of its own."""

    def __init__(self, seed, groups, rows, batch):
        self.size = min(batch, len(rows))
        self.steps_per_epoch = len(rows) // self.size
        counts = shared_out(groups, self.size)
        self.each = [Batches(seed, groups[absent], count, " ".join(["batches", *absent])) for absent, count in counts.items()]

    def at(self, step):
        return torch.cat([batches.at(step) for batches in self.each])


def chunks(rows, size):
    """Rows in runs of \`size\`; the last is filled up from the first rows. Each with the number of its own rows."""
    for start in range(0, len(rows), size):
        places = torch.arange(start, start + size)
        yield rows[places % len(rows)], min(size, len(rows) - start)


class Handed:
    """Arguments of the model for some rows, by the draws of the preview."""

    def __init__(self, data, seed, device):
        self.data, self.seed, self.device = data, seed, device
        self.holes, self.size = Holes(data), None

    def batches(self, rows, size):
        """Batches of training rows; where rows lack streams, each has all kinds of them."""
        self.size = min(size, len(rows))
        if self.holes.streams:
            return PatternBatches(self.seed, self.holes.groups(rows), rows, size)
        return Batches(self.seed, rows, size)

    def full(self, rows, size):
        """Full batches of these rows in turn; where they are too few for one, it is filled up.

        Where rows lack streams, those of the training's size, or of all rows where they are fewer.
        """
        if not self.holes.streams:
            runs = list(chunks(rows, size))
            return [own for own, used in runs if used == size] or [own for own, _ in runs]
        groups = self.holes.groups(rows)
        counts = shared_out(groups, min(self.size, len(rows)))
        turns = max(1, sum(len(groups[absent]) for absent in counts) // sum(counts.values()))
        return [
            torch.cat([groups[absent][torch.arange(turn * count, (turn + 1) * count) % len(groups[absent])] for absent, count in counts.items()])
            for turn in range(turns)
        ]

    def batch(self, rows, step, purpose="training"):
        """This process's part of a batch: (streams, draws).

        purpose: "training", or "held-out", whose draws are the same at every evaluation.
        """
        prefix = "" if purpose == "training" else f"{purpose} "
        lacking = absences(self.seed, prefix, step, rows, self.holes)
        handed = {}
        for kind, entries in config.DRAWS.items():
            values = {key: self._draw(kind, key, size, prefix, step, rows, lacking) for key, size in entries.items()}
            handed[kind] = {key: value.to(self.device) for key, value in values.items()}
        return self.streams(rows, step, prefix), handed

    def streams(self, rows, step, prefix=""):
        """This process's part of the streams of a batch. prefix: of the names of what is drawn for those that are made."""

        def words(name, count):
            drawn = draws.words(self.seed, prefix + name, [step], count * len(rows))
            return parallel.own(drawn.reshape(len(rows), count))

        return self._streams(parallel.own(rows), words)

    def by_row(self, rows, draw, absent=()):
        """A batch whose draws depend on the number of each row alone: (streams, draws). draw: the number of the draw."""
        prefix = f"draw {draw} of each row of "

        def words(name, count):
            return draws.words(self.seed, prefix + name, rows.tolist(), count)

        # Codes read none of the other kinds, which belong to a batch as a whole.
        handed = {kind: {} for kind in config.DRAWS}
        for kind, entries in config.DRAWS.items():
            for key, size in entries.items():
                if kind == "noise":
                    value = draws.normal_by_row(self.seed, f"{prefix}noise.{key}", rows.tolist(), size)
                elif kind == "components":
                    value = draws.components_by_row(self.seed, f"{prefix}component.{key}", rows.tolist(), size)
                elif kind == "present":
                    there = self.data.present(rows).get(key, torch.ones(len(rows), dtype=torch.bool))
                    value = there & (key not in absent)
                else:
                    continue
                handed[kind][key] = value.to(self.device)
        return self._streams(rows, words), handed

    def _streams(self, rows, words):
        data = self.data
        found = {name: data.rows(name, rows) for name in data.streams if name in config.READ}
        found.update({name: made.rows(rows, words) for name, made in data.made.items() if name in config.READ})
        return {name: values.to(self.device) for name, values in found.items()}

    def _draw(self, kind, key, size, prefix, step, rows, lacking):
        seed, count = self.seed, len(rows)
        if kind == "noise":
            return parallel.own(draws.normal(seed, f"{prefix}noise.{key}", step, count, size))
        if kind == "components":
            return parallel.own(draws.components(seed, f"{prefix}component.{key}", step, count, size))
        if kind == "present":
            return parallel.own(torch.tensor([key not in absent for absent in lacking]))
        if kind == "permutations":
            # size: what a row needs to be among them, as streams of which one must be there.
            there = [all(any(one not in absent for one in clause) for clause in size) for absent in lacking]
            return draws.permutation(seed, f"{prefix}permutation.{key}", step, sum(there))
        if kind == "chosen":
            return draws.chosen(seed, f"{prefix}chosen.{key}", step, *size)
        return self.data.shares[key]


def absences(seed, prefix, step, rows, holes):
    """The streams that each row of a batch lacks: what the data say; of other streams how many lack which is fixed, and which rows is drawn."""
    count = len(rows)
    own = [holes.of[row] for row in rows.tolist()] if holes.streams else [()] * count
    patterns = [(absent, len(those)) for absent, those in holes.groups(rows).items()] if holes.streams else [((), count)]
    for stream, rate in config.MISSING.items():
        if stream in holes.streams:
            continue
        quotas = [rows * rate for _, rows in patterns]
        losses = apportioned(quotas, int(count * rate + 0.5))
        split = [
            part
            for (absent, rows), lost in zip(patterns, losses)
            for part in ((absent, rows - lost), ((*absent, stream), lost))
        ]
        patterns = [(absent, rows) for absent, rows in split if rows > 0]
    if len(patterns) == 1 and not patterns[0][0]:
        return own
    queues = {}
    for absent, rows in patterns:
        queues.setdefault(tuple(name for name in absent if name in holes.streams), []).extend([absent] * rows)
    turns = {known: iter(queue) for known, queue in queues.items()}
    lacking = [()] * count
    for place in draws.permutation(seed, f"{prefix}missing", step, count).tolist():
        lacking[place] = next(turns[own[place]])
    return lacking
`,
  "project/calibration.py": `"""Contrastive terms with one temperature fitted on held-out rows as in Guo, Pleiss, Sun and Weinberger 2017, section 4.2.

Part of a project that Bottleneck wrote: yours to change.
"""

import math

import torch

MOST_SCALE, MOST_TRIES, PRECISION = 1000.0, 40, 1e-3
# Scores to which a multiplier is fitted.
FITTED = 1 << 16


def value_at(batches, scale):
    """The mean over batches and rows of s T_ii - log 1/N sum_j exp(s T_ij). batches: tables of scores [N, N] of each."""
    values = [
        torch.stack(
            [scale * table.diagonal() - torch.logsumexp(scale * table, 1) + math.log(len(table)) for table in tables]
        ).mean(0)
        for tables in batches
    ]
    return torch.cat(values).mean().item()


def fitted_scale(batches):
    """The multiplier with which the value is highest: Newton's method between bounds that close in."""
    tables, taken = [], 0
    for batch in batches:
        tables += batch
        taken += sum(table.numel() for table in batch)
        if taken >= FITTED:
            break
    low, high, scale = 0.0, MOST_SCALE, 1.0
    for _ in range(MOST_TRIES):
        slope, bend = _derivatives(tables, scale)
        low, high = (scale, high) if slope > 0 else (low, scale)
        newton = scale - slope / bend if bend != 0 else math.nan
        inside = low < newton < high
        following = newton if inside else high / 8 if low == 0 else math.sqrt(low * high)
        if abs(following - scale) <= PRECISION * scale:
            return following
        scale = following
    return scale


def _derivatives(tables, scale):
    """The first two derivatives of the value in the multiplier, summed over all rows."""
    slope, bend = 0.0, 0.0
    for table in tables:
        below = table - table.amax(1, keepdim=True)
        share = torch.softmax(scale * below, 1)
        mean = (share * below).sum(1)
        slope += (below.diagonal() - mean).sum().item()
        bend += (mean.square() - (share * below.square()).sum(1)).sum().item()
    return slope, bend
`,
  "project/codes.py": `"""Codes of rows of the data: their means, and draws that are functions of the seed and the row alone.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

from . import config
from .batches import chunks


@torch.no_grad()
def codes(model, handed, rows, batch, draw=0):
    """Mean and draw of each code for these rows, float32 [rows, k] each, by latent; \`Z without X\` where Z does without X."""
    found = _codes(model, handed, rows, batch, draw)
    for stream in config.MISSING:
        names = [name for name, without in config.WITHOUT.items() if stream in without]
        if names:
            others = _codes(model, handed, rows, batch, draw, (stream,))
            found.update({f"{name} without {stream}": others[name] for name in names})
    return found


def _codes(model, handed, rows, batch, draw, absent=()):
    parts = []
    for some, used in chunks(rows, batch):
        streams, draws = handed.by_row(some, draw, absent)
        found = model.sample(streams, **draws)
        parts.append({name: tuple(x[:used].float().cpu() for x in pair) for name, pair in found.items()})
    return {name: tuple(torch.cat(column) for column in zip(*(part[name] for part in parts))) for name in parts[0]}


def inferred_from(code):
    """The streams from which a code is inferred; of a code without a stream, from all others."""
    name, _, without = code.partition(" without ")
    return [stream for stream in config.INFERRED[name] if stream != without]
`,
  "project/data.py": `"""The data: fields of a file as the streams of the spec, split and scaled as the preview does it.

Part of a project that Bottleneck wrote: yours to change.
"""

from functools import partial
from pathlib import Path

import torch

from . import config, readers, tables
from .absent import UNKNOWN, absent_rows
from .field import Field
from .joins import joined
from .made import Made
from .splits import split
from .transforms import transform
from .windows import Windows

# Fields that a stream of this name reads where no field has its name.
DEFAULTS = {"X": "image", "L": "label", "digit": "label"}


class Data:
    """streams: tensors [rows, ...] by name; splits: row numbers by name; shares: of each class of a label, by label.

    absent: which rows lack a stream, bool [rows], by name, of streams that some lack. Their numbers are NaN, their class -1.
    """

    def __init__(self, path=None, labels=None):
        fields = readers.read(find(path or config.SOURCE))
        if labels or config.LABELS:
            (fields["label"],) = readers.read(find(labels or config.LABELS)).values()
        if config.JOIN:
            for file in config.JOIN["files"]:
                fields = joined(fields, readers.read(find(file)), config.JOIN["key"], Path(file).name.split(".")[0])
        windows = Windows(fields, **config.WINDOWS, asked=config.SPLITS) if config.WINDOWS else None
        self.splits = (windows.split if windows else partial(split, config.SPLITS))(fields, config.SPLIT_SEED)
        fields = {name: field for name, field in fields.items() if not field.many}
        fields = windows.cut(fields) if windows else fields
        read = {name: stream for name, stream in config.STREAMS.items() if "made" not in stream}
        self.streams, self.absent = {}, {}
        for name, stream in read.items():
            self.streams[name], absent = _stream(name, stream, fields, self.splits["train"], windows)
            if absent.any():
                self.absent[name] = absent
        self.made = {
            name: Made(name, stream["made"], self.streams, self.splits, self.absent)
            for name, stream in config.STREAMS.items()
            if "made" in stream
        }
        self.shares = {}
        for name, stream in read.items():
            if stream["kind"] == "label":
                known = self.streams[name][self.splits["train"]]
                counts = torch.bincount(known[known != UNKNOWN], minlength=stream["sizes"][0])
                self.shares[name] = counts.float() / counts.sum()

    def rows(self, name, rows):
        """Rows of a stream that is in the data, as the model takes them."""
        values = self.streams[name][rows]
        # As the preview does it, in this order.
        return (values.double() * (1 / 255)).float() if values.dtype == torch.uint8 else values

    def present(self, rows):
        """Which of these rows have each stream that some rows lack, bool by name: the argument \`present\` of an exported loss."""
        return {name: ~absent[rows] for name, absent in self.absent.items()}


def find(source):
    """The file, in the working directory, in this project, or in the folder around it."""
    if source is None:
        raise SystemExit("The spec has no data: name a file with --data, with a field for each stream.")
    project = Path(__file__).resolve().parents[1]
    places = [Path(source), project / source, project.parent / source]
    found = next((place for place in places if place.exists()), None)
    if found is None:
        raise SystemExit(f"There is no {' and no '.join(str(place) for place in places)}: name the file with --data.")
    return found


def _stream(name, stream, fields, train, windows):
    """Values of a stream, and which rows lack it."""
    kind, sizes = stream["kind"], stream["sizes"]
    field, said = _columns(name, stream, fields)
    present, lengths = fields.get(f"{said}_present"), fields.get(f"{said}_length")
    if windows and (kind in ("label", "scalar", "text") or arrangement(kind, sizes, list(field.values.shape[1:])) is None):
        field, present, lengths = (one and windows.middle(one) for one in (field, present, lengths))
        windows = None
    if kind == "text" and field.words and field.values.dim() == 1:
        # Texts that repeat are classes to who reads the file.
        field = tables.words([field.words[i] if i >= 0 else "" for i in field.values.tolist()])
    values = field.values
    absent = absent_rows(name, stream, field, present, windows.length if windows else 1)
    shape = arrangement(kind, sizes, list(values.shape[1:]))
    if shape is None:
        raise SystemExit(f"{name} is {kind}{tuple(sizes)}, and a sample of its field is {list(values.shape[1:])}.")
    shape, channels_last = shape
    if channels_last:
        axis = 1 if kind == "video" else 0
        moved = [*shape[:axis], *shape[axis + 1 :], shape[axis]]
        values = values.reshape(len(values), *moved).movedim(-1, axis + 1).contiguous()
    values = values.reshape(len(values), *shape)
    if kind in ("label", "text"):
        values = _renumbered(values) if stream.get("renumber") else values
        return _whole(name, kind, sizes[-1], values, lengths, absent), absent
    if stream["transforms"]:
        values = transform(values.float(), kind, stream["transforms"], train, absent)
    elif values.dtype == torch.uint8 and kind in ("image", "video", "audio"):
        # The 1 of masks and binarised pictures is the largest value there is, not 1/255.
        values = values if values.max() > 1 else values.float()
        # A byte has no NaN.
        return (_at(values, absent, 0) if absent.any() else values), absent
    values = values.float()
    if absent.any():
        values = _at(values, absent, torch.nan)
    if not values[~absent].isfinite().all():
        raise SystemExit(f"{name} has values that are not finite numbers.")
    return values, absent


def _at(values, rows, number):
    """The values with a number in all places of these rows."""
    return values.masked_fill(rows.reshape(-1, *[1] * (values.dim() - 1)), number)


def _columns(name, stream, fields):
    """The field that a stream reads, and the name before \`_present\` and \`_length\`."""
    wanted = stream["field"]
    if wanted not in fields and wanted == name:
        wanted = DEFAULTS.get(name, name)
    if wanted not in fields:
        raise SystemExit(f"{name} reads the field {wanted}, which the data do not have: {', '.join(fields)}.")
    if "field_to" not in stream:
        return fields[wanted], wanted
    names = list(fields)
    columns = names[names.index(wanted) : names.index(stream["field_to"]) + 1]
    return Field(torch.stack([fields[column].values.float() for column in columns], -1)), name


def arrangement(kind, sizes, stored):
    """The shape of a sample, channels first, and whether it is stored with channels last; None where it does not fit."""
    a, b, c, d = [*sizes, 1, 1, 1, 1][:4]
    plain = {"label": [], "scalar": [], "text": [a], "vector": [a], "counts": [a], "audio": [a, b]}
    if kind in plain:
        return (plain[kind], False) if _fits(stored, plain[kind]) else None
    before, channels, after = {"image": ([], c, [a, b]), "video": ([a], d, [b, c]), "signal": ([], b, [a])}[kind]
    shape = [*before, channels, *after]
    last = _fits(stored, [*before, *after, channels])
    if _fits(stored, shape) and (channels == 1 or not last):
        return shape, False
    return (shape, True) if last else None


def _fits(stored, wanted):
    """Whether two shapes are the same up to axes of length 1."""
    return [size for size in stored if size != 1] == [size for size in wanted if size != 1]


def _renumbered(values):
    """The different numbers, but those of a class that is not known, as classes from 0."""
    known = (values != -1) & ~values.isnan()
    classes = torch.full(values.shape, -1)
    classes[known] = values[known].unique(return_inverse=True)[1]
    return classes


def _whole(name, kind, count, values, lengths, absent):
    """Class numbers of a label, -1 where there is none; words of a text, \`count\` where there is none."""
    numbers = values.nan_to_num(-1).long() if values.is_floating_point() else values.long()
    there = ~absent.reshape(-1, *[1] * (numbers.dim() - 1)).expand_as(numbers)
    if kind == "text":
        there = there & (numbers >= 0)
        if lengths is not None:
            there = ~absent[:, None] & (torch.arange(numbers.shape[1]) < lengths.values.reshape(-1, 1))
    if (values != numbers)[there].any() or (numbers[there] < 0).any() or (numbers[there] >= count).any():
        raise SystemExit(f"{name} needs whole numbers from 0 to {count - 1}.")
    return numbers.masked_fill(~there, count if kind == "text" else UNKNOWN)
`,
  "project/draws.py": `"""Random numbers that are functions of a seed, a name and a step, and of nothing else.

They are the numbers of the preview. A run that is resumed, or split over several processes, draws the same ones as a run
that is not. The generator is Philox 4x32-10 (Salmon, Moraes, Dror, Shaw 2011).

Part of a project that Bottleneck wrote: yours to change.
"""

import math

import torch

WORD = 0xFFFFFFFF


def words(seed, name, steps, count):
    """Whole numbers from 0 to 2^32 - 1, int64 [len(steps), count]; each row is a function of its step alone."""
    low, high = _hash(name)
    blocks = -(-count // 4)
    c0 = torch.arange(blocks).expand(len(steps), blocks)
    c1 = torch.as_tensor(steps, dtype=torch.int64)[:, None].expand(len(steps), blocks)
    c2, c3 = torch.full_like(c0, high), torch.full_like(c0, seed >> 32)
    k0, k1 = seed & WORD, low
    for _ in range(10):
        high0, low0 = _product(0xD2511F53, c0)
        high1, low1 = _product(0xCD9E8D57, c2)
        c0, c1, c2, c3 = high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0
        k0, k1 = (k0 + 0x9E3779B9) & WORD, (k1 + 0xBB67AE85) & WORD
    return torch.stack([c0, c1, c2, c3], -1).reshape(len(steps), -1)[:, :count]


def _product(a, b):
    """High and low 32 bits of the product of two unsigned 32-bit numbers, by 16-bit halves."""
    below = (a & 0xFFFF) * b
    above = (a >> 16) * b + (below >> 16)
    return above >> 16, ((above & 0xFFFF) << 16) | (below & 0xFFFF)


def _hash(name):
    """FNV-1a, 64 bits, as low and high word."""
    value = 0xCBF29CE484222325
    for byte in name.encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value & WORD, value >> 32


def integers(drawn, count):
    """Words as whole numbers below \`count\`, which may be a tensor."""
    return (drawn * 2.0**-32 * count).floor().long()


def _polar(drawn):
    """Pairs of words as radius and angle (Box and Muller), float64."""
    radius = (-2 * ((drawn[..., 0::2] + 1) * 2.0**-32).log()).sqrt()
    return radius, 2 * math.pi * drawn[..., 1::2] * 2.0**-32


def normal(seed, name, step, rows, width):
    """Standard normal draws, float32 [rows, width]."""
    count = rows * width
    radius, angle = _polar(words(seed, name, [step], count + count % 2)[0])
    pairs = torch.stack([radius * angle.cos(), radius * angle.sin()], -1)
    return pairs.flatten()[:count].float().reshape(rows, width)


def normal_by_row(seed, name, rows, width):
    """Standard normal draws, float32 [len(rows), width]; those of a row depend on its number in the data alone."""
    radius, angle = _polar(words(seed, name, rows, 2 * width))
    return (radius * angle.cos()).float()


def components(seed, name, step, rows, count):
    """A component for each row, one-hot [rows, count]."""
    return _one_hot(words(seed, name, [step], rows)[0], count)


def components_by_row(seed, name, rows, count):
    """A component for each row, one-hot [len(rows), count], each a function of its row's number."""
    return _one_hot(words(seed, name, rows, 1)[:, 0], count)


def _one_hot(drawn, count):
    return torch.nn.functional.one_hot(integers(drawn, count), count).float()


def chosen(seed, name, step, size, count):
    """size / count at \`count\` of the places, 0 elsewhere; float32 [size]."""
    weights = torch.zeros(size)
    weights[permutation(seed, name, step, size)[:count]] = size / count
    return weights


def permutation(seed, name, step, size):
    """A random order of 0 .. size - 1, int64 [size] (Fisher and Yates)."""
    if size < 2:
        return torch.arange(size)
    last = torch.arange(size - 1, 0, -1)
    order = list(range(size))
    swaps = integers(words(seed, name, [step], size - 1)[0], last + 1)
    for i, j in zip(last.tolist(), swaps.tolist()):
        order[i], order[j] = order[j], order[i]
    return torch.tensor(order)


def uniform(seed, name, size):
    """Uniform draws in [0, 1), float32 [size]."""
    return ((words(seed, name, [0], size)[0] >> 8) * 2.0**-24).float()
`,
  "project/evaluation.py": `"""Held-out values, and which weights of a run are its checkpoint.

Part of a project that Bottleneck wrote: yours to change.
"""

import math

import torch

from . import config, parallel
from .calibration import fitted_scale, value_at

# Looks in a run; the fewest and most steps between two; the most share of the work that looks at all rows take.
LOOKS, FEWEST, MOST, SHARE = 32, 5, 250, 0.125


def looks(steps, batch, validation):
    """Steps between two looks at all validation rows, as in the preview."""
    affordable = math.ceil((validation / batch + 3) / (2 * SHARE))
    interval = min(MOST, max(FEWEST, int(steps / LOOKS + 0.5), affordable))
    return interval * max(1, math.ceil(affordable / interval))


@torch.no_grad()
def measure(model, handed, rows, batch, knobs, scales=None):
    """Mean loss and terms over full batches of these rows, in nats: (values by name, multipliers of contrastive scores).

    \`loss\` is the loss; \`compared\` is the one by which a checkpoint is chosen: it has contrastive terms with one temperature
    fitted on these rows, or with \`scales\`, since a critic that is too sure of itself hides how well it orders the rows.
    """
    model.eval()
    with parallel.alone():
        full = handed.full(rows, batch)
        sums, tables = {}, {}
        for number, some in enumerate(full):
            streams, draws = handed.batch(some, number, "held-out")
            loss, terms = model(streams, knobs, **draws)
            for name, value in {"loss": loss, **terms}.items():
                sums[name] = sums.get(name, 0) + value.item() / len(full)
            if config.CONTRASTS:
                for term, scores in model.contrasts(streams, **draws).items():
                    tables.setdefault(term, []).append([table.double().cpu() for table in scores])
    model.train()
    scales = scales or {term: fitted_scale(found) for term, found in tables.items()}
    weights = config.weights(knobs)
    shifts = [
        weights[term] * (value_at(found, scales[term]) - sums[term]) for term, found in tables.items()
    ]
    return {**sums, "compared": sums["loss"] + sum(shifts)}, scales


class Selection:
    """The step with the lowest loss on all validation rows; it begins anew when a knob has changed."""

    def __init__(self, best=None):
        self.best = best

    def consider(self, step, loss, knobs):
        """Whether the weights of now are the checkpoint."""
        if self.best and self.best["knobs"] == knobs and self.best["loss"] <= loss:
            return False
        self.best = {"step": step, "loss": loss, "knobs": knobs}
        return True

    def at(self, knobs):
        return self.best if self.best and self.best["knobs"] == knobs else None
`,
  "project/field.py": `"""A column of the data.

Part of a project that Bottleneck wrote: yours to change.
"""


class Field:
    """Values [rows, ...] as uint8, int64 or float32, and the words that they number, if any.

    many: whether these are texts too many for classes, which only name groups and keys.
    """

    def __init__(self, values, words=None, many=False):
        self.values, self.words, self.many = values, words, many
`,
  "project/folders.py": `"""Folders of pictures: each picture is a sample, its folder a class, and a table beside them names them.

Part of a project that Bottleneck wrote: yours to change.
"""

import re

import torch

from . import tables
from .field import Field

NAMES = re.compile(r"(file|file_?name|path|file_?path|image|audio|sound)", re.IGNORECASE)


def read(folder):
    """The fields of a folder. JPEG is decoded by another library than in the preview, which may differ by a few of 255."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    names = [name for name in names if not any(part.startswith(".") for part in name.split("/"))]
    files = [name for name in names if re.search(r"\\.(png|jpe?g)$", name, re.IGNORECASE)]
    if not files:
        raise SystemExit(
            f"{folder} has no pictures. Save the fields that the spec reads with numpy.savez, and name that file with --data."
        )
    fields = {"image": _pictures([folder / name for name in files])}
    parents = [name.split("/")[-2] if "/" in name else None for name in files]
    if len(set(parents)) > 1:
        fields["label"] = tables.texts(parents)
    for name in names:
        if re.search(r"\\.(csv|tsv)$", name, re.IGNORECASE):
            fields.update(_table(folder, name, files))
    return fields


def _table(folder, name, files):
    """The columns of a table that has a column of the files' names; none where it has not."""
    titles, samples, delimiter = tables.cells((folder / name).read_bytes())
    column = next((i for i, title in enumerate(titles) if NAMES.fullmatch(title)), None)
    if column is None:
        return {}
    within = name.rpartition("/")[0]
    within = f"{within}/" if within else ""
    rows = {within + row[column].strip().removeprefix("./"): row for row in samples}
    if not any(file in rows for file in files):
        return {}
    return {
        title: tables.column([rows[file][i].strip() if file in rows else "" for file in files], delimiter)
        for i, title in enumerate(titles)
        if i != column
    }


def _pictures(paths):
    """Bytes [rows, height, width] where all are grey, else [rows, 3, height, width]."""
    try:
        import numpy
        from PIL import Image
    except ImportError:
        raise SystemExit("Reading pictures needs numpy and Pillow: pip install numpy pillow") from None
    found = []
    for path in paths:
        with Image.open(path) as image:
            if image.mode.startswith("I"):
                pixels = torch.from_numpy((numpy.array(image).astype("int64") >> 8).astype("uint8"))[None]
            elif image.mode in ("1", "L", "LA"):
                pixels = torch.from_numpy(numpy.array(image.convert("L")))[None]
            else:
                pixels = torch.from_numpy(numpy.array(image.convert("RGB"))).movedim(-1, 0)
                if bool((pixels == pixels[:1]).all()):
                    pixels = pixels[:1]
        if found and pixels.shape[1:] != found[0].shape[1:]:
            raise SystemExit(f"{path} has {list(pixels.shape[1:])} pixels, and the first picture {list(found[0].shape[1:])}.")
        found.append(pixels)
    if all(len(pixels) == 1 for pixels in found):
        return Field(torch.cat(found))
    return Field(torch.stack([pixels.expand(3, *pixels.shape[1:]) for pixels in found]))
`,
  "project/folds.py": `"""What a probe predicts of rows that it did not learn from.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

from . import draws

# Fewest training rows from which a probe is learned once; with fewer it learns from the other judged rows too, fold by fold.
ENOUGH = 200
FOLDS, REPEATS = 5, 4


def predictions(fit, seen, seen_truth, judged, truth):
    """Predictions of the judged rows for each draw of their codes, and as how many independent rows they count in an interval.

    fit: from codes [rows, k] and a factor [rows] to a function that predicts it from other codes.
    judged: the codes of the same rows, once for each draw. None where the rows are too few.
    """
    rows = len(truth)
    if len(seen_truth) >= ENOUGH:
        predicted = fit(seen, seen_truth)
        return [predicted(codes) for codes in judged], rows
    if rows < 2:
        return None
    repeats = max(REPEATS, len(judged))
    found = [_cross_validated(fit, seen, seen_truth, judged[repeat % len(judged)], truth, repeat) for repeat in range(repeats)]
    # Folds share the rows they learn from, so their scores vary together: Nadeau and Bengio 2003, "Inference for the
    # Generalization Error", section 3, the corrected variance, in rows.
    learned = len(seen_truth) + rows * (1 - 1 / FOLDS)
    return found, rows / max(1, 1 / repeats + rows / learned)


def _cross_validated(fit, seen, seen_truth, codes, truth, repeat):
    """Predictions of each row by a probe of the training rows and of the other folds."""
    fold = stratified_folds(truth, FOLDS, repeat)
    found = None
    for number in range(FOLDS):
        held, others = fold == number, fold != number
        if not held.any() or not others.any():
            continue
        predicted = fit(torch.cat([seen, codes[others]]), torch.cat([seen_truth, truth[others]]))(codes[held])
        found = predicted.new_zeros(len(truth), *predicted.shape[1:]) if found is None else found
        found[held] = predicted
    return found


def stratified_folds(truth, folds, repeat):
    """The fold of each row, int64 [rows]: every fold has its share of each class; of numbers, of each part of their range."""
    rows = len(truth)
    groups = -(-rows // folds)
    drawn = draws.words(0, "folds of a probe", [repeat], rows + groups * folds)[0].tolist()
    order = sorted(range(rows), key=lambda row: (truth[row].item(), drawn[row]))
    found = torch.empty(rows, dtype=torch.int64)
    # Runs of as many neighbours as there are folds are dealt out in an order of their own.
    for start in range(0, rows, folds):
        words = drawn[rows + start : rows + start + folds]
        dealt = sorted(range(folds), key=words.__getitem__)
        for row, fold in zip(order[start : start + folds], dealt):
            found[row] = fold
    return found
`,
  "project/groups.py": `"""Groups of rows that lose alike on the way from the streams to the codes.

A group is found without its rows' classes: rows that are expected to lose at least so many nats, all of them, or those of
which the streams report one class, or which have one value of a known factor. Then their classes decide whether it is one.

Part of a project that Bottleneck wrote: yours to change.
"""

import math

import torch

from .intervals import difference, holm, normal_tail, sign_test, wilson

# Nats that the rows of a group are expected to lose at least.
EXPECTED = (0.35, 0.7, 1.4, 2.8)
# Most probability of a group where there is none, and of such accuracies by luck.
RISK, LUCK = 0.01, 0.01
# Least lower limit of the difference of accuracies. Most upper limit of that by codes: of a row near a border, every second
# draw is right. Least accuracy by codes elsewhere, as a share of that by streams.
LEAST, MOST_BY_CODES, ELSEWHERE = 1 / 3, 1 / 2, 0.85
# Fewer rows are no group, nor are more than this share of all.
FEWEST_ROWS, MOST_SHARE, MOST_GROUPS = 5, 0.15, 3
# Of groups whose least difference is nearly the largest, the one with most rows is taken.
NEAR = 0.05
# Least lift, least share of the group with the value, and most values that are named.
LEAST_LIFT, LEAST_VALUE, MOST_VALUES = 1.5, 0.3, 4


class Losses:
    """Nats that each row is expected to lose by the streams' own account, whatever its class is, and that it does lose.

    The mean of \`expected\` is I(T; X | Z), what the streams tell of T and all codes together do not. It is of all draws of the
    codes but the last, by which alone a row is judged: the draw that makes a row suspect may have been unlucky.
    rows: whose class is known.
    """

    def __init__(self, question, streams, draws, held_out):
        known = question.labels[held_out] >= 0
        streams, draws, self.rows = streams[known], draws[:, known], held_out[known]
        suspecting, codes = draws[:-1], draws[-1]
        self.question, self.truth = question, question.labels[self.rows]
        self.expected = (streams.exp() * (streams - suspecting)).sum(2).mean(0)
        self.found = (streams - codes).gather(1, self.truth[:, None])[:, 0]
        self.by_streams, self.by_codes = streams.argmax(1), codes.argmax(1)

    def right(self, named):
        """Whether classes are named right; of a number the quarter next to the true one is right too."""
        return (named - self.truth).abs() <= (0 if self.question.cuts is None else 1)


def groups_of(losses, factors):
    """Groups of a question, the one with the surest difference of accuracies first."""
    found, left = [], torch.ones(len(losses.rows), dtype=torch.bool)
    while len(found) < MOST_GROUPS:
        candidates = _candidates(losses, factors, left)
        # The ratio of two probabilities of the same classes is at least e^t with probability e^-t at most, where that below
        # the line is right (Markov's inequality).
        chances = holm([math.exp(min(0.0, -losses.found[places].sum().item())) for places in candidates])
        sure = []
        for places, chance in zip(candidates, chances):
            group = _compared(losses, places)
            if chance <= RISK and group["luck"] <= LUCK and _stands_out(losses, group, left):
                sure.append(group)
        if not sure:
            return found
        surest = max(group["low"] for group in sure)
        best = max((group for group in sure if group["low"] >= surest - NEAR), key=lambda group: len(group["places"]))
        order = losses.found[best["places"]].sort(descending=True, stable=True).indices
        found.append({**best, "places": best["places"][order]})
        left[best["places"]] = False
    return found


def _candidates(losses, factors, left):
    """The places of every group that could be one."""
    everything = torch.zeros(len(losses.rows), dtype=torch.long)
    parts = [everything, losses.by_streams, *(factor.labels[losses.rows] for factor in factors)]
    found = []
    for least in EXPECTED:
        suspect = left & (losses.expected >= least)
        for part in parts:
            found += [(suspect & (part == key)).nonzero()[:, 0] for key in dict.fromkeys(part[suspect].tolist())]
    return [places for places in found if FEWEST_ROWS <= len(places) <= MOST_SHARE * len(losses.rows)]


def _compared(losses, places):
    """How the streams and the codes name the classes of these rows."""
    streams, codes = (losses.right(named)[places] for named in (losses.by_streams, losses.by_codes))
    s, c, both = (int(rows.sum()) for rows in (streams, codes, streams & codes))
    low, high = difference(s, c, len(places))
    shares = {"accuracyByCodes": c / len(places), "accuracyByStreams": s / len(places)}
    most = wilson(c, len(places))[1]
    return {"places": places, **shares, "mostByCodes": most, "low": low, "high": high, "luck": sign_test(s - both, c - both)}


def _stands_out(losses, group, left):
    """Whether its rows lose more than the others do: else the codes lack the factor as a whole."""
    others = left.clone()
    others[group["places"]] = False
    elsewhere = _compared(losses, others.nonzero()[:, 0])
    if group["low"] < LEAST or group["mostByCodes"] >= MOST_BY_CODES:
        return False
    return elsewhere["accuracyByCodes"] >= ELSEWHERE * elsewhere["accuracyByStreams"]


def _apart(losses, places, factors):
    """Values of known factors that its rows have more often than all held-out rows; what says most comes first."""
    values = []
    for factor in factors:
        own, usual = (
            torch.bincount(labels[labels >= 0], minlength=len(factor.shares)).double() / len(labels)
            for labels in (factor.labels[losses.rows[places]], factor.labels[losses.rows])
        )
        values += [(factor, k, a, b) for k, (a, b) in enumerate(zip(own.tolist(), usual.tolist()))]
    chances = holm(
        [
            1.0 if b in (0, 1) else normal_tail((a - b) / math.sqrt(b * (1 - b) / len(places)))
            for _, _, a, b in values
        ]
    )
    named = [
        (factor, k, a, a / b)
        for (factor, k, a, b), chance in zip(values, chances)
        if chance <= RISK and b > 0 and a / b >= LEAST_LIFT and a >= LEAST_VALUE
    ]
    named.sort(key=lambda one: -one[2] * math.log(one[3]))
    return [{"factor": factor.name, "value": factor.value(k), "lift": lift} for factor, k, _, lift in named[:MOST_VALUES]]


def told(group, losses, questions):
    """A group as the report has it, as numbers and in words."""
    places = group["places"]
    found = {
        "target": losses.question.name,
        "share": len(places) / len(losses.rows),
        **{name: group[name] for name in ("accuracyByCodes", "accuracyByStreams", "low", "high")},
        "apart": _apart(losses, places, questions),
        "samples": losses.rows[places].tolist(),
    }
    return {**found, "text": _text(found, losses.question.cuts is not None)}


def _text(group, quarters):
    target = f"{group['target']} to within a quarter of its values" if quarters else group["target"]
    some = f"{100 * group['share']:.1f} % of the held-out samples ({len(group['samples'])})"
    apart = ", ".join(_value(one) for one in group["apart"])
    return (
        f"{some}: the streams predict {target} for {group['accuracyByStreams']:.2f} of them, all codes together for "
        f"{group['accuracyByCodes']:.2f} (difference {group['low']:.2f} to {group['high']:.2f}). "
        + (f"Compared with all held-out samples, more of them have {apart}." if apart else "No known factor sets them apart.")
    )


def _value(apart):
    value = f"= {apart['value']}" if isinstance(apart["value"], int) else apart["value"]
    return f"{apart['factor']} {value} ({apart['lift']:.1f} times as many)"


def note(found):
    """What all groups come to."""
    if not found:
        return "Nothing is left behind: of no small group of held-out samples do the streams predict a target or factor and the codes not."
    some = "1 group" if len(found) == 1 else f"{len(found)} groups"
    return f"{some} of held-out samples for which the streams predict a target or factor and the codes do not."
`,
  "project/hdf5.py": `"""HDF5, and what is stored in it: AnnData (h5ad), MuData (h5mu), MATLAB 7.3.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

from . import tables
from .field import Field

MARKS = (b"\\x89HDF\\r\\n\\x1a\\n", b"MATLAB 7.3 MAT-file", b"MuData")


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
    """An array with one row for each sample; \`turned\`: axes are stored in reverse, as MATLAB saves them."""
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
`,
  "project/holes.py": `"""What rows of the data lack, and how many rows of a batch lack what.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

from . import config


class Holes:
    """The streams that rows of the data lack, of those that the loss can read. streams: none where all rows have all."""

    def __init__(self, data):
        used = torch.cat(list(data.splits.values()))
        lacking = {name: absent for name, absent in data.absent.items() if config.STREAMS[name]["role"] != "observe" and absent[used].any()}
        for name in lacking:
            if name not in config.MISSING:
                rate = lacking[name][used].float().mean().item()
                raise SystemExit(
                    f"{rate:.2g} of the rows have no {name}, and the spec does not say so: write \`missing {name} rate {rate:.2g}\` and export it again."
                )
        self.streams = tuple(lacking)
        rows = zip(*(absent.tolist() for absent in lacking.values()))
        self.of = [tuple(name for name, lacks in zip(lacking, row) if lacks) for row in rows]
        self.kinds = list(dict.fromkeys([(), *self.of]))

    def groups(self, rows):
        """These rows by what they lack, groups in an order that is the same for all rows of the data."""
        found = {absent: [] for absent in self.kinds}
        for row in rows.tolist():
            found[self.of[row]].append(row)
        return {absent: torch.tensor(own) for absent, own in found.items() if own}


def shared_out(groups, batch):
    """How many rows of a batch each group has: its share, as nearly as whole rows allow; a small one may have none."""
    every = sum(map(len, groups.values()))
    counts = apportioned([len(own) * batch / every for own in groups.values()], batch)
    return {absent: count for absent, count in zip(groups, counts) if count}


def apportioned(quotas, total):
    """Whole numbers that add up to total: the largest remainders are rounded up."""
    whole = [int(quota) for quota in quotas]
    order = sorted(range(len(quotas)), key=lambda i: -(quotas[i] - whole[i]))
    for i in order[: total - sum(whole)]:
        whole[i] += 1
    return whole
`,
  "project/intervals.py": `"""Intervals of shares, and probabilities of what may be luck.

Part of a project that Bottleneck wrote: yours to change.
"""

import math

# Two-sided 95 %, in standard deviations.
Z95 = 1.959964


def wilson(successes, count):
    """The 95 % interval of a share (Wilson 1927)."""
    share = successes / count
    scale = 1 / (1 + Z95 * Z95 / count)
    middle = scale * (share + Z95 * Z95 / (2 * count))
    half = scale * Z95 * math.sqrt(share * (1 - share) / count + (Z95 / count) ** 2 / 4)
    return max(0.0, middle - half), min(1.0, middle + half)


def difference(successes, others, count):
    """The 95 % interval of the difference of two shares of the same rows (Newcombe 1998, method 10 without correlation)."""
    a, b = successes / count, others / count
    (low_a, high_a), (low_b, high_b) = wilson(successes, count), wilson(others, count)
    return a - b - math.hypot(a - low_a, high_b - b), a - b + math.hypot(high_a - a, b - low_b)


def normal_tail(z):
    """The share of a standard normal above z."""
    return 0.5 * math.erfc(z / math.sqrt(2))


def sign_test(more, fewer):
    """The probability of at least \`more\` heads in \`more + fewer\` tosses of a fair coin."""
    tosses = more + fewer
    chance, ways = 0.0, 0.5**tosses
    for heads in range(tosses, more - 1, -1):
        chance += ways
        ways *= heads / (tosses - heads + 1)
    return chance


def holm(chances):
    """Probabilities corrected for their number (Holm 1979)."""
    corrected, most = [0.0] * len(chances), 0.0
    for rank, i in enumerate(sorted(range(len(chances)), key=lambda i: chances[i])):
        most = max(most, min(1.0, chances[i] * (len(chances) - rank)))
        corrected[i] = most
    return corrected
`,
  "project/joins.py": `"""Files joined by a key: the rows of another file beside those of the first that have the same key.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

from .field import Field


def joined(fields, other, key, stem):
    """The fields of both. A row without one of the other file has NaN there, or no class (-1).

    stem: what a field of the other file that the first has too is named after, as "stem/name".
    """
    own, theirs = (_texts(part, key) for part in (fields, other))
    place = {text: row for row, text in enumerate(theirs)}
    if len(place) < len(theirs):
        raise SystemExit(f"Several rows of {stem} have the same {key}: give one row for each.")
    rows = torch.tensor([-1 if text == "" else place.get(text, -1) for text in own])
    if (rows < 0).all():
        raise SystemExit(f"No row of {stem} has a {key} of the first file, such as {own[0]}.")
    beside = {f"{stem}/{name}" if name in fields else name: field for name, field in other.items() if name != key}
    return {**fields, **{name: _at(field, rows) for name, field in beside.items()}}


def _texts(fields, key):
    if key not in fields or fields[key].values[0].numel() != 1:
        raise SystemExit(f"The key {key} is not a column of one value a row: the fields are {', '.join(fields)}.")
    field = fields[key]
    values = field.values.reshape(-1).tolist()
    if field.words:
        return ["" if value < 0 else field.words[value] for value in values]
    return [str(_whole(value)) for value in values]


def _whole(value):
    """A number that is whole as one, as the same key may be saved in both ways."""
    return int(value) if value == value and abs(value) < 2**53 and value == int(value) else value


def _at(field, rows):
    values = field.values[rows]
    lacking = rows < 0
    if lacking.any():
        values = values.clone() if field.words else values.float()
        values[lacking] = -1 if field.words else float("nan")
    return Field(values, field.words, field.many)
`,
  "project/knobs.py": `"""The value of each knob at each step: annealed as the spec says, unless it is set on the command line.

Part of a project that Bottleneck wrote: yours to change.
"""


class Knobs:
    def __init__(self, knobs, steps_per_epoch, fixed=None):
        """knobs: those of config.KNOBS. fixed: values that take the place of the spec's, by name."""
        self.knobs, self.steps_per_epoch, self.fixed = knobs, steps_per_epoch, fixed or {}
        for name, value in self.fixed.items():
            if name not in knobs:
                raise SystemExit(f"There is no knob {name}; the knobs are {', '.join(knobs) or 'none'}.")
            low, high = knobs[name]["range"]
            if not low <= value <= high:
                raise SystemExit(f"{name} = {value} is outside its range, {low} to {high}.")

    def at(self, step, ended=False):
        """Values by name. ended: whether the training ends before this step."""
        return {name: self._value(name, knob, step, ended) for name, knob in self.knobs.items()}

    def _value(self, name, knob, step, ended):
        value, anneal = knob["value"], knob["anneal"]
        if name in self.fixed:
            return self.fixed[name]
        share = 1 if anneal is None else self._share(anneal, step, ended)
        if share >= 1:
            return value
        start = anneal["from"]
        if knob["log"] and start > 0 and value > 0:
            return start * (value / start) ** share
        return start + (value - start) * share

    def _steps(self, length):
        """A length, such as (5, "epochs"), in steps."""
        if length is None:
            return 0
        value, unit = length
        return value * (self.steps_per_epoch if unit == "epochs" else 1)

    def _share(self, anneal, step, ended):
        """How much of its way a knob has gone: 1 or more at its value."""
        ramp, repeat = self._steps(anneal["over"]), anneal["repeat"]
        since = max(0, step - self._steps(anneal["after"]))
        if ramp <= 0:
            return 1
        if repeat is None:
            return since / ramp
        cycle = ramp + self._steps(anneal["hold"])
        before = max(0, -(-since // cycle) - 1) if ended else since // cycle
        if repeat != "endless" and before >= repeat:
            return 1
        return (since - before * cycle) / ramp
`,
  "project/left_behind.py": `"""Who is left behind: rows of which the raw streams predict a target or a factor, and all codes together do not.

Two readers are compared on rows that neither has learned from: the spec's own encoders, trained with supervision and
without a price, and a network of draws of the codes. It is the search of the preview.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

from . import config, groups, parallel
from .answers import read
from .codes import codes
from .questions import questions_of

# Draws of the codes of each held-out row: two to suspect a row, one to judge it.
DRAWS = 3


class Streams:
    """Hands streams to a reader."""

    def __init__(self, handed):
        self.training = handed.streams
        self.copies = [lambda rows: handed.by_row(rows, 0)[0]]


class Codes:
    """Hands all codes of a row to a reader, side by side and standardised; draws of held-out rows one after another."""

    def __init__(self, model, handed, train, held_out, batch):
        seen = _joined(model, handed, train, batch, 0)
        mean = seen.mean(0)
        spread = (seen - mean).square().mean(0).sqrt()
        spread = torch.where(spread > 0, spread, torch.ones_like(spread))

        def table(draw):
            values = torch.zeros(max(train.max(), held_out.max()) + 1, seen.shape[1])
            values[train] = ((seen - mean) / spread).float()
            values[held_out] = ((_joined(model, handed, held_out, batch, draw) - mean) / spread).float()
            return lambda rows: {"codes": values[rows].to(handed.device)}

        self.copies = [table(draw) for draw in range(DRAWS)]
        self.training = lambda rows, step: self.copies[0](rows)


def _joined(model, handed, rows, batch, draw):
    found = codes(model, handed, rows, batch, draw)
    return torch.cat([drawn for _, drawn in found.values()], 1).double()


def search(model, handed, data, batch):
    """Groups of held-out rows, the one that loses most first, and what they come to in words. model: with the weights to judge."""
    if not config.ASKED:
        return [], "The spec names no target and no factor, so no rows are searched for."
    from .reader_networks import CodesReader, StreamsReader

    model.eval()
    train = _whole(handed.holes, data.splits["train"])
    # Validation rows chose the checkpoint at most.
    held_out = _whole(handed.holes, torch.cat([data.splits["validation"], data.splits["test"]]))
    questions = questions_of(data, train) if len(train) and len(held_out) else []
    if not questions:
        return [], "No target and no factor varies in rows that have all streams, so no rows are searched for."
    with parallel.alone():
        asked = questions, train, held_out, handed.seed, handed.device
        by_streams = read(StreamsReader(), Streams(handed), *asked)
        by_codes = read(CodesReader(), Codes(model, handed, train, held_out, batch), *asked)
    found = []
    for question in questions:
        losses = groups.Losses(question, by_streams[question.name][0], by_codes[question.name], held_out)
        others = [other for other in questions if other is not question]
        for group in groups.groups_of(losses, others):
            found.append(groups.told(group, losses, questions))
    # The share of all held-out rows that the codes lose, at least.
    found.sort(key=lambda group: -group["share"] * group["low"])
    return found, groups.note(found)


def _whole(holes, rows):
    """The rows that lack no stream that the loss reads."""
    return rows[torch.tensor([not holes.of[row] for row in rows.tolist()], dtype=torch.bool)] if holes.streams else rows
`,
  "project/linear.py": `"""Linear probes: ridge regression of a number, logistic regression of a class, both on standardised codes in float64.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

# Most steps of a classifier's fit, and the gradient at which it ends.
STEPS, FLAT = 200, 1e-6


def penalty_of(rows):
    """The weight of half the squared weights beside a mean loss: a normal prior of variance 1/5 for each weight."""
    return max(1e-4, 5 / rows)


class Standard:
    """Features of codes: scaled to mean 0 and variance 1 over the rows that are fitted, and a last column of ones."""

    def __init__(self, codes):
        codes = codes.double()
        self.mean, spread = codes.mean(0), codes.std(0, unbiased=False)
        # A column that is constant there, to float32 precision, becomes zero.
        self.scale = torch.where(spread > 1e-6 * self.mean.abs(), 1 / spread, torch.zeros_like(spread))

    def __call__(self, codes):
        features = (codes.double() - self.mean) * self.scale
        if not features.isfinite().all():
            raise SystemExit("The codes have values that are not finite numbers.")
        return torch.cat([features, torch.ones(len(codes), 1, dtype=torch.float64)], 1)


def _penalties(x, penalty):
    """\`penalty\` for each weight but that of the ones, float64 [features]."""
    penalties = torch.full((x.shape[1],), penalty, dtype=torch.float64)
    penalties[-1] = 0
    return penalties


def ridge(codes, truth):
    """Learns a number, [rows], by the least mean squared error + penalty times the squared weights.

    Returns a function of codes that predicts it, float64 [rows].
    """
    standard = Standard(codes)
    x, center = standard(codes), truth.double().mean()
    gram = x.T @ x / len(x) + _penalties(x, penalty_of(len(x))).diag()
    weights = torch.linalg.solve(gram, x.T @ (truth.double() - center) / len(x))
    return lambda others: standard(others) @ weights + center


def logistic(codes, truth, classes):
    """Learns a class, int64 [rows], by the least mean cross-entropy + half the penalty times the squared weights.

    Returns a function of codes that gives the logits of the classes, float64 [rows, classes].
    """
    standard = Standard(codes)
    x, penalty = standard(codes), penalty_of(len(codes))
    penalties = _penalties(x, penalty)
    # The Hessian at zero, of each class: in coordinates in which it is the identity, few steps are needed.
    spread = (1 - 1 / classes) / classes
    hessian = spread * (x.T @ x / len(x)) + _penalties(x, penalty + 1e-6).diag()
    factor = torch.linalg.cholesky(hessian)
    whitened = torch.zeros(x.shape[1], classes, dtype=torch.float64, requires_grad=True)

    def weights():
        return torch.linalg.solve_triangular(factor.T, whitened, upper=True)

    optimizer = torch.optim.LBFGS([whitened], max_iter=STEPS, tolerance_grad=FLAT, line_search_fn="strong_wolfe")

    def loss():
        optimizer.zero_grad()
        found = weights()
        value = torch.nn.functional.cross_entropy(x @ found, truth) + 0.5 * (penalties @ found.square()).sum()
        value.backward()
        return value

    with torch.enable_grad():
        optimizer.step(loss)
    fitted = weights().detach()
    return lambda others: standard(others) @ fitted
`,
  "project/logs.py": `"""What a run writes while it trains: one line a step, as CSV and as JSONL, and for TensorBoard where it is installed.

\`compared\` is the loss by which a checkpoint is chosen; see \`evaluation.py\`.

Part of a project that Bottleneck wrote: yours to change.
"""

import csv
import json
from pathlib import Path


class Log:
    def __init__(self, folder, terms, knobs, step):
        """step: where the run goes on; lines of later steps, which a killed run left, are removed."""
        self.columns = ["step", "rows", "loss", "compared", *terms, *knobs, "rate", "seconds"]
        self.table, self.lines = Path(folder) / "terms.csv", Path(folder) / "terms.jsonl"
        kept = [line for line in self._written() if line["step"] <= step]
        with open(self.table, "w", newline="") as table, open(self.lines, "w") as lines:
            csv.writer(table).writerow(self.columns)
            for line in kept:
                self._add(table, lines, line)
        self.board = _board(folder, step)

    def _written(self):
        if not self.lines.exists():
            return
        for line in self.lines.read_text().splitlines():
            try:
                yield json.loads(line)
            except ValueError:
                return

    def _add(self, table, lines, line):
        csv.writer(table).writerow([line.get(column, "") for column in self.columns])
        lines.write(json.dumps(line) + "\\n")

    def write(self, line):
        with open(self.table, "a", newline="") as table, open(self.lines, "a") as lines:
            self._add(table, lines, line)
        if self.board is not None:
            for name, value in line.items():
                if name not in ("step", "rows", "seconds"):
                    self.board.add_scalar(f"{line['rows']}/{name}", value, line["step"])
            # A state is saved after a look: what goes on from it needs what was sent before.
            if line["rows"] == "validation":
                self.board.flush()


def _board(folder, step):
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError:
        return None
    return SummaryWriter(str(folder), purge_step=step + 1)
`,
  "project/loop.py": `"""The training loop: steps, looks at held-out rows, the checkpoint, and what a killed run needs to go on.

Part of a project that Bottleneck wrote: yours to change.
"""

import io
import json
import math
import pickle
import sys
import time
from pathlib import Path

import torch

from . import config, left_behind, parallel, weights
from .batches import Handed
from .data import Data
from .evaluation import Selection, looks, measure
from .knobs import Knobs
from .logs import Log
from .precision import half_networks, scaler_for
from .rates import rate_at
from .report import report

# Options with which a run may go on that were others before.
UNDECISIVE = {"data", "labels", "weights", "out", "resume", "epochs", "device", "compile", "log_every", "no_left_behind"}


def device_of(name):
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    if name == "cuda":
        torch.cuda.set_device(parallel.local_rank())
    return torch.device(name)


class Run:
    """One training. options: what train.py was given."""

    def __init__(self, options):
        self.options, self.out = options, Path(options.out)
        self.device = device_of(options.device)
        parallel.start(self.device)
        self.first = parallel.rank() == 0
        self.data = Data(options.data, options.labels)
        train, validation = (self.data.splits[name] for name in ("train", "validation"))
        self.handed = Handed(self.data, options.seed, self.device)
        self.batches = self.handed.batches(train, options.batch)
        if self.batches.size % parallel.size():
            raise SystemExit(f"A batch of {self.batches.size} rows cannot be split evenly over {parallel.size()} processes.")
        per_epoch = self.batches.steps_per_epoch
        value, unit = config.TRAINING["length"]
        if options.steps or options.epochs:
            value, unit = (options.steps, "steps") if options.steps else (options.epochs, "epochs")
        self.steps = value * (per_epoch if unit == "epochs" else 1)
        self.interval = options.look_every or looks(self.steps, self.batches.size, len(validation))
        self.held_out = min(self.batches.size, len(validation))
        self.knobs = Knobs(config.KNOBS, per_epoch, options.set)
        torch.manual_seed(options.seed)
        self.model = config.Model().to(self.device)
        weights.initial(self.model, options.seed, config.FAN_IN)
        if options.weights:
            weights.put(self.model, weights.load(options.weights)[0], options.weights, config.FROZEN)
        elif config.FROZEN and self.first and not options.resume:
            print("note: frozen codes have random first weights: name trained ones with --weights", file=sys.stderr)
        half_networks(self.model, options.precision, self.device)
        self.scaler = scaler_for(options.precision, self.device)
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=options.rate)
        self.selection, self.step, self.looked, self.since_best, self.best = Selection(), 0, 0, 0, None
        self.begin()
        self.stepped = self.wrapped()

    def wrapped(self):
        model = self.model
        if self.options.compile:
            if not hasattr(torch, "compile"):
                raise SystemExit("--compile needs torch 2.")
            model = torch.compile(model)
        if parallel.size() > 1:
            several = [self.device.index] if self.device.type == "cuda" else None
            model = torch.nn.parallel.DistributedDataParallel(model, device_ids=several)
        return model

    def begin(self):
        """A fresh run in an empty folder, or one that goes on where its last state was saved."""
        state = self.out / "state.pt"
        if self.options.resume:
            if not state.exists():
                raise SystemExit(f"There is no {state} to resume from.")
            try:
                self.restore(torch.load(state, map_location="cpu"))
            except (EOFError, KeyError, RuntimeError, pickle.UnpicklingError):
                raise SystemExit(f"{state} is damaged: train again, with another folder named by --out.") from None
        elif parallel.same(state.exists() or (self.out / "terms.csv").exists()):
            raise SystemExit(f"{self.out} has a run already: add --resume to go on with it, or name another folder with --out.")
        if self.first:
            self.out.mkdir(parents=True, exist_ok=True)
            terms = list(config.TERMS)
            self.log = Log(self.out, terms, list(config.KNOBS), self.step)
            (self.out / "options.json").write_text(json.dumps(vars(self.options), indent=2) + "\\n")
        parallel.wait()

    def restore(self, state):
        asked = self.decisive()
        for name, value in state["options"].items():
            if asked.get(name) != value:
                option = name.replace("_", "-")
                raise SystemExit(f"The run in {self.out} has --{option} {value}, not {asked.get(name)}: give it the same, or name another folder with --out.")
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        if self.scaler:
            self.scaler.load_state_dict(state["scaler"])
        self.selection, self.best = Selection(state["selection"]), state["best"]
        self.step = self.looked = state["step"]  # A state is saved after a look.
        self.since_best = state["since_best"]

    def decisive(self):
        """What the numbers of a run rest on, by option."""
        given = {name: value for name, value in vars(self.options).items() if name not in UNDECISIVE}
        return {**given, "steps": self.steps}

    def save(self):
        """Everything that is needed to go on with the same numbers."""
        if not self.first:
            return
        state = {
            "step": self.step,
            "options": self.decisive(),
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "scaler": self.scaler.state_dict() if self.scaler else None,
            "selection": self.selection.best,
            "best": self.best,
            "since_best": self.since_best,
        }
        content = io.BytesIO()
        torch.save(state, content)
        weights.replace(self.out / "state.pt", content.getvalue())

    def train(self):
        """All steps, or those until the loss no longer falls. Leaves model.safetensors and report.json."""
        started, stopped = time.monotonic(), parallel.same(self.settled())
        self.ended = (self.step >= self.steps or stopped) and (self.out / "report.json").exists()
        while self.step < self.steps and not stopped:
            line = self.take()
            if self.first and (self.step % self.options.log_every == 0 or self.step == 1):
                self.log.write({**line, "seconds": round(time.monotonic() - started, 3)})
            if self.step % self.interval == 0 and self.step < self.steps:
                stopped = parallel.same(self.look())
                self.save()
        if self.looked < self.step:
            self.look()
            self.save()
        # The first process judges the checkpoint by itself: others would wait for it until their time limit.
        self.stepped = None
        parallel.stop()
        if self.first and self.ended:
            print(f"{self.out} has ended already: {self.out / 'report.json'}")
        elif self.first:
            self.finish()

    def take(self):
        """One step down the loss: its values before it."""
        options, knobs = self.options, self.knobs.at(self.step)
        rate = rate_at(options, self.step, self.steps)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        streams, draws = self.handed.batch(self.batches.at(self.step), self.step)
        loss, terms = self.stepped(streams, knobs, **draws)
        self.optimizer.zero_grad(set_to_none=True)
        (self.scaler.scale(loss) if self.scaler else loss).backward()
        if options.clip is not None:
            if self.scaler:
                self.scaler.unscale_(self.optimizer)
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), options.clip)
        if self.scaler:
            self.scaler.step(self.optimizer)
            self.scaler.update()
        else:
            self.optimizer.step()
        self.step += 1
        values = dict(zip(["loss", *terms], parallel.mean([loss, *terms.values()])))
        line = {"step": self.step, "rows": "train", **{name: value.item() for name, value in values.items()}}
        wrong = [name for name, value in line.items() if isinstance(value, float) and not math.isfinite(value)]
        if wrong:
            raise SystemExit(f"Step {self.step}: {', '.join(wrong)} is not a finite number. Lower --rate, or --clip gradients.")
        return {**line, **knobs, "rate": rate}

    def look(self):
        """Measures all validation rows and keeps the weights if they are the checkpoint. Returns whether to stop."""
        self.looked = self.step
        if not self.first:
            return False
        knobs = self.knobs.at(self.step, self.step >= self.steps)
        values, _ = measure(self.model, self.handed, self.data.splits["validation"], self.held_out, knobs)
        self.log.write({"step": self.step, "rows": "validation", **values, **knobs})
        print(f"step {self.step} of {self.steps}: validation loss {values['loss']:.4f}", file=sys.stderr)
        if config.LAST_STEP or self.selection.consider(self.step, values["compared"], knobs):
            self.since_best = 0
            self.best = {name: value.detach().cpu().clone() for name, value in self.model.state_dict().items()}
        else:
            self.since_best += 1
        return self.settled()

    def settled(self):
        """Whether the loss no longer falls. While a knob is on its way, no look says so."""
        patience = self.options.patience
        arrived = self.knobs.at(self.step, self.step >= self.steps) == self.knobs.at(self.steps, True)
        return bool(patience) and arrived and self.since_best >= patience

    def finish(self):
        """Judges the checkpoint on test rows and writes it."""
        knobs = self.knobs.at(self.step, self.step >= self.steps)
        best = self.selection.at(knobs)
        step = best["step"] if best and not config.LAST_STEP else self.step
        self.model.load_state_dict(self.best)
        about = {"spec": config.NAME, "step": str(step), "seed": str(self.options.seed), "knobs": json.dumps(knobs)}
        weights.save(self.out / "model.safetensors", self.best, about)
        found = report(self.model, self.handed, self.data, self.held_out, knobs)
        if self.options.no_left_behind:
            groups, note = [], "Rows that are left behind were not searched for."
        else:
            groups, note = left_behind.search(self.model, self.handed, self.data, self.held_out)
        found.update({"leftBehind": groups, "leftBehindNote": note})
        found = {"spec": config.NAME, "seed": self.options.seed, "step": step, "steps": self.step, "knobs": knobs, **found}
        weights.replace(self.out / "report.json", (json.dumps(found, indent=2) + "\\n").encode())
        print(f"{self.out}: step {step}, test loss {found['test']['loss']:.4f}")
        for finding in found["findings"]:
            print(f"note: {finding}")
        for text in [found["leftBehindNote"], *(group["text"] for group in found["leftBehind"])]:
            print(text)
`,
  "project/made.py": `"""Streams made from others as batches are drawn: changed copies, parts of a signal, other samples of the same class.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

from . import draws

# How far \`crop\` moves a picture, as a share of its height and width; the standard deviation of \`noise\`.
LARGEST_SHIFT = 1 / 8
NOISE = 0.1


class Made:
    def __init__(self, name, made, streams, splits, absent):
        """made: what config.STREAMS says of the stream; streams: those of the data; absent: which rows lack them."""
        self.name, self.made = name, made
        self.by, self.source = made["by"], streams[made["of"]]
        if self.by == "partner":
            if made["same"] in absent:
                raise SystemExit(f"{name} needs the class of every row, and some rows have no {made['same']}.")
            self.same = _same(streams[made["same"]], splits, absent.get(made["of"]))

    def rows(self, rows, words):
        """The stream for these rows of the data. words: from (purpose, count) to random words [len(rows), count]."""
        return getattr(self, f"_{self.by}")(rows, words)

    def _numbers(self, rows):
        values = self.source[rows]
        return (values.double() * (1 / 255)).float() if values.dtype == torch.uint8 else values

    def _augment(self, rows, words):
        changes, values = self.made["changes"], self._numbers(rows).clone()
        width = values[0].numel()
        crop, flip, noise = ("crop" in changes, "flip" in changes, "noise" in changes)
        drawn = words(f"changes of {self.name}", 2 * crop + flip + 2 * width * noise)
        at = 0
        if crop:
            values = _shifted(values, drawn[:, :2])
            at = 2
        if flip:
            mirrored = draws.integers(drawn[:, at], 2) == 1
            values[mirrored] = values[mirrored].flip(-1)
            at += 1
        if noise:
            radius, angle = draws._polar(drawn[:, at:])
            values = (values.double() + NOISE * (radius * angle.cos()).reshape(values.shape)).float()
            if self.made["picture"]:
                values = values.clamp(0, 1)
        return values

    def _past(self, rows, words):
        return self._part(rows, words, -self.made["steps"])

    def _future(self, rows, words):
        return self._part(rows, words, 0)

    def _part(self, rows, words, first):
        """Steps from \`first\` after each row's present on, along the axis of time."""
        made, values = self.made, self._numbers(rows)
        axis = values.dim() - 1 if made["signal"] else 1
        places = values.shape[axis] - made["before"] - made["after"] + 1
        present = made["before"] + draws.integers(words(f"present of {made['of']}", 1)[:, 0], places)
        steps = present[:, None] + first + torch.arange(made["steps"])
        shape = [1] * values.dim()
        shape[0], shape[axis] = steps.shape
        return values.gather(axis, steps.reshape(shape).expand(*values.shape[:axis], -1, *values.shape[axis + 1 :]))

    def _partner(self, rows, words):
        drawn = words(f"partners of {self.made['of']} for {self.name}", 1)[:, 0].tolist()
        others = []
        for row, word in zip(rows.tolist(), drawn):
            # Where no row of its class has the stream, the row itself lacks it.
            same = self.same[row] or [row]
            other = same[int(word * 2.0**-32 * max(1, len(same) - 1))]
            others.append(same[-1] if other == row else other)
        return self._numbers(torch.tensor(others))


def _same(classes, splits, absent):
    """For each row the rows of its split with its class that have the stream."""
    same = {}
    for rows in splits.values():
        groups = {}
        for row in rows.tolist():
            group = groups.setdefault(classes[row].item(), [])
            if absent is None or not absent[row]:
                group.append(row)
            same[row] = group
    return same


def _shifted(pictures, drawn):
    """Pictures [N, channels, height, width] moved by whole pixels, 0 coming in at their edges."""
    height, width = pictures.shape[-2:]
    most = [max(1, int(size * LARGEST_SHIFT + 0.5)) for size in (height, width)]
    out = torch.zeros_like(pictures)
    moves = [(draws.integers(drawn[:, i], 2 * limit + 1) - limit).tolist() for i, limit in enumerate(most)]
    for i, (down, right) in enumerate(zip(*moves)):
        ys, xs = slice(max(0, down), min(height, height + down)), slice(max(0, right), min(width, width + right))
        out[i, :, ys, xs] = pictures[i, :, slice(ys.start - down, ys.stop - down), slice(xs.start - right, xs.stop - right)]
    return out
`,
  "project/parallel.py": `"""Several processes, one loss.

Terms that compare rows, such as contrastive ones and those that estimate a covariance, need the rows of all processes.
\`all_rows\` hands them over with their gradients, so that two processes of 64 rows have the loss and the gradient of one
process of 128.

Part of a project that Bottleneck wrote: yours to change.
"""

import os
import time
from contextlib import contextmanager

import torch
from torch import distributed

_alone = False


def start(device):
    """Joins the processes that torchrun has started. Returns whether there are several."""
    if int(os.environ.get("WORLD_SIZE", "1")) < 2:
        return False
    distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
    return True


def stop():
    """Leaves the other processes, when all are here. What wraps the model for them must be gone: it holds on to the group."""
    if distributed.is_available() and distributed.is_initialized():
        distributed.barrier()
        # Gloo's threads let go of the last tensors by Python's lock; ending the group while they wait for it never ends.
        time.sleep(1)
        distributed.destroy_process_group()


def size():
    """Processes that share a batch: 1 within \`alone\`."""
    several = distributed.is_available() and distributed.is_initialized() and not _alone
    return distributed.get_world_size() if several else 1


def rank():
    return distributed.get_rank() if size() > 1 else 0


def local_rank():
    """The number of this process on its machine: which of its GPUs it uses."""
    return int(os.environ.get("LOCAL_RANK", "0"))


def wait():
    """Until all processes are here."""
    if size() > 1:
        distributed.barrier()


@contextmanager
def alone():
    """Within it this process has its batch for itself."""
    global _alone
    before, _alone = _alone, True
    try:
        yield
    finally:
        _alone = before


def own(rows):
    """The part of a batch of rows that is this process's."""
    each = len(rows) // size()
    return rows[rank() * each : (rank() + 1) * each]


def mean(values):
    """The mean of each of these numbers over the processes."""
    if size() == 1:
        return values
    total = torch.stack([value.detach() for value in values])
    distributed.all_reduce(total)
    return list(total / size())


def same(value):
    """What the first process has, in every process."""
    if size() == 1:
        return value
    box = [value]
    distributed.broadcast_object_list(box, 0)
    return box[0]


def all_rows(x):
    """The rows of all processes, in their order, with gradients; of a dictionary or tuple, each part of it."""
    if size() == 1 or x is None:
        return x
    if isinstance(x, dict):
        return {name: all_rows(part) for name, part in x.items()}
    if isinstance(x, tuple):
        return tuple(all_rows(part) for part in x)
    return _Gather.apply(x)


class _Gather(torch.autograd.Function):
    @staticmethod
    def forward(context, x):
        context.dtype = x.dtype
        x = x.detach().contiguous()
        whole = x.to(torch.uint8) if x.dtype == torch.bool else x
        parts = [torch.empty_like(whole) for _ in range(size())]
        distributed.all_gather(parts, whole)
        return torch.cat(parts).to(x.dtype)

    @staticmethod
    def backward(context, gradient):
        # Every process has the same loss of the gathered rows, and the mean over processes is taken afterwards.
        total = gradient.contiguous()
        distributed.all_reduce(total)
        return own(total)
`,
  "project/precision.py": `"""Mixed precision of networks alone: codes, likelihoods and the terms of the loss stay in float32.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

DTYPES = {"bf16": torch.bfloat16, "fp16": torch.float16}


def half_networks(model, precision, device):
    """Runs each network of the model in \`precision\`, and hands on its output in float32."""
    if precision == "float32":
        return
    for network in _networks(model):
        forward = torch.autocast(device.type, dtype=DTYPES[precision])(network.forward)
        network.forward = lambda x, forward=forward: forward(x).float()


def _networks(module):
    """The outermost modules that are not dictionaries of others."""
    for child in module.children():
        if isinstance(child, torch.nn.ModuleDict):
            yield from _networks(child)
        else:
            yield child


def scaler_for(precision, device):
    """What keeps small gradients of float16 from vanishing; None where it is not needed."""
    if precision != "fp16":
        return None
    if device.type != "cuda":
        raise SystemExit("--precision fp16 needs a GPU; bf16 works on any device.")
    return torch.amp.GradScaler("cuda") if hasattr(torch.amp, "GradScaler") else torch.cuda.amp.GradScaler()
`,
  "project/probes.py": `"""What codes carry of the factors: scores of linear probes with 95 % intervals, as the preview has them.

Part of a project that Bottleneck wrote: yours to change.
"""

import math
from functools import partial

import torch

from . import config
from .codes import codes, inferred_from
from .folds import predictions
from .intervals import Z95, wilson
from .linear import logistic, ridge

# Draws of the codes of each test row: each is scored by itself, and scores are averaged.
DRAWS = 4


def probes(model, handed, data, batch):
    """What each code, by its mean and by its draws, carries of each factor of the test rows."""
    seen = codes(model, handed, data.splits["train"], batch)
    judged = [codes(model, handed, data.splits["test"], batch, draw) for draw in range(DRAWS)]
    factors = [
        name
        for name, stream in config.STREAMS.items()
        if name in data.streams and stream["role"] != "modality" and stream["kind"] in ("label", "scalar")
    ]
    for factor in factors:
        for code in seen:
            learned, read = (rows_with(data, split, [*inferred_from(code), factor]) for split in ("train", "test"))
            seen_truth, truth = (data.streams[factor][data.splits[split]][rows] for split, rows in (("train", learned), ("test", read)))
            by_mean = seen[code][0][learned], [judged[0][code][0][read]]
            by_draws = seen[code][1][learned], [draw[code][1][read] for draw in judged]
            for of, (own, others) in (("-of-mean", by_mean), ("", by_draws)):
                found = score(factor, own, seen_truth, others, truth)
                if found is not None:
                    yield {"id": f"{found.pop('measure')}{of}", "code": code, "factor": factor, **found}


def score(factor, seen, seen_truth, judged, truth):
    """measure, value, low, high and chance of a probe; None where the rows are too few.

    seen: codes [rows, k] of training rows. judged: those of the test rows, once for each draw. The others: the factor.
    """
    if len(truth) == 0:
        return None
    label = config.STREAMS[factor]["kind"] == "label"
    classes = config.STREAMS[factor]["sizes"][0] if label else None
    predicted = predictions(partial(logistic, classes=classes) if label else ridge, seen, seen_truth, judged, truth)
    if predicted is None:
        return None
    if not label:
        return {"measure": "r2", **r2(*predicted, truth), "chance": 0}
    counts = torch.bincount(torch.cat([seen_truth, truth]), minlength=classes)
    return {"measure": "accuracy", **accuracy(*predicted, truth), "chance": counts.max().item() / counts.sum().item()}


def accuracy(predicted, effective, truth):
    """How often the largest logit is that of the class. predicted: of each draw, [rows, classes]; effective: rows of the interval."""
    value = torch.stack([logits.argmax(1) == truth for logits in predicted]).double().mean().item()
    low, high = wilson(value * effective, effective)
    return {"value": value, "low": low, "high": high}


def r2(predicted, effective, truth):
    """The share of the variance that is explained; 0 of a number that does not vary. predicted: of each draw, [rows]."""
    truth = truth.double()
    errors = torch.stack([(truth - one).square() for one in predicted]).mean(0)
    deviations = (truth - truth.mean()).square()
    variance = deviations.mean()
    if variance == 0:
        return {"value": 0.0, "low": 0.0, "high": 0.0}
    unexplained = errors.mean() / variance
    # A ratio of means moves with row i by (error_i - unexplained * deviation_i) / variance.
    influence = ((errors - unexplained * deviations) / variance).square().mean().item()
    value, half = 1 - unexplained.item(), Z95 * math.sqrt(influence / effective)
    return {"value": value, "low": value - half, "high": min(1.0, value + half)}


def rows_with(data, split, streams):
    """Which rows of a split have all of these streams, bool [rows]."""
    rows = data.splits[split]
    there = torch.ones(len(rows), dtype=torch.bool)
    for name, has in data.present(rows).items():
        if name in streams:
            there &= has
    return there
`,
  "project/questions.py": `"""What is asked about rows: each target and factor as classes, a number as the quarter of its values.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

from . import config

QUARTERS = 4


class Question:
    """name; labels: the class of each row of the data, -1 where it is not known; shares: of each class among training rows.

    cuts: of a number, the values between two classes.
    """

    def __init__(self, name, labels, classes, train, cuts=None):
        self.name, self.labels, self.cuts = name, labels, cuts
        known = labels[train]
        counts = torch.bincount(known[known >= 0], minlength=classes).double()
        self.shares = counts / counts.sum()

    @property
    def varies(self):
        return bool((self.shares > 0).sum() > 1)

    def value(self, k):
        """A class in words: of a label its number, of a number the range that it means."""
        if self.cuts is None:
            return k
        low, high = (f"{float(f'{cut:.3g}'):g}" for cut in (self.cuts[max(0, k - 1)], self.cuts[min(k, len(self.cuts) - 1)]))
        return f"below {high}" if k == 0 else f"from {low}" if k == len(self.cuts) else f"{low} to {high}"


def questions_of(data, train):
    """One for each target and factor that varies in these training rows."""
    found = [_question(name, data, train) for name in config.ASKED if name in data.streams]
    return [question for question in found if question is not None and question.varies]


def _question(name, data, train):
    stream, values = config.STREAMS[name], data.streams[name]
    absent = data.absent.get(name, torch.zeros(len(values), dtype=torch.bool))
    if stream["kind"] == "label":
        return Question(name, values.masked_fill(absent, -1), stream["sizes"][0], train)
    known = values[train[~absent[train]]].sort().values.tolist()
    if not known:
        return None
    quarters = sorted({known[len(known) * k // QUARTERS] for k in range(1, QUARTERS)})
    cuts = [cut for cut in quarters if cut > known[0]]
    labels = sum((values >= cut).long() for cut in cuts) if cuts else torch.zeros(len(values), dtype=torch.long)
    return Question(name, labels.masked_fill(absent, -1), QUARTERS, train, cuts)
`,
  "project/rates.py": `"""The learning rate at each step.

Part of a project that Bottleneck wrote: yours to change.
"""

import math


def rate_at(options, step, steps):
    """Rises over \`options.warmup\` steps; then constant, or falling to 0 as \`options.schedule\` says."""
    if step < options.warmup:
        return options.rate * (step + 1) / options.warmup
    share = (step - options.warmup) / max(1, steps - options.warmup)
    if options.schedule == "cosine":
        return options.rate * 0.5 * (1 + math.cos(math.pi * share))
    return options.rate * (1 - share) if options.schedule == "linear" else options.rate
`,
  "project/readers.py": `"""Files as fields: npz, npy, IDX, tables, HDF5 and folders of pictures; files plain or gzip.

Part of a project that Bottleneck wrote: yours to change.
"""

import gzip
import io
import re
import struct
from pathlib import Path

import torch

from . import folders, hdf5, tables
from .field import Field

IDX_TYPES = {8: "B", 9: "b", 11: "h", 12: "i", 13: "f", 14: "d"}


def read(path):
    """The fields of a file by name, all with the same number of rows."""
    fields = folders.read(Path(path)) if Path(path).is_dir() else _file(Path(path))
    fields = {name: field for name, field in fields.items() if field is not None and field.values.dim() > 0}
    if not fields:
        raise SystemExit(f"{path} has no array of numbers with one row for each sample.")
    counts = [len(field.values) for field in fields.values()]
    rows = max(counts, key=lambda count: (counts.count(count), count))
    return {name: field for name, field in fields.items() if len(field.values) == rows}


def _file(path):
    with path.open("rb") as file:
        content = file.read(32)
    packed = content[:2] == b"\\x1f\\x8b"
    if packed:
        content = gzip.decompress(path.read_bytes())
    # Libraries read a file as far as they need it.
    source = io.BytesIO(content) if packed else str(path)
    if content[:4] == b"PAR1":
        return tables.parquet(source)
    if hdf5.is_hdf5(content):
        return hdf5.read(source, content)
    if not packed:
        content = path.read_bytes()
    if content[:2] == b"PK":
        return _npz(content)
    if content[:6] == b"\\x93NUMPY":
        return {path.name.split(".")[0]: _array(_numpy().load(io.BytesIO(content)))}
    if content[:2] == b"\\0\\0" and content[2] in IDX_TYPES:
        return _idx(content)
    if re.search(r"\\.(jsonl|ndjson)(\\.gz)?$", path.name, re.IGNORECASE):
        return tables.lines(content)
    if re.search(r"\\.(csv|tsv|tab)(\\.gz)?$", path.name, re.IGNORECASE):
        return tables.text(content)
    raise SystemExit(
        f"{path} has none of the formats that are read here. Save the fields that the spec reads with numpy.savez, "
        "and name that file with --data."
    )


def _numpy():
    try:
        import numpy
    except ImportError:
        raise SystemExit("Reading npz and npy files needs numpy: pip install numpy") from None
    return numpy


def _npz(content):
    with _numpy().load(io.BytesIO(content)) as archive:
        return {name: _array(archive[name]) for name in archive.files}


def _array(array):
    """A field of an array; None where it holds neither numbers nor texts that are classes."""
    numpy = _numpy()
    kind = array.dtype.kind
    if kind in "US":
        texts = [text.decode() if isinstance(text, bytes) else text for text in array.reshape(-1).tolist()]
        return tables.classes(texts) if len(texts) == len(array) else None
    if kind == "b" or array.dtype == numpy.uint8:
        return Field(torch.from_numpy(numpy.array(array, numpy.uint8, order="C")))
    if kind in "iu" and (array.size == 0 or (array.min() >= -(2**31) and array.max() < 2**31)):
        return Field(torch.from_numpy(numpy.array(array, numpy.int64, order="C")))
    if kind in "fiu":
        return Field(torch.from_numpy(numpy.array(array, numpy.float32, order="C")))
    return None


def _idx(content):
    shape = struct.unpack_from(f">{content[3]}I", content, 4)
    code = IDX_TYPES[content[2]]
    count = 1
    for size in shape:
        count *= size
    values = struct.unpack_from(f">{count}{code}", content, 4 + 4 * content[3])
    dtype = torch.uint8 if code == "B" else torch.float32 if code in "fd" else torch.int64
    return {"label" if len(shape) == 1 else "image": Field(torch.tensor(values, dtype=dtype).reshape(shape))}
`,
  "project/report.py": `"""What a run ends with: values of test rows, probes of the codes, and what a person should look at first.

The preview judges more: information with its interval, several codes together. \`bottleneck preview SPEC --weights
model.safetensors\` shows all of that for these weights.

Part of a project that Bottleneck wrote: yours to change.
"""

from . import config
from .codes import codes, inferred_from
from .evaluation import measure
from .probes import probes, rows_with

# A code below this rate, in nats, carries nothing; a coordinate that varies by less does not vary.
NOTHING, STILL = 0.05, 1e-3


def report(model, handed, data, batch, knobs):
    """Values of validation and test rows, probes and findings of the weights of now."""
    model.eval()
    validation, scales = measure(model, handed, data.splits["validation"], batch, knobs)
    test, _ = measure(model, handed, data.splits["test"], batch, knobs, scales)
    model.eval()
    return {
        "test": test,
        "validation": validation,
        "probes": list(probes(model, handed, data, batch)),
        "findings": list(_findings(data, test, codes(model, handed, data.splits["test"], batch))),
    }


def _findings(data, test, judged):
    for name, term in config.TERMS.items():
        if term["pays"] and test[name] < NOTHING:
            yield f"{' and '.join(term['pays'])} has collapsed: {name} is {test[name]:.3f} nats."
        # A likelihood is below 0 by the entropy of its stream, which nobody knows.
        if term["side"] == "lower" and term["reads"] == "information" and test[name] < 0:
            yield f"{name} is below 0 on test rows ({test[name]:.3f} nats): the bound says nothing here."
    for name, (mean, _) in judged.items():
        mean = mean[rows_with(data, "test", inferred_from(name))]
        if mean.shape[1] > 1 and (still := int((mean.std(0) < STILL).sum())):
            yield f"{still} of {mean.shape[1]} coordinates of {name} do not vary."
`,
  "project/splits.py": `"""The rows of each split: the same ones as in the preview.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

from . import draws

SAYS = {"0": "train", "train": "train", "1": "validation", "validation": "validation", "val": "validation"}
SAYS.update({"valid": "validation", "dev": "validation", "2": "test", "test": "test"})
# In the order in which whole units are dealt: training has what is left.
DEALT = ("test", "validation", "train")


def split(asked, fields, seed):
    """Row numbers by split. asked: what config.SPLITS says; fields: those of the file."""
    rows = len(next(iter(fields.values())).values)
    if asked["by"] == "order":
        sizes = [asked[name] for name in ("train", "validation", "test")]
        return dict(zip(("train", "validation", "test"), torch.arange(sum(sizes)).split(sizes)))
    order = draws.permutation(seed, "data.splits", 0, rows)
    if asked["by"] == "column":
        return _said(asked, fields[asked["column"]], order)
    tenth = max(1, rows // 10)
    sizes = {name: asked[name] or tenth for name in ("validation", "test")}
    rest = rows - sizes["validation"] - sizes["test"]
    sizes["train"] = asked["train"] or max(1, rest)
    if sizes["train"] > rest:
        raise SystemExit(f"The splits ask for more than the {rows} rows of the data: {sizes}.")
    groups, classes = (fields[asked[by]] if asked[by] else None for by in ("groups", "stratify"))
    if groups is None and classes is None:
        test, validation, train = order[: sum(sizes.values())].split([sizes[name] for name in DEALT])
        return {"train": train, "validation": validation, "test": test}
    return _deal(_strata(groups, classes, order), sizes, order)


def _said(asked, field, order):
    """Each row in the split that the column says; of a split larger than its size, random rows."""
    values = field.values.reshape(-1).tolist()
    texts = [field.words[value] for value in values] if field.words else [f"{value:g}" for value in values]
    names = [SAYS.get(text.strip().lower()) for text in texts]
    if None in names:
        raise SystemExit(f"Row {names.index(None)} of {asked['column']} is {texts[names.index(None)]}, not a split.")
    found = {}
    for split in ("train", "validation", "test"):
        rows = [row for row in order.tolist() if names[row] == split]
        found[split] = torch.tensor(rows[: asked[split] or len(rows)], dtype=torch.int64)
        if len(found[split]) == 0 or (asked[split] or 0) > len(rows):
            raise SystemExit(f"{asked['column']} says {split} of {len(rows)} rows, which are too few.")
    return found


def _strata(groups, classes, order):
    """Units that stay together, by class, in random order. A group counts as its most frequent class."""
    units = {}
    for row in order.tolist():
        units.setdefault(row if groups is None else groups.values[row].item(), []).append(row)
    strata = {}
    for unit in units.values():
        labels = [0] if classes is None else [classes.values[row].item() for row in unit]
        # The first of equally frequent ones.
        label = max(dict.fromkeys(labels), key=labels.count)
        strata.setdefault(label, []).append(unit)
    if any(len(stratum) < 3 for stratum in strata.values()):
        raise SystemExit("Each class, or the data, needs at least 3 rows or groups: one for each split.")
    return list(strata.values())


def _deal(strata, sizes, order):
    """Whole units: each split has its share of every stratum, and at least one unit of it."""
    everything = sum(sizes.values()) == len(order)
    split_of = {}
    for place, name in enumerate(DEALT):
        later = len(DEALT) - 1 - place
        shares = _shares([_rows(units) for units in strata], sizes[name], later)
        missed = 0
        for i, units in enumerate(strata):
            share = float("inf") if name == "train" and everything else shares[i] + missed
            taken, strata[i] = _take(units, share, later)
            split_of.update({row: name for unit in taken for row in unit})
            missed = share - _rows(taken)
    rows = order.tolist()
    return {name: torch.tensor([row for row in rows if split_of.get(row) == name]) for name in DEALT}


def _rows(units):
    return sum(len(unit) for unit in units)


def _shares(rows, size, keep):
    """Whole rows of each stratum that sum to size where there are so many: in proportion, and at least one."""
    due = [count * size / sum(rows) for count in rows]
    shares = [max(1, min(int(share), count - keep)) for share, count in zip(due, rows)]
    while sum(shares) != size:
        step = 1 if sum(shares) < size else -1
        able = [i for i in range(len(rows)) if (shares[i] < rows[i] - keep if step > 0 else shares[i] > 1)]
        if not able:
            break
        shares[max(able, key=lambda i: step * (due[i] - shares[i]))] += step
    return shares


def _take(units, share, keep):
    """Units whose rows come near to share: those that fit, then the smallest other one where it brings the sum nearer."""
    taken, others, missing = [], [], share
    for unit in units:
        if len(unit) > missing or len(taken) >= len(units) - keep:
            others.append(unit)
        else:
            taken.append(unit)
            missing -= len(unit)
    if len(others) > keep:
        smallest = min(range(len(others)), key=lambda i: len(others[i]))
        if not taken or len(others[smallest]) - missing < missing:
            taken.append(others.pop(smallest))
    return taken, others
`,
  "project/tables.py": `"""Tables: text, Parquet and JSON lines. Each column is a field; those whose names differ by a number are a vector too.

Part of a project that Bottleneck wrote: yours to change.
"""

import csv
import io
import json
import re

import torch

from .field import Field

MISSING = {"", "na", "n/a", "nan", "null", "none", "?", "."}
MOST_CLASSES = 1000
# Of sentences: words that have numbers of their own, and words of each that are kept.
MOST_WORDS, OTHER, LONGEST = 999, "(other)", 64


def text(content):
    """The fields of a table as text."""
    names, samples, delimiter = cells(content)
    fields = {}
    for i, name in enumerate(names):
        if name not in fields:
            fields[name] = column([row[i].strip() for row in samples], delimiter)
    return with_vectors(fields)


def parquet(source):
    """The fields of a Parquet table, from a path or a file."""
    try:
        from pyarrow import parquet as arrow
    except ImportError:
        raise SystemExit("Reading Parquet needs pyarrow: pip install pyarrow") from None
    table = arrow.read_table(source)
    names = [name for name in table.column_names if not re.fullmatch(r"__index_level_\\d+__", name)]
    return with_vectors({name: values(table.column(name).to_pylist()) for name in names})


def lines(content):
    """The fields of JSON lines: one object a line."""
    samples = [json.loads(line) for line in content.decode().splitlines() if line.strip()]
    names = dict.fromkeys(name for sample in samples for name in sample)
    return with_vectors({name: values([sample.get(name) for sample in samples]) for name in names})


def cells(content):
    """Names, rows and delimiter of a table as text."""
    encoding = "utf-16" if content[:2] in (b"\\xff\\xfe", b"\\xfe\\xff") else "utf-8-sig"
    text = content.decode(encoding)
    first = re.sub(r'"[^"]*"', "", text.splitlines()[0])
    delimiter = max(",\\t;", key=lambda sign: len(first.split(sign)))
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if len(row) > 1 or row and row[0]]
    named = any(_number(cell.strip()) is None for cell in rows[0])
    names = [cell.strip() if named else "" for cell in rows[0]]
    names = [name or f"column_{i}" for i, name in enumerate(names)]
    samples = rows[1:] if named else rows
    ragged = [i for i, row in enumerate(samples) if len(row) != len(names)]
    if ragged:
        raise SystemExit(f"Row {ragged[0] + 1 + named} of the table does not have {len(names)} cells.")
    return names, samples, delimiter


def _number(cell):
    if "_" in cell or re.match(r"0x", cell, re.IGNORECASE):
        return None
    try:
        return float(cell)
    except ValueError:
        return None


def column(cells, delimiter):
    """Cells as numbers where all are, else as classes or words."""
    missing = [cell.lower() in MISSING for cell in cells]
    written = cells
    if delimiter == ";" and all(none or re.fullmatch(r"[-+]?\\d+(,\\d+)?", cell) for cell, none in zip(cells, missing)):
        written = [cell.replace(",", ".") for cell in cells]
    numbers = [float("nan") if none else _number(cell) for cell, none in zip(written, missing)]
    if all(missing) or None in numbers:
        return texts([None if none else cell for cell, none in zip(cells, missing)])
    return Field(numbers_of(torch.tensor(numbers, dtype=torch.float64)))


def numbers_of(numbers):
    """Whole numbers where all are and fit, else float32; a missing one is NaN."""
    whole = bool(((numbers == numbers.round()) & (numbers >= -(2**31)) & (numbers < 2**31)).all())
    return numbers.to(torch.int64 if whole else torch.float32)


def values(found):
    """Values of any kind, None where there is none: numbers, texts, or lists of equally many numbers; None for others."""
    first = next((value for value in found if value is not None), None)
    if isinstance(first, str):
        return texts([value if isinstance(value, str) else None for value in found])
    width = len(first) if isinstance(first, list) else None
    rows = found if width is not None else [None if value is None else [value] for value in found]
    rows = [[None] * (width or 1) if row is None else row for row in rows]
    if first is None or width == 0 or any(not isinstance(row, list) or len(row) != (width or 1) for row in rows):
        return None
    flat = [float("nan") if value is None else value for row in rows for value in row]
    if any(not isinstance(value, (bool, int, float)) or isinstance(value, int) and abs(value) > 2**53 for value in flat):
        return None
    numbers = numbers_of(torch.tensor([float(value) for value in flat], dtype=torch.float64))
    return Field(numbers if width is None else numbers.reshape(len(found), width))


def texts(found):
    """Texts, None where there is none: classes where they repeat, else the words of sentences."""
    as_classes = classes(found)
    if as_classes is not None and not as_classes.many:
        return as_classes
    sentences = sum(bool(text is not None and re.search(r"\\S\\s+\\S", text)) for text in found)
    return words([text or "" for text in found]) if 2 * sentences > len(found) else as_classes


def classes(texts):
    """Texts as classes, numbered in their sorted order; -1 where there is none. None where there are no texts."""
    names = sorted({text for text in texts if text is not None})
    if not names:
        return None
    many = len(names) > MOST_CLASSES or (len(names) > 20 and len(names) > len(texts) / 2)
    numbers = {name: i for i, name in enumerate(names)}
    return Field(torch.tensor([-1 if text is None else numbers[text] for text in texts]), names, many)


def words(texts):
    """Words by their number, the most frequent first; -1 after the last."""
    lists = [re.findall(r"(?:[^\\W_]|')+", text.lower())[:LONGEST] for text in texts]
    counts = {}
    for word in (word for found in lists for word in found):
        counts[word] = counts.get(word, 0) + 1
    known = sorted(counts, key=lambda word: (-counts[word], word))
    if len(known) > MOST_WORDS:
        known = [*known[:MOST_WORDS], OTHER]
    numbers = {word: i for i, word in enumerate(known)}
    width = max(map(len, lists))
    rows = [[numbers.get(word, len(known) - 1) for word in found] + [-1] * (width - len(found)) for found in lists]
    return Field(torch.tensor(rows), known)


def with_vectors(fields):
    """The fields, and columns NAME_0, NAME_1, ... (or from 1) side by side, as the field NAME."""
    groups = {}
    for name, field in fields.items():
        match = re.fullmatch(r"(.*\\D)(\\d+)", name)
        if match and field is not None and field.words is None and field.values.dim() == 1:
            stem = re.sub(r"[_.\\- ]$", "", match[1]) or match[1]
            groups.setdefault(stem, {})[int(match[2])] = field.values
    vectors = {}
    for name, members in groups.items():
        start = 0 if 0 in members else 1
        columns = [members.get(start + i) for i in range(len(members))]
        if len(columns) > 1 and all(column is not None for column in columns):
            whole = all(column.dtype == torch.int64 for column in columns)
            vectors[name] = Field(torch.stack([column if whole else column.float() for column in columns], 1))
    return {**vectors, **fields}
`,
  "project/transforms.py": `"""Changes of a stream's values, fitted on the training rows and carried out in the order written.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch


def transform(values, kind, transforms, train, absent):
    """values: float32 [rows, ...]. transforms: names, or (name, low, high). A NaN is passed over by all but \`fill\`.

    absent: bool [rows], which rows lack the stream: their values are NaN, and nothing fills them.
    """
    none = absent.reshape(-1, *[1] * (values.dim() - 1))
    values = values.masked_fill(none, torch.nan)
    for entry in transforms:
        name, *ends = (entry,) if isinstance(entry, str) else entry
        values = TRANSFORMS[name](values.double(), kind, train, *ends).float()
        values = values.masked_fill(none, torch.nan)
    return values


def _moments(values, kind, train):
    """Mean and standard deviation of each column over the training rows; 1 where it never varies."""
    if kind == "vector":
        over = (0,)
    elif kind in ("signal", "image"):
        over = (0, *range(2, values.dim()))
    else:
        over = tuple(range(values.dim()))
    seen = values[train]
    there = ~seen.isnan()
    count = there.sum(over, keepdim=True).clamp(min=1)
    mean = seen.nan_to_num(0).sum(over, keepdim=True) / count
    spread = ((seen - mean).nan_to_num(0).square().sum(over, keepdim=True) / count).sqrt()
    return mean, torch.where(spread > 1e-6 * mean.abs(), spread, torch.ones_like(spread))


def _standardise(values, kind, train):
    mean, spread = _moments(values, kind, train)
    return (values - mean) / spread


def _fill(values, kind, train):
    mean, _ = _moments(values, kind, train)
    return torch.where(values.isnan(), mean.expand_as(values), values)


TRANSFORMS = {
    "standardise": _standardise,
    "fill": _fill,
    "log1p": lambda values, kind, train: values.log1p(),
    "scale": lambda values, kind, train, low, high: (values - low) / (high - low),
    "clip": lambda values, kind, train, low, high: values.clamp(low, high),
}
`,
  "project/weights.py": `"""Weights as safetensors files, which the preview reads and writes too, under the same names.

Part of a project that Bottleneck wrote: yours to change.
"""

import json
import os

import torch

from . import draws


def initial(model, seed, fan_in):
    """Puts the preview's first weights of this seed in place.

    fan_in: the number of inputs of each weight that starts uniform; what is not among them starts as its module says.
    """
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if name in fan_in:
                drawn = draws.uniform(seed, f"initial weights of {name}", weight.numel())
                weight.copy_(((2 * drawn - 1) * fan_in[name] ** -0.5).reshape(weight.shape))


def save(path, tensors, metadata):
    """Writes float32 tensors by name; metadata holds texts by name."""
    header, parts, at = {"__metadata__": metadata}, [], 0
    for name, tensor in tensors.items():
        part = tensor.detach().cpu().float().contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [at, at + len(part)]}
        parts.append(part)
        at += len(part)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    replace(path, len(text).to_bytes(8, "little") + text + b"".join(parts))


def load(path):
    """Tensors by name, and the metadata."""
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as fault:
        raise SystemExit(f"{path} cannot be read: {fault.strerror}.") from None
    try:
        length = int.from_bytes(content[:8], "little")
        header = json.loads(content[8 : 8 + length])
        metadata = header.pop("__metadata__", {})
        return {name: _tensor(path, name, entry, content[8 + length :]) for name, entry in header.items()}, metadata
    except (AttributeError, KeyError, RuntimeError, TypeError, ValueError):
        raise SystemExit(f"{path} is not a safetensors file, or it is damaged.") from None


def _tensor(path, name, entry, content):
    if entry["dtype"] != "F32":
        raise SystemExit(f"{path}: {name} is {entry['dtype']}; only float32 (F32) is read.")
    first, last = entry["data_offsets"]
    values = torch.frombuffer(bytearray(content[first:last]), dtype=torch.float32) if last > first else torch.empty(0)
    return values.reshape(entry["shape"])


def put(model, tensors, path, frozen=()):
    """Puts all weights in place; names and shapes must be the model's.

    frozen: names of the weights of frozen codes. A file of another model needs to have these alone, and no others are read.
    """
    own = model.state_dict()
    if frozen and tensors.keys() != own.keys():
        own = {name: own[name] for name in frozen}
        tensors = {name: tensors[name] for name in frozen if name in tensors}
    wrong = [f"{name} is missing" for name in own if name not in tensors]
    wrong += [f"{name} is not a weight of this model" for name in tensors if name not in own]
    wrong += [
        f"{name} is {list(tensors[name].shape)}, not {list(own[name].shape)}"
        for name in own
        if name in tensors and tensors[name].shape != own[name].shape
    ]
    if wrong:
        more = f", and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        raise SystemExit(f"{path} does not fit this model: {'; '.join(wrong[:3])}{more}.")
    model.load_state_dict(tensors, strict=False)


def replace(path, content):
    """Writes beside the file, then renames, so that a killed run leaves a whole one."""
    beside = f"{path}.part"
    with open(beside, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
`,
  "project/windows.py": `"""Windows of long recordings: each sample is some rows that follow one another.

Part of a project that Bottleneck wrote: yours to change.
"""

import math

import torch

from .field import Field
from .splits import split


class Windows:
    """length: rows of a window; step: rows from one to the next. None has rows of two groups, or of two splits."""

    def __init__(self, fields, length, step, asked):
        self.length, self.step, self.asked = length, step, asked
        names = [asked.get(name) for name in ("groups", "column") if asked.get(name)]
        columns = [fields[name].values for name in names if fields[name].values.dim() == 1]
        rows = len(next(iter(fields.values())).values)
        changes = sorted({i + 1 for column in columns for i in (column[1:] != column[:-1]).nonzero()[:, 0].tolist()})
        ends = [*changes, rows]
        starts = [i for begin, end in zip([0, *changes], ends) for i in range(begin, end - length + 1, step)]
        if len(starts) < 3:
            raise SystemExit(f"Windows of {length} rows, {step} apart, are {len(starts)}: too few for three splits.")
        self.starts = torch.tensor(starts)

    def split(self, fields, seed):
        """Window numbers by split; of two that overlap across splits the earlier one is in none."""
        middles = self.starts + self.length // 2
        columns = {name: Field(field.values[middles], field.words) for name, field in fields.items()}
        asked = self.asked
        if asked["by"] == "random" and not asked["groups"]:
            # Neighbouring windows of one recording are alike: stretches of them stay together.
            columns, asked = {**columns, "stretches": Field(self._stretches())}, {**asked, "groups": "stretches"}
        splits = split(asked, columns, seed)
        of, starts = {row: name for name, rows in splits.items() for row in rows.tolist()}, self.starts.tolist()
        kept = {}
        for name, rows in splits.items():
            kept[name] = torch.tensor([row for row in rows.tolist() if not self._overlaps(row, of, starts)])
            if len(kept[name]) == 0:
                raise SystemExit(f"Windows leave no {name} sample that overlaps none of another split.")
        return kept

    def cut(self, fields):
        """Each field [windows, length, ...]."""
        rows = self.starts[:, None] + torch.arange(self.length)
        return {name: Field(field.values[rows], field.words, field.many) for name, field in fields.items()}

    def middle(self, field):
        """Of a field that is cut, the row in the middle of each window: what has no time is that of the middle."""
        return Field(field.values[:, self.length // 2], field.words)

    def _stretches(self):
        count = len(self.starts)
        overlapping = math.ceil(self.length / self.step) - 1
        size = max(1, min(count // 10, max(10 * overlapping, math.ceil(count / 100))))
        return (torch.arange(count) // size).clamp(max=max(0, count // size - 1))

    def _overlaps(self, window, of, starts):
        """Whether a window has rows of a later one that is in another split."""
        later = range(window + 1, min(window + 1 + self.length, len(starts)))
        near = [other for other in later if starts[other] < starts[window] + self.length]
        return any(of.get(other, of[window]) != of[window] for other in near)
`,
};
