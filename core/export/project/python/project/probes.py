"""What the codes carry: linear probes of the factors with 95 % intervals, and what is wrong with a run.

The preview judges more: information with its interval, several codes together. `bottleneck preview SPEC --weights
model.safetensors` shows all of that for these weights. Its probes have a stronger penalty where rows are few, average four
draws of each row, and with fewer than 200 training rows are cross-validated: there its values can be other ones.

Part of a project that Bottleneck wrote: yours to change.
"""

import math

import torch

from . import config
from .batches import chunks
from .evaluation import measure
from .intervals import Z95, wilson

# A ridge that is as good as none, and the steps of a classifier's fit.
RIDGE, STEPS = 1e-3, 200
# A code below this rate, in nats, carries nothing.
NOTHING = 0.05


@torch.no_grad()
def codes(model, handed, rows, batch, draw=0):
    """Mean and draw of each code for these rows, float32 [rows, k] each, by latent; `Z without X` where Z does without X."""
    found = _codes(model, handed, rows, batch, draw)
    for stream in config.MISSING:
        names = [name for name, without in config.WITHOUT.items() if stream in without]
        if names:
            others = _codes(model, handed, rows, batch, draw, (stream,))
            found.update({f"{name} without {stream}": others[name] for name in names})
    return found


def _codes(model, handed, rows, batch, draw, absent=()):
    parts = []
    for some, used in chunks(rows, batch):
        streams, draws = handed.by_row(some, draw, absent)
        found = model.sample(streams, **draws)
        parts.append({name: tuple(x[:used].float().cpu() for x in pair) for name, pair in found.items()})
    return {name: tuple(torch.cat(column) for column in zip(*(part[name] for part in parts))) for name in parts[0]}


def _inferred(code):
    """The streams from which a code is inferred; of a code without a stream, from all others."""
    name, _, without = code.partition(" without ")
    return [stream for stream in config.INFERRED[name] if stream != without]


def _standardised(seen, judged):
    mean, spread = seen.mean(0), seen.std(0).clamp(min=1e-6)
    ones = [torch.ones(len(x), 1) for x in (seen, judged)]
    return [torch.cat([(x - mean) / spread, one], 1).double() for x, one in zip((seen, judged), ones)]


def r2(seen, target, judged, truth):
    """Share of the variance on judged rows that a linear fit on seen rows explains, with its 95 % interval: value, low, high."""
    x, y = _standardised(seen, judged)
    ridge = RIDGE * torch.eye(x.shape[1], dtype=torch.float64)
    fit = torch.linalg.solve(x.T @ x + ridge, x.T @ target.double())
    errors, deviations = (truth - y @ fit).square(), (truth - truth.mean()).square()
    unexplained = (errors.mean() / deviations.mean()).item()
    # A ratio of means moves with row i by (error_i - unexplained * deviation_i) / variance.
    influence = ((errors - unexplained * deviations) / deviations.mean()).square().mean().item()
    value, half = 1 - unexplained, Z95 * math.sqrt(influence / len(truth))
    return value, value - half, min(1.0, value + half)


def accuracy(seen, target, judged, truth, classes):
    """Share of judged rows whose class a linear classifier names, with its 95 % interval: value, low, high."""
    x, y = _standardised(seen, judged)
    fit = torch.zeros(x.shape[1], classes, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([fit], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss():
        optimizer.zero_grad()
        value = torch.nn.functional.cross_entropy(x @ fit, target) + RIDGE / len(x) * fit.square().sum()
        value.backward()
        return value

    optimizer.step(loss)
    value = ((y @ fit).argmax(1) == truth).float().mean().item()
    return (value, *wilson(value * len(truth), len(truth)))


def report(model, handed, data, batch, knobs):
    """Test values, probes and findings of the weights of now."""
    model.eval()
    validation, scales = measure(model, handed, data.splits["validation"], batch, knobs)
    test, _ = measure(model, handed, data.splits["test"], batch, knobs, scales)
    seen = codes(model, handed, data.splits["train"], batch)
    judged = codes(model, handed, data.splits["test"], batch)
    return {
        "test": test,
        "validation": validation,
        "probes": list(_probes(data, seen, judged)),
        "findings": list(_findings(data, test, judged)),
    }


def _probes(data, seen, judged):
    factors = [name for name, stream in config.STREAMS.items() if stream["role"] != "modality" and name in data.streams]
    for code in judged:
        for factor in factors:
            stream, values = config.STREAMS[factor], data.streams[factor]
            if stream["kind"] not in ("label", "scalar"):
                continue
            learned, read = (_there(data, split, [*_inferred(code), factor]) for split in ("train", "test"))
            if not learned.any() or not read.any():
                continue
            target, truth = values[data.splits["train"]][learned], values[data.splits["test"]][read]
            label = stream["kind"] == "label"
            chance = torch.bincount(truth).max().item() / len(truth) if label else 0
            for of, i in (("-of-mean", 0), ("", 1)):
                x, y = seen[code][i][learned], judged[code][i][read]
                value, low, high = accuracy(x, target, y, truth, stream["sizes"][0]) if label else r2(x, target, y, truth)
                about = {"id": f"{'accuracy' if label else 'r2'}{of}", "code": code, "factor": factor}
                yield {**about, "value": value, "low": low, "high": high, "chance": chance}


def _there(data, split, streams):
    """Which rows of a split have all of these streams."""
    rows = data.splits[split]
    there = torch.ones(len(rows), dtype=torch.bool)
    for name, has in data.present(rows).items():
        if name in streams:
            there &= has
    return there


def _findings(data, test, judged):
    """What a person should look at first."""
    for name, term in config.TERMS.items():
        if term["pays"] and test[name] < NOTHING:
            yield f"{' and '.join(term['pays'])} has collapsed: {name} is {test[name]:.3f} nats."
        # A likelihood is below 0 by the entropy of its stream, which nobody knows.
        if term["side"] == "lower" and term["reads"] == "information" and test[name] < 0:
            yield f"{name} is below 0 on test rows ({test[name]:.3f} nats): the bound says nothing here."
    for name, (mean, _) in judged.items():
        mean = mean[_there(data, "test", _inferred(name))]
        if mean.shape[1] > 1 and (still := int((mean.std(0) < 1e-3).sum())):
            yield f"{still} of {mean.shape[1]} coordinates of {name} do not vary."
