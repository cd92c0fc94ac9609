"""Runs exported files: python3 check_export.py FOLDER.

Reads FOLDER/request.json, writes FOLDER/response.json and FOLDER/response.bin; tensors as test/reference has them.
A request is

  {"device": where the cases are computed ("cpu" unless given),
   "cases": [{"id", "precision", "source", "lossOnly", "parameters", "streams", "draws": {argument: {name}},
              "knobs": {name: number}, those of the file unless given,
              "shapes": {stream: {"taken": [shape of a sample], "refused": [...], "said": "[N, ...]"}}}],
   "runs":  [the same, with streams [n, ...], draws [S, ...], "batches": int32 [S, N], "rate"]}

with the text of the two files that one spec exports to. The response is

  {"cases": [{"id", "whole": {"loss", "terms", "gradients"}, "lossOnly": {"loss", "terms", "gradients"}}],
   "runs":  [{"id", "losses"}]}

or {"id", "error"} for one that failed (then the exit code is 1). The loss-only file is given the codes of the whole one:
its gradients reach the encoders through them.
"""

import copy
import json
import sys
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "reference"))

import torch

import own_networks
import tensors

# The same networks as packages by names that exported files have other uses for.
for package in ("mlp", "nn", "encoder", "kl", "S", "own_S"):
    sys.modules[package] = own_networks


DEVICE = "cpu"


def module_of(source, name):
    """The module class that a file defines last, made without arguments, on the device."""
    namespace = {}
    exec(compile(source, f"{name}.py", "exec"), namespace)
    classes = [value for value in namespace.values() if isinstance(value, type) and issubclass(value, torch.nn.Module)]
    return classes[-1]().to(DEVICE)


def load(module, parameters):
    """Puts weights in place by name; every one of the module's must be there."""
    module.load_state_dict({name: parameters[name] for name in module.state_dict()})
    return module


def drawn(method, case, take=lambda tensor: tensor):
    """The draws that a method takes: `noise`, `permutations`, ..."""
    names = method.__code__.co_varnames[: method.__code__.co_argcount]
    return {
        argument: {name: take(value) for name, value in values.items()}
        for argument, values in case["draws"].items()
        if argument in names
    }


def numbers(result, modules, parameters, writer):
    loss, terms = result
    owners = {name: leaf for module in modules for name, leaf in module.named_parameters()}
    missing = set(parameters) - set(owners)
    # Those of frozen codes ask for none.
    owners = {name: leaf for name, leaf in owners.items() if leaf.requires_grad}
    found = torch.autograd.grad(loss, list(owners.values()), allow_unused=True)
    gradients = {
        name: torch.zeros_like(leaf) if gradient is None else gradient
        for (name, leaf), gradient in zip(owners.items(), found)
    }
    if missing:
        raise KeyError(f"the export has no {', '.join(sorted(missing))}")
    return {
        "loss": tensors.number(loss),
        "terms": {name: tensors.number(value) for name, value in terms.items()},
        "gradients": writer.add_all(gradients),
    }


def check_present(whole, case):
    """Rows are drawn, their numbers are not; a batch that nothing can be read from has a loss all the same."""
    streams, given = case["streams"], case["draws"]["present"]
    n = len(next(iter(streams.values())))
    drawn_rows = whole.draw_present(streams)
    assert drawn_rows.keys() == whole.MISSING.keys() == given.keys()
    for name, rows in drawn_rows.items():
        assert rows.dtype == torch.bool and rows.shape == (n,)
        assert rows.sum() == given[name].sum(), f"{int(rows.sum())} rows of {n} have {name}"
    everywhere = torch.stack(list(drawn_rows.values())).all(0).sum()
    assert everywhere == torch.stack([rows.bool() for rows in given.values()]).all(0).sum()
    nothing = {name: torch.zeros_like(rows) for name, rows in drawn_rows.items()}
    loss, _ = whole(streams, present=nothing)
    assert torch.isfinite(loss), "a batch that lacks all"
    trained = [weight for weight in whole.parameters() if weight.requires_grad]
    found = torch.autograd.grad(loss, trained, allow_unused=True)
    assert all(torch.isfinite(gradient).all() for gradient in found if gradient is not None), "its gradients"


def refusal(call, streams):
    """What a call says of a batch that it does not take; None when it takes it."""
    try:
        call(streams)
    except ValueError as error:
        return str(error)
    return None


