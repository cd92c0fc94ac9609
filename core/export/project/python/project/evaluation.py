"""Held-out values, and which weights of a run are its checkpoint.

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

    `loss` is the loss; `compared` is the one by which a checkpoint is chosen: it has contrastive terms with one temperature
    fitted on these rows, or with `scales`, since a critic that is too sure of itself hides how well it orders the rows.
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
