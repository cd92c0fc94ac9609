"""Losses and gradients of two processes beside those of one: python3 check_ranks.py FOLDER

Reads FOLDER/request.json: {"parallel": the text of a project's parallel.py, "cases": [{"id", "precision", "source": the text of
its model.py, "alone": whether no process is given the rows of the other, "parameters", "streams", "draws": {argument: {name}}, "knobs": {name: number}}]}; tensors as test/reference has
them. Writes FOLDER/response.json: {"cases": [{"id", "loss", "terms", "gradients"}]}, relative differences between two
processes with half of the rows each and one process with all, or {"id", "error"} (then the exit code is 1).
"""

import json
import sys
import traceback
import types
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "reference"))

import torch
from torch import distributed

import own_networks
import tensors
import two_ranks

for package in ("mlp", "nn", "encoder", "kl", "S", "own_S"):
    sys.modules[package] = own_networks

# Draws of each row; others are of the whole batch.
OF_ROWS = ("noise", "components", "present")


def package(text):
    """A package `project` that holds `parallel.py` alone; models import from it."""
    sys.modules["project"] = types.ModuleType("project")
    sys.modules["project"].__path__ = []
    parallel = types.ModuleType("project.parallel")
    exec(compile(text, "parallel.py", "exec"), parallel.__dict__)
    sys.modules["project.parallel"] = parallel
    return parallel


def model_of(source, parameters):
    namespace = {"__package__": "project", "__name__": "project.model"}
    exec(compile(source, "model.py", "exec"), namespace)
    classes = [value for value in namespace.values() if isinstance(value, type) and issubclass(value, torch.nn.Module)]
    model = classes[-1]()
    model.load_state_dict({name: parameters[name] for name in model.state_dict()})
    return model


def run(module, model, streams, knobs, draws):
    loss, terms = module(streams, knobs, **draws)
    model.zero_grad()
    loss.backward()
    gradients = {
        name: torch.zeros_like(weight) if weight.grad is None else weight.grad.clone()
        for name, weight in model.named_parameters()
    }
    return loss.detach(), {name: value.detach() for name, value in terms.items()}, gradients


def apart(a, b):
    return ((a - b).norm() / b.norm().clamp(min=1e-12)).item() if (a - b).norm() > 1e-12 else 0.0


def compare(folder, case, parallel):
    precision = case["precision"]
    torch.set_default_dtype(getattr(torch, precision))

    def read(entries):
        return tensors.read_all(folder, entries, precision)

    streams, parameters = read(case["streams"]), read(case["parameters"])
    parallel.all_rows = (lambda x: x) if case["alone"] else parallel.gathers
    model = model_of(case["source"], parameters)
    names = model.forward.__code__.co_varnames[: model.forward.__code__.co_argcount]
    draws = {argument: read(entries) for argument, entries in case["draws"].items() if argument in names}
    with parallel.alone():
        loss, terms, gradients = run(model, model, streams, case["knobs"], draws)

    def own(entries):
        return {name: parallel.own(tensor) for name, tensor in entries.items()}

    several = torch.nn.parallel.DistributedDataParallel(model)
    mine = {argument: own(entries) if argument in OF_ROWS else entries for argument, entries in draws.items()}
    found = run(several, model, own(streams), case["knobs"], mine)
    shared = dict(zip(terms, parallel.mean([found[1][name] for name in terms])))
    return {
        "id": case["id"],
        "loss": apart(parallel.mean([found[0]])[0], loss),
        "terms": {name: apart(shared[name], terms[name]) for name in terms},
        "gradients": {name: apart(found[2][name], gradients[name]) for name in gradients},
    }


def main(folder):
    second = two_ranks.begin(__file__, folder)
    request = json.loads(Path(folder, "request.json").read_text())
    parallel = package(request["parallel"])
    parallel.gathers = parallel.all_rows
    answers = []
    for case in request["cases"]:
        try:
            answers.append(compare(folder, case, parallel))
        except Exception:
            answers.append({"id": case["id"], "error": traceback.format_exc()})
    if second is not None:
        Path(folder, "response.json").write_text(json.dumps({"cases": answers}))
        Path(folder, "response.bin").write_bytes(b"")
        second.wait()
    distributed.destroy_process_group()
    return int(any("error" in answer for answer in answers))


sys.exit(main(sys.argv[1]))