def check_shapes(whole, only, codes, case):
    """Streams come in the shapes that the file names; of any other it says which stream, what was given and what must be."""
    streams = case["streams"]
    calls = {
        "the whole file": lambda given: whole(given, **drawn(whole.forward, case))[0],
        "encode": lambda given: whole.encode(given, **drawn(whole.encode, case)),
        "the loss alone": lambda given: only(codes, given, **drawn(only.forward, case))[0],
    }
    for stream, shapes in case["shapes"].items():
        x = streams[stream]
        for shape in shapes["taken"]:
            given = {**streams, stream: x.reshape(len(x), *shape)}
            for name in ("the whole file", "the loss alone"):
                assert calls[name](given) == calls[name](streams), f"{name}: {stream} {shape}"
        for shape in shapes["refused"]:
            given = {**streams, stream: x.new_zeros(len(x), *shape)}
            said = {name: refusal(call, given) for name, call in calls.items()}
            expected = f"stream {stream} has the shape {list(given[stream].shape)}; it must be {shapes['said']}"
            # Each file refuses what it reads, and no other.
            without = {other: rows for other, rows in streams.items() if other != stream}
            for name, call in calls.items():
                if said[name] is None:
                    call(without)
            assert expected == said["the whole file"], f"{stream} {shape}: {said}"
            assert {*said.values()} <= {expected, None}, said


def answer_case(folder, case, writer):
    case = read(folder, case)
    parameters, streams = case["parameters"], case["streams"]
    whole = load(module_of(case["source"], "whole"), parameters)
    # Every weight, by its own name; also of a copy that goes back and forth between training and evaluation.
    whole.load_state_dict(parameters, strict=True)
    copied = copy.deepcopy(whole).eval().train()
    assert all(module.training for module in copied.modules())
    assert copied.state_dict().keys() == parameters.keys()
    if hasattr(whole, "MISSING"):
        check_present(whole, case)
    answer = {"id": case["id"], "whole": numbers(whole(streams, case.get("knobs"), **drawn(whole.forward, case)), [whole], parameters, writer)}
    if hasattr(whole, "reconstruct"):  # Runs with what it is given, and with what it makes itself.
        for values in (drawn(whole.reconstruct, case), {}):
            made = whole.reconstruct(streams, **values)
            assert all(len(rows) == len(next(iter(streams.values()))) for rows in made.values())
    only = load(module_of(case["lossOnly"], "loss_only"), parameters)
    if hasattr(only, "encoder"):  # A prior of pseudo-inputs reads the encoders, which are the caller's.
        only.encoder.update(whole.encoder)
    if hasattr(only, "prior"):  # A prior that is an expert of its code is read by the encoders too: it is one module.
        whole.prior.update({name: only.prior[name] for name in only.prior})
    codes = whole.encode(streams, **drawn(whole.encode, case))
    if "shapes" in case:
        check_shapes(whole, only, codes, case)
    # What both hold is the loss-only file's: the whole one is there for its encoders.
    answer["lossOnly"] = numbers(only(codes, streams, case.get("knobs"), **drawn(only.forward, case)), [whole, only], parameters, writer)
    return answer


def answer_run(folder, run, writer):
    """The losses of Adam on an exported module, each before its step's update."""
    run = read(folder, run)
    module = load(module_of(run["source"], "whole"), run["parameters"])
    optimizer = torch.optim.Adam(module.parameters(), lr=run["rate"])
    losses = []
    for step, rows in enumerate(run["batches"].long()):
        batch = {name: values[rows] for name, values in run["streams"].items()}
        loss, _ = module(batch, **drawn(module.forward, run, lambda values: values[step]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(tensors.number(loss))
    return {"id": run["id"], "losses": losses}


def read(folder, entry):
    """The entry with its tensors in its precision, which becomes torch's own."""
    precision = entry["precision"]
    torch.set_default_dtype(getattr(torch, precision))

    def read_all(entries):
        return {name: tensor.to(DEVICE) for name, tensor in tensors.read_all(folder, entries, precision).items()}

    groups = {name: read_all(entry[name]) for name in ("parameters", "streams")}
    groups["draws"] = {name: read_all(values) for name, values in entry["draws"].items()}
    batches = {"batches": tensors.read(folder, entry["batches"]).to(DEVICE)} if "batches" in entry else {}
    return {**entry, **groups, **batches}


def answer_all(folder, entries, answer, writer):
    answers = []
    for entry in entries:
        try:
            answers.append(answer(folder, entry, writer))
        except Exception:
            answers.append({"id": entry["id"], "error": traceback.format_exc()})
    return answers


def main(folder):
    global DEVICE
    request = json.loads((Path(folder) / "request.json").read_text())
    DEVICE = request.get("device", DEVICE)
    writer = tensors.Writer(folder)
    cases = answer_all(folder, request.get("cases", []), answer_case, writer)
    runs = answer_all(folder, request.get("runs", []), answer_run, writer)
    writer.close()
    (Path(folder) / "response.json").write_text(json.dumps({"cases": cases, "runs": runs}))
    return int(any("error" in answer for answer in [*cases, *runs]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
