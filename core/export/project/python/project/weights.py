"""Weights as safetensors files, which the preview reads and writes too, under the same names.

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
