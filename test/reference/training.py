"""One step and many: the loss and gradients of a case, and Adam over recorded batches."""

import re

import torch

import bounds
from composed import composed
from losses import LOSSES, complete
from networks import Case
from tensors import number


def evaluate(description, parameters, inputs):
    """(loss, terms) of a description with "loss", "settings" and perhaps "terms"."""
    loss, settings = description["loss"], description.get("settings", {})
    if loss.startswith("bound:"):
        arguments = {snake(name): value for name, value in {**settings, **parameters, **inputs}.items()}
        value = getattr(bounds, loss.removeprefix("bound:"))(**arguments)
        return value, {"value": value}
    if loss == "terms":
        return composed(Case(parameters, inputs, settings), description["terms"])
    if loss not in LOSSES:
        raise ValueError(f"no loss named {loss}: have {', '.join(LOSSES)}, terms, bound:NAME")
    return LOSSES[loss](Case(parameters, inputs, complete(loss, settings)))


def snake(name):
    return re.sub(r"[A-Z]", lambda m: "_" + m[0].lower(), name)


def differentiate(description, parameters, inputs):
    """(loss, terms, gradients): the gradient of the loss for every parameter, zeros where it does not reach."""
    leaves = {name: value.detach().clone().requires_grad_(True) for name, value in parameters.items()}
    loss, terms = evaluate(description, leaves, inputs)
    found = torch.autograd.grad(loss, list(leaves.values()), allow_unused=True)
    gradients = {
        name: torch.zeros_like(leaves[name]) if gradient is None else gradient for name, gradient in zip(leaves, found)
    }
    return loss, terms, gradients


def train(run, parameters, data, batches, inputs, record=()):
    """Adam from the given weights over batches [S, N] of rows of data; inputs (noise, permutations) are [S, ...].

    Returns losses [S], terms {name: [S]}, the final parameters, and what stood before the update at each recorded step.
    """
    leaves = {name: value.detach().clone().requires_grad_(True) for name, value in parameters.items()}
    adam = run.get("adam", {})
    betas = (adam.get("beta1", 0.9), adam.get("beta2", 0.999))
    optimizer = torch.optim.Adam(leaves.values(), lr=adam.get("lr", 1e-3), betas=betas, eps=adam.get("eps", 1e-8))
    losses, terms, recorded = [], {}, []
    for step, chosen in enumerate(batches):
        batch = {name: rows[chosen] for name, rows in data.items()}
        batch.update({name: drawn[step] for name, drawn in inputs.items()})
        loss, values = evaluate(run, leaves, batch)
        optimizer.zero_grad(set_to_none=False)
        loss.backward()
        losses.append(number(loss))
        for name, value in values.items():
            terms.setdefault(name, []).append(number(value))
        if step in record:
            recorded.append(
                {
                    "step": step,
                    "loss": number(loss),
                    "terms": {name: number(value) for name, value in values.items()},
                    "parameters": {name: leaf.detach().clone() for name, leaf in leaves.items()},
                    "gradients": {
                        name: torch.zeros_like(leaf) if leaf.grad is None else leaf.grad.clone()
                        for name, leaf in leaves.items()
                    },
                }
            )
        optimizer.step()
    return losses, terms, {name: leaf.detach() for name, leaf in leaves.items()}, recorded
