"""Mixed precision of networks alone: codes, likelihoods and the terms of the loss stay in float32.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

DTYPES = {"bf16": torch.bfloat16, "fp16": torch.float16}


def half_networks(model, precision, device):
    """Runs each network of the model in `precision`, and hands on its output in float32."""
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
