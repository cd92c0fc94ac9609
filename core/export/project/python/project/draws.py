"""Random numbers that are functions of a seed, a name and a step, and of nothing else.

They are the numbers of the preview. A run that is resumed, or split over several processes, draws the same ones as a run
that is not. The generator is Philox 4x32-10 (Salmon, Moraes, Dror, Shaw 2011).

Part of a project that Bottleneck wrote: yours to change.
"""

import math

import torch

WORD = 0xFFFFFFFF


def words(seed, name, steps, count):
    """Whole numbers from 0 to 2^32 - 1, int64 [len(steps), count]; each row is a function of its step alone."""
    low, high = _hash(name)
    blocks = -(-count // 4)
    c0 = torch.arange(blocks).expand(len(steps), blocks)
    c1 = torch.as_tensor(steps, dtype=torch.int64)[:, None].expand(len(steps), blocks)
    c2, c3 = torch.full_like(c0, high), torch.full_like(c0, seed >> 32)
    k0, k1 = seed & WORD, low
    for _ in range(10):
        high0, low0 = _product(0xD2511F53, c0)
        high1, low1 = _product(0xCD9E8D57, c2)
        c0, c1, c2, c3 = high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0
        k0, k1 = (k0 + 0x9E3779B9) & WORD, (k1 + 0xBB67AE85) & WORD
    return torch.stack([c0, c1, c2, c3], -1).reshape(len(steps), -1)[:, :count]


def _product(a, b):
    """High and low 32 bits of the product of two unsigned 32-bit numbers, by 16-bit halves."""
    below = (a & 0xFFFF) * b
    above = (a >> 16) * b + (below >> 16)
    return above >> 16, ((above & 0xFFFF) << 16) | (below & 0xFFFF)


def _hash(name):
    """FNV-1a, 64 bits, as low and high word."""
    value = 0xCBF29CE484222325
    for byte in name.encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value & WORD, value >> 32


def integers(drawn, count):
    """Words as whole numbers below `count`, which may be a tensor."""
    return (drawn * 2.0**-32 * count).floor().long()


def _polar(drawn):
    """Pairs of words as radius and angle (Box and Muller), float64."""
    radius = (-2 * ((drawn[..., 0::2] + 1) * 2.0**-32).log()).sqrt()
    return radius, 2 * math.pi * drawn[..., 1::2] * 2.0**-32


def normal(seed, name, step, rows, width):
    """Standard normal draws, float32 [rows, width]."""
    count = rows * width
    radius, angle = _polar(words(seed, name, [step], count + count % 2)[0])
    pairs = torch.stack([radius * angle.cos(), radius * angle.sin()], -1)
    return pairs.flatten()[:count].float().reshape(rows, width)


def normal_by_row(seed, name, rows, width):
    """Standard normal draws, float32 [len(rows), width]; those of a row depend on its number in the data alone."""
    radius, angle = _polar(words(seed, name, rows, 2 * width))
    return (radius * angle.cos()).float()


def components(seed, name, step, rows, count):
    """A component for each row, one-hot [rows, count]."""
    return _one_hot(words(seed, name, [step], rows)[0], count)


def components_by_row(seed, name, rows, count):
    """A component for each row, one-hot [len(rows), count], each a function of its row's number."""
    return _one_hot(words(seed, name, rows, 1)[:, 0], count)


def _one_hot(drawn, count):
    return torch.nn.functional.one_hot(integers(drawn, count), count).float()


def chosen(seed, name, step, size, count):
    """size / count at `count` of the places, 0 elsewhere; float32 [size]."""
    weights = torch.zeros(size)
    weights[permutation(seed, name, step, size)[:count]] = size / count
    return weights


def permutation(seed, name, step, size):
    """A random order of 0 .. size - 1, int64 [size] (Fisher and Yates)."""
    if size < 2:
        return torch.arange(size)
    last = torch.arange(size - 1, 0, -1)
    order = list(range(size))
    swaps = integers(words(seed, name, [step], size - 1)[0], last + 1)
    for i, j in zip(last.tolist(), swaps.tolist()):
        order[i], order[j] = order[j], order[i]
    return torch.tensor(order)


def uniform(seed, name, size):
    """Uniform draws in [0, 1), float32 [size]."""
    return ((words(seed, name, [0], size)[0] >> 8) * 2.0**-24).float()
