"""One training step of DVSIB in eager PyTorch, written by hand, driven by step.ts over standard input and output.

Each line in is a request, each line out its answer, both JSON:
  {"open": {"width" or "channels", "code", "batch", "beta", "weights": path, "inputs": path}}  builds the networks from files
  {"loss": true}            the loss of the first batch with the noise in the file
  {"steps": n}              time of n training steps, each drawing its own noise
  {"product": [m, n, k, transpose_a, transpose_b], "repeat": n}   time of n matrix products

Times are in milliseconds: {"wall", "processor"}, the second without waiting for other programs.
"""

import json
import math
import sys
import time

import numpy
import torch
from torch import nn
from torch.nn.functional import cross_entropy


def mlp(inputs, width, outputs):
    return nn.Sequential(
        nn.Linear(inputs, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, outputs)
    )


def convolutions(few, many, outputs):
    """28 x 28 pixels, 14 x 14, 7 x 7, a row."""
    halving = {"kernel_size": 3, "stride": 2, "padding": 1}
    return nn.Sequential(
        nn.Conv2d(1, few, **halving), nn.ReLU(), nn.Conv2d(few, many, **halving), nn.ReLU(),
        nn.Flatten(), nn.Linear(many * 49, outputs),
    )


def transposed(inputs, many, few):
    doubling = {"kernel_size": 3, "stride": 2, "padding": 1, "output_padding": 1}
    return nn.Sequential(
        nn.Linear(inputs, many * 49), nn.ReLU(), nn.Unflatten(1, (many, 7, 7)),
        nn.ConvTranspose2d(many, few, **doubling), nn.ReLU(), nn.ConvTranspose2d(few, 1, **doubling), nn.Flatten(),
    )


class Model(nn.Module):
    """Two encoders with diagonal Gaussian codes and two decoders with Gaussian likelihoods of unit variance."""

    def __init__(self, code, width, channels):
        super().__init__()
        self.pictures = channels is not None
        if self.pictures:
            few, many = channels
            encoders = [convolutions(few, many, 2 * code) for _ in range(2)]
            decoders = [transposed(code, many, few) for _ in range(2)]
        else:
            encoders = [mlp(784, width, 2 * code) for _ in range(2)]
            decoders = [mlp(code, width, 784) for _ in range(2)]
        self.encoder = nn.ModuleDict(zip(("Zx", "Zy"), encoders))
        self.decoder = nn.ModuleDict(zip(("X", "Y"), decoders))

    def loss(self, x, y, noise_x, noise_y, beta):
        rates, codes = [], []
        for encoder, stream, noise in ((self.encoder["Zx"], x, noise_x), (self.encoder["Zy"], y, noise_y)):
            read = stream.reshape(-1, 1, 28, 28) if self.pictures else stream
            mean, log_variance = encoder(read).chunk(2, dim=1)
            rates.append(0.5 * (mean**2 + log_variance.exp() - 1 - log_variance).sum(1).mean())
            codes.append(mean + (0.5 * log_variance).exp() * noise)
        kept = []
        for decoder, stream, code in ((self.decoder["X"], x, codes[0]), (self.decoder["Y"], y, codes[1])):
            error = (stream - torch.sigmoid(decoder(code))) ** 2
            kept.append(-0.5 * error.sum(1).mean() - 392 * math.log(2 * math.pi))
        scores = codes[0] @ codes[1].T / math.sqrt(codes[0].shape[1])
        labels = torch.arange(len(scores))
        shared = math.log(len(scores)) - 0.5 * (cross_entropy(scores, labels) + cross_entropy(scores.T, labels))
        return sum(rates) - beta * (shared + sum(kept))


class Clock:
    def __init__(self):
        self.start = time.perf_counter(), time.process_time()

    def read(self):
        wall, processor = self.start
        return {"wall": 1000 * (time.perf_counter() - wall), "processor": 1000 * (time.process_time() - processor)}


class Bench:
    def open(self, code, batch, beta, weights, inputs, width=None, channels=None):
        self.model = Model(code, width, channels)
        numbers = torch.from_numpy(numpy.fromfile(weights, dtype=numpy.float32))
        at = 0
        for _, parameter in sorted(self.model.named_parameters()):
            parameter.data = numbers[at : at + parameter.numel()].reshape(parameter.shape).clone()
            at += parameter.numel()
        parts = torch.from_numpy(numpy.fromfile(inputs, dtype=numpy.float32)).split(
            [batch * 784, batch * 784, batch * code, batch * code]
        )
        self.x, self.y, self.noise_x, self.noise_y = (part.reshape(batch, -1).clone() for part in parts)
        self.beta = beta
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=1e-3)

    def loss(self):
        with torch.no_grad():
            return self.model.loss(self.x, self.y, self.noise_x, self.noise_y, self.beta).item()

    def steps(self, count):
        clock = Clock()
        for _ in range(count):
            noise_x, noise_y = torch.randn_like(self.noise_x), torch.randn_like(self.noise_y)
            loss = self.model.loss(self.x, self.y, noise_x, noise_y, self.beta)
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            self.optimizer.step()
        loss.item()
        return clock.read()

    def product(self, m, n, k, transpose_a, transpose_b, repeat):
        a = torch.rand(k, m).T if transpose_a else torch.rand(m, k)
        b = torch.rand(n, k).T if transpose_b else torch.rand(k, n)
        out = torch.empty(m, n)
        torch.mm(a, b, out=out)
        clock = Clock()
        for _ in range(repeat):
            torch.mm(a, b, out=out)
        return clock.read()


def main():
    benches = {}
    for line in sys.stdin:
        request = json.loads(line)
        bench = benches.setdefault(request.get("size", ""), Bench())
        if "open" in request:
            answer = bench.open(**request["open"])
        elif "loss" in request:
            answer = bench.loss()
        elif "steps" in request:
            answer = bench.steps(request["steps"])
        elif "product" in request:
            answer = bench.product(*request["product"], request["repeat"])
        else:
            answer = torch.__version__
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
