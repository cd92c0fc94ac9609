"""Modules of a user's own, as an exported file imports them: the preview's default networks, under other names."""

from torch import nn


class Perceptron(nn.Sequential):
    def __init__(self, inputs, outputs):
        super().__init__(nn.Linear(inputs, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, outputs))


class Words(nn.Sequential):
    def __init__(self, words, outputs):
        vectors = nn.EmbeddingBag(words + 1, 64, mode="mean", padding_idx=words)
        super().__init__(vectors, nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, outputs))
