"""Critics T(u, v): how alike two codes are.

`matrix` gives T(u_i, v_j) for all pairs [N, M], `rows` gives T(u_i, v_i) [N]. u is [N, ku], v is [M, kv].
"""

import math

import torch
import torch.nn.functional as F

from networks import mlp


def matrix(parameters, network, kind, temperature, u, v):
    """All scores [N, M], divided by the temperature."""
    return _all_pairs(parameters, network, kind, u, v) / _temperature(parameters, network, temperature)


def rows(parameters, network, kind, temperature, u, v):
    """The scores [N] of the aligned pairs, divided by the temperature."""
    if kind == "concat":
        scores = mlp(parameters, network, torch.cat([u, v], 1))[:, 0]
    else:
        scores = _all_pairs(parameters, network, kind, u, v).diagonal()
    return scores / _temperature(parameters, network, temperature)


def _temperature(parameters, network, temperature):
    return torch.exp(parameters[f"{network}.logTemperature"]) if temperature == "learned" else temperature


def _all_pairs(parameters, network, kind, u, v):
    if kind == "dot":
        # Scaled as attention is (Vaswani et al. 2017), so that scores stay of order one as codes widen.
        return u @ v.T / math.sqrt(u.shape[1])
    if kind == "cosine":
        # Chen et al. 2020, SimCLR; Radford et al. 2021, CLIP.
        return F.normalize(u, dim=1) @ F.normalize(v, dim=1).T
    if kind == "bilinear":
        # Van den Oord et al. 2018, CPC: u^T W v.
        return u @ parameters[f"{network}.weight"] @ v.T
    if kind == "separable":
        # Poole et al. 2019: f(u) . g(v).
        return mlp(parameters, f"{network}.first", u) @ mlp(parameters, f"{network}.second", v).T
    if kind == "concat":
        # Belghazi et al. 2018; Poole et al. 2019: one network on each pair.
        n, m = u.shape[0], v.shape[0]
        pairs = torch.cat([u.repeat_interleave(m, 0), v.repeat(n, 1)], 1)
        return mlp(parameters, network, pairs).reshape(n, m)
    raise ValueError(f"no critic named {kind}")
