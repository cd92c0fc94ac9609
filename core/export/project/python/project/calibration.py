"""Contrastive terms with one temperature fitted on held-out rows as in Guo, Pleiss, Sun and Weinberger 2017, section 4.2.

Part of a project that Bottleneck wrote: yours to change.
"""

import math

import torch

MOST_SCALE, MOST_TRIES, PRECISION = 1000.0, 40, 1e-3
# Scores to which a multiplier is fitted.
FITTED = 1 << 16


def value_at(batches, scale):
    """The mean over batches and rows of s T_ii - log 1/N sum_j exp(s T_ij). batches: tables of scores [N, N] of each."""
    values = [
        torch.stack(
            [scale * table.diagonal() - torch.logsumexp(scale * table, 1) + math.log(len(table)) for table in tables]
        ).mean(0)
        for tables in batches
    ]
    return torch.cat(values).mean().item()


def fitted_scale(batches):
    """The multiplier with which the value is highest: Newton's method between bounds that close in."""
    tables, taken = [], 0
    for batch in batches:
        tables += batch
        taken += sum(table.numel() for table in batch)
        if taken >= FITTED:
            break
    low, high, scale = 0.0, MOST_SCALE, 1.0
    for _ in range(MOST_TRIES):
        slope, bend = _derivatives(tables, scale)
        low, high = (scale, high) if slope > 0 else (low, scale)
        newton = scale - slope / bend if bend != 0 else math.nan
        inside = low < newton < high
        following = newton if inside else high / 8 if low == 0 else math.sqrt(low * high)
        if abs(following - scale) <= PRECISION * scale:
            return following
        scale = following
    return scale


def _derivatives(tables, scale):
    """The first two derivatives of the value in the multiplier, summed over all rows."""
    slope, bend = 0.0, 0.0
    for table in tables:
        below = table - table.amax(1, keepdim=True)
        share = torch.softmax(scale * below, 1)
        mean = (share * below).sum(1)
        slope += (below.diagonal() - mean).sum().item()
        bend += (mean.square() - (share * below.square()).sum(1)).sum().item()
    return slope, bend
