"""Networks of the person's own: imported, built, and run forwards and backwards for the interpreter.

Their parameters are buffers of a program like all others, so that its Adam trains them, and whoever reads the weights
reads theirs too. A module's own tensors are views of those buffers.
"""

import hashlib
import importlib
import os
import sys
import traceback

import torch

# Rows of the input on which a module is tried.
TRIED = 2


class Fault(Exception):
    """Why a module cannot be used, as a sentence for the person."""


def said(error):
    """An exception in one line, with the place in the person's code that raised it."""
    here, library = os.path.dirname(__file__), os.path.dirname(torch.__file__)
    frames = [f for f in traceback.extract_tb(error.__traceback__) if not f.filename.startswith((here, library, "<"))]
    text = f"{type(error).__name__}: {error}".rstrip(": ").splitlines()[0]
    return f"{text} ({frames[-1].filename}, line {frames[-1].lineno})" if frames else text


def forget(folders):
    """Imports from these folders are made anew: the person may have changed the code."""
    importlib.invalidate_caches()
    inside = tuple(os.path.join(folder, "") for folder in folders)
    installed = tuple(os.path.join(folder, "") for folder in (sys.prefix, sys.base_prefix))
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None) or ""
        if name != "__main__" and file.startswith(inside) and not file.startswith(installed):
            del sys.modules[name]


def imported(name, folders):
    # Behind all others, so that no file there takes the place of a library.
    sys.path.extend(folder for folder in folders if folder not in sys.path)
    package, attribute = name.rsplit(".", 1)
    try:
        found = importlib.import_module(package)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{package}.".startswith(f"{error.name}."):
            raise Fault(f"Importing `{package}` failed: {said(error)}.") from error
        where = "".join(f"`{folder}` or " for folder in folders)
        missing = f"There is no package `{error.name}` in {where}the Python {sys.executable}."
        advice = " Open its folder as a trusted workspace, or on the command line name it in `BOTTLENECK_PACKAGES`."
        raise Fault(missing + ("" if folders else advice)) from error
    except (Exception, SystemExit) as error:
        raise Fault(f"Importing `{package}` failed: {said(error)}.") from error
    if not hasattr(found, attribute):
        raise Fault(f"`{package}` ({getattr(found, '__file__', 'built in')}) has no `{attribute}`.")
    return getattr(found, attribute)


def built(asked, folders, seed, device):
    """The module of a request or an operation, tried on rows of zeros. The same seed gives the same first values."""
    name, size, outputs = asked["module"], asked["size"], asked["outputs"]
    call = f"`{name}({size}, {outputs})`"
    key = hashlib.sha256(f"{seed} {asked['network']}".encode()).digest()
    make = imported(name, folders)
    torch.manual_seed(int.from_bytes(key[:7], "little"))
    try:
        module = make(size, outputs)
        if isinstance(module, torch.nn.Module):
            module = module.to(device).float().eval()
    except (Exception, SystemExit) as error:
        raise Fault(f"{call} failed: {said(error)}.") from error
    if not isinstance(module, torch.nn.Module):
        raise Fault(f"{call} gave a `{type(module).__name__}`, which is not a `torch.nn.Module`.")
    shape, words = (TRIED, asked["width"]), asked["dtype"] == "int32"
    x = torch.zeros(shape, dtype=torch.long if words else torch.float32, device=device)
    try:
        y = module(x)
    except (Exception, SystemExit) as error:
        given = f"word numbers [{shape[0]}, {shape[1]}]" if words else f"rows [{shape[0]}, {shape[1]}]"
        raise Fault(f"{call} failed on {given}: {said(error)}.") from error
    checked(y, TRIED, asked)
    return module


def checked(y, rows, asked):
    name, outputs = asked["module"], asked["outputs"]
    if not isinstance(y, torch.Tensor):
        raise Fault(f"`{name}` returned a `{type(y).__name__}`; it must return a tensor [{rows}, {outputs}].")
    if tuple(y.shape) != (rows, outputs):
        raise Fault(f"`{name}` returned {list(y.shape)} for {rows} rows; it must return [{rows}, {outputs}].")
    return y


def state(module):
    """What a module's state has, by name: each tensor, and whether it is not trained. A shared one has its first name."""
    seen, entries = set(), {}
    for name, tensor in module.state_dict(keep_vars=True).items():
        if isinstance(tensor, torch.Tensor) and id(tensor) not in seen:
            seen.add(id(tensor))
            entries[name] = (tensor, not (isinstance(tensor, torch.nn.Parameter) and tensor.requires_grad))
    return entries


def described(asked, folders, device):
    try:
        entries = state(built(asked, folders, 0, device))
    except Fault as fault:
        return {"fault": str(fault)}
    return {
        "parameters": [{"name": n, "shape": list(t.shape), "fixed": fixed} for n, (t, fixed) in entries.items()]
    }


class OwnModule:
    """One network of a session."""

    def __init__(self, operation, tensors, folders, device):
        """tensors: the buffers of its state, by name."""
        self.asked, self.tensors, self.folders, self.device = operation, tensors, folders, device
        self.module, self.runs = None, {}

    def build(self, seed, fresh=True):
        """fresh: whether its first values take the place of what is in the buffers."""
        module = built(self.asked, self.folders, seed, self.device)
        entries = state(module)
        if {n: list(t.shape) for n, (t, _) in entries.items()} != {n: list(t.shape) for n, t in self.tensors.items()}:
            raise Fault(f"`{self.asked['module']}` has other parameters than before: open the preview again.")
        for name, (tensor, _) in entries.items():
            if fresh:
                self.tensors[name].copy_(tensor.detach())
            if isinstance(tensor, torch.nn.Parameter):
                tensor.data = self.tensors[name]
        # Buffers may be of any type, so that they are copied each time.
        self.buffers = [(t, self.tensors[n]) for n, (t, _) in entries.items() if not isinstance(t, torch.nn.Parameter)]
        self.module, self.runs = module, {}

    def forward(self, op, x, training, kept):
        """kept: whether a gradient will be asked for."""
        if self.module is None:
            self.build(0, fresh=False)
        if self.module.training != training:
            self.module.train(training)
        for own, shared in self.buffers:
            own.copy_(shared)
        x = x.view(op["rows"], op["width"])
        with torch.set_grad_enabled(kept):
            x = x.detach().requires_grad_(kept) if x.is_floating_point() else x.long()
            try:
                y = self.module(x)
            except Exception as error:
                raise Fault(f"`{op['module']}` failed on a batch of {op['rows']} rows: {said(error)}.") from error
        checked(y, op["rows"], op)
        if training:
            for own, shared in self.buffers:
                shared.copy_(own)
        if kept:
            self.runs[op["out"]] = (x, y)
        return y.detach().float().reshape(-1).clone()

    def gradient(self, op, names, gradient):
        x, y = self.runs.pop(op["of"])
        of = dict(self.module.named_parameters())
        leaves = [of[name] for name in names] + ([x] if op["ofInput"] else [])
        found = [None] * len(leaves)
        if y.requires_grad:
            found = torch.autograd.grad(y, leaves, gradient.view_as(y), allow_unused=True)
        return torch.cat([(torch.zeros_like(l) if g is None else g).reshape(-1) for l, g in zip(leaves, found)])
