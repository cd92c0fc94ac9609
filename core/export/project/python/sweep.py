"""Seeds and knobs: one training for each combination, and one table of them all.

    python sweep.py --seeds 1 2 3 --knob beta 4 16 64          trains one after another, into sweep/
    python sweep.py --seeds 1 2 3 --processes 4                each by torchrun with 4 processes
    python sweep.py --seeds 1 2 3 --slurm sweep.sbatch         writes an array script for Slurm, and trains nothing
    python sweep.py --table                                    gathers what is there into sweep/table.csv

What stands after `--` is handed to train.py: python sweep.py --seeds 1 2 -- --epochs 50 --precision bf16. Rows that are left
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
    folders = "\n".join(f"  {shlex.quote(folder)}" for folder in runs)
    lines = "\n".join(f"  {shlex.quote(run)}" for run in runs.values())
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
run=${{runs[$SLURM_ARRAY_TASK_ID]}}
# A task that was stopped goes on where it was.
[ -e "${{folders[$SLURM_ARRAY_TASK_ID]}}/state.pt" ] && run="$run --resume"
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
