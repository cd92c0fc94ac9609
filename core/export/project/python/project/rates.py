"""The learning rate at each step.

Part of a project that Bottleneck wrote: yours to change.
"""

import math


def rate_at(options, step, steps):
    """Rises over `options.warmup` steps; then constant, or falling to 0 as `options.schedule` says."""
    if step < options.warmup:
        return options.rate * (step + 1) / options.warmup
    share = (step - options.warmup) / max(1, steps - options.warmup)
    if options.schedule == "cosine":
        return options.rate * 0.5 * (1 + math.cos(math.pi * share))
    return options.rate * (1 - share) if options.schedule == "linear" else options.rate
