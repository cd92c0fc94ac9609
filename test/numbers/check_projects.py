"""The first step of exported projects, whole and by two processes: python3 check_projects.py FOLDER

Reads FOLDER/request.json: {"folders": [of a project]}. Each is started as `python train.py` would start it, with its own
weights, batch and draws. Writes FOLDER/response.json: {"torch": its version, "projects": [{"alone", "ranks"}]}, where "alone"
is what one process has at its first step and "ranks" what two have together, each with half of the batch: {"loss", "terms",
"gradients"}, tensors as test/reference has them; or {"error"} for a project that failed (then the exit code is 1).
"""

import json
import os
import sys
import tempfile
import traceback
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parents[1] / "reference"))

import torch
from torch import distributed

import tensors
import two_ranks


def numbers(module, model, streams, draws, knobs):
    model.zero_grad()
    loss, terms = module(streams, knobs, **draws)
    loss.backward()
    gradients = {
        name: torch.zeros_like(weight) if weight.grad is None else weight.grad.clone()
        for name, weight in model.named_parameters()
    }
    return {"loss": loss.detach(), **{name: value.detach() for name, value in terms.items()}}, gradients


def first_step(folder, scratch):
    """(values, gradients) of one process and of both."""
    for name in [name for name in sys.modules if name == "train" or name.split(".")[0] == "project"]:
        del sys.modules[name]
    sys.path.insert(0, folder)
    os.chdir(folder)
    try:
        import train
        from project import answers, parallel
    finally:
        sys.path.remove(folder)
    # Both processes have met already.
    parallel.start = lambda device: True
    # Whether a search ends, not what it finds.
    answers.FEWEST = answers.MOST = 2
    with parallel.alone():
        out = os.path.join(scratch, str(len(os.listdir(scratch))))
        run = train.Run(train.options(["--device", "cpu", "--out", out]))
        rows, knobs = run.batches.at(0), run.knobs.at(0)
        alone = numbers(run.model, run.model, *run.handed.batch(rows, 0), knobs)
        # What every run ends with: its codes are judged, rows that they leave behind are searched for, and all is written.
        run.look()
        run.finish()
    values, gradients = numbers(run.wrapped(), run.model, *run.handed.batch(rows, 0), knobs)
    return alone, (dict(zip(values, parallel.mean(list(values.values())))), gradients)


def written(found, writer):
    values, gradients = found
    loss, *terms = [(name, tensors.number(value)) for name, value in values.items()]
    return {"loss": loss[1], "terms": dict(terms), "gradients": writer.add_all(gradients)}


def main(folder):
    second = two_ranks.begin(__file__, folder)
    writer = None if second is None else tensors.Writer(folder)
    answers = []
    with tempfile.TemporaryDirectory() as scratch:
        for project in json.loads(Path(folder, "request.json").read_text())["folders"]:
            try:
                alone, ranks = first_step(project, scratch)
                if writer:
                    answers.append({"alone": written(alone, writer), "ranks": written(ranks, writer)})
            except (Exception, SystemExit):
                answers.append({"error": traceback.format_exc()})
        os.chdir("/")
    if second is not None:
        writer.close()
        Path(folder, "response.json").write_text(json.dumps({"torch": torch.__version__, "projects": answers}))
        second.wait()
    distributed.destroy_process_group()
    return int(any("error" in answer for answer in answers))


sys.exit(main(sys.argv[1]))
