"""Changes of a stream's values, fitted on the training rows and carried out in the order written.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch


def transform(values, kind, transforms, train, absent):
    """values: float32 [rows, ...]. transforms: names, or (name, low, high). A NaN is passed over by all but `fill`.

    absent: bool [rows], which rows lack the stream: their values are NaN, and nothing fills them.
    """
    none = absent.reshape(-1, *[1] * (values.dim() - 1))
    values = values.masked_fill(none, torch.nan)
    for entry in transforms:
        name, *ends = (entry,) if isinstance(entry, str) else entry
        values = TRANSFORMS[name](values.double(), kind, train, *ends).float()
        values = values.masked_fill(none, torch.nan)
    return values


def _moments(values, kind, train):
    """Mean and standard deviation of each column over the training rows; 1 where it never varies."""
    if kind == "vector":
        over = (0,)
    elif kind in ("signal", "image"):
        over = (0, *range(2, values.dim()))
    else:
        over = tuple(range(values.dim()))
    seen = values[train]
    there = ~seen.isnan()
    count = there.sum(over, keepdim=True).clamp(min=1)
    mean = seen.nan_to_num(0).sum(over, keepdim=True) / count
    spread = ((seen - mean).nan_to_num(0).square().sum(over, keepdim=True) / count).sqrt()
    return mean, torch.where(spread > 1e-6 * mean.abs(), spread, torch.ones_like(spread))


def _standardise(values, kind, train):
    mean, spread = _moments(values, kind, train)
    return (values - mean) / spread


def _fill(values, kind, train):
    mean, _ = _moments(values, kind, train)
    return torch.where(values.isnan(), mean.expand_as(values), values)


TRANSFORMS = {
    "standardise": _standardise,
    "fill": _fill,
    "log1p": lambda values, kind, train: values.log1p(),
    "scale": lambda values, kind, train, low, high: (values - low) / (high - low),
    "clip": lambda values, kind, train, low, high: values.clamp(low, high),
}
