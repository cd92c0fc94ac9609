"""Modules of a user's own, as an exported file and the torch executor import them."""

import torch
from torch import nn


# The default networks, under other names.


class Perceptron(nn.Sequential):
    def __init__(self, inputs, outputs):
        super().__init__(nn.Linear(inputs, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, outputs))


class Words(nn.Sequential):
    def __init__(self, words, outputs):
        vectors = nn.EmbeddingBag(words + 1, 64, mode="mean", padding_idx=words)
        super().__init__(vectors, nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, outputs))


# What no default network has.


class Normalised(nn.Module):
    """Statistics of the batch, which are remembered; a weight that is not trained; one layer twice."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.first = nn.Linear(inputs, 24)
        self.norm = nn.BatchNorm1d(24)
        self.inner = nn.Linear(24, 24)
        self.frozen = nn.Parameter(torch.rand(24) + 0.5, requires_grad=False)
        self.last = nn.Linear(24, outputs)

    def forward(self, x):
        y = torch.tanh(self.norm(self.first(x)))
        return self.last(self.frozen * torch.tanh(self.inner(self.inner(y))))
