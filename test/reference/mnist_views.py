"""Trains on two views of images and probes the codes: python3 mnist_views.py FOLDER.

Reads FOLDER/request.json, writes FOLDER/response.json and FOLDER/response.bin; tensors as in check.py. A request is

  {"train": {"X", "Y", "labels"}, "heldOut": {"X", "Y", "labels"}, "precision": "float32",
   "runs": [{"id", "loss", "settings", "terms", "parameters", "adam",
             "batches": int32 [S, N], "inputs": {"noise.Zx": [S, N, k]}}]}

and the response

  {"runs": [{"id", "losses", "terms", "seconds", "codes": {latent: {"train": tensor, "heldOut": tensor, "accuracy"}}}]}

Everything is in `precision` (float32 when it is left out). Threads follow OMP_NUM_THREADS. The data, weights, batches and noise are the caller's, so that two
implementations can be compared from the same start.
"""

import json
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F

import tensors
from losses import complete
from networks import Case
from training import train


def probe(train_codes, train_labels, codes, labels, l2=1e-4):
    """Accuracy on (codes, labels) of multinomial logistic regression fitted on the training codes.

    Features standardised by the training mean and standard deviation; mean cross-entropy + l2 / 2 * ||W||^2, bias free;
    L-BFGS in float64 from zeros.
    """
    train_codes, codes = train_codes.double(), codes.double()
    mean, deviation = train_codes.mean(0), train_codes.std(0, unbiased=False).clamp_min(1e-8)
    x = (train_codes - mean) / deviation
    classes = int(max(train_labels.max(), labels.max())) + 1
    weight = torch.zeros(classes, x.shape[1], dtype=x.dtype, requires_grad=True)
    bias = torch.zeros(classes, dtype=x.dtype, requires_grad=True)
    optimizer = torch.optim.LBFGS([weight, bias], max_iter=200, tolerance_grad=1e-6, line_search_fn="strong_wolfe")

    def objective():
        optimizer.zero_grad()
        loss = F.cross_entropy(F.linear(x, weight, bias), train_labels) + 0.5 * l2 * weight.square().sum()
        loss.backward()
        return loss

    optimizer.step(objective)
    with torch.no_grad():
        predicted = F.linear((codes - mean) / deviation, weight, bias).argmax(1)
    return float((predicted == labels).double().mean())


def mean_codes(parameters, views, settings):
    """The mean of every latent on all the rows of the views."""
    case = Case(parameters, views, settings)
    with torch.no_grad():
        return {latent: case.code(latent).mean for latent in settings["latents"]}


def answer(folder, run, data, held_out, writer, precision):
    parameters = tensors.read_all(folder, run["parameters"], precision)
    inputs = tensors.read_all(folder, run.get("inputs", {}), precision)
    batches = tensors.read(folder, run["batches"]).long()
    started = time.perf_counter()
    losses, terms, final, _ = train(run, parameters, data, batches, inputs)
    seconds = time.perf_counter() - started
    settings = run["settings"] if run["loss"] == "terms" else complete(run["loss"], run["settings"])
    seen, unseen = mean_codes(final, data, settings), mean_codes(final, held_out, settings)
    codes = {
        latent: {
            "train": writer.add(seen[latent]),
            "heldOut": writer.add(unseen[latent]),
            "accuracy": probe(seen[latent], data["labels"], unseen[latent], held_out["labels"]),
        }
        for latent in seen
    }
    return {"id": run["id"], "losses": losses, "terms": terms, "seconds": seconds, "codes": codes}


def main(folder):
    request = json.loads((Path(folder) / "request.json").read_text())
    precision = request.get("precision", "float32")
    data = tensors.read_all(folder, request["train"], precision)
    held_out = tensors.read_all(folder, request["heldOut"], precision)
    writer = tensors.Writer(folder)
    runs = []
    for run in request["runs"]:
        runs.append(answer(folder, run, data, held_out, writer, precision))
        print(f"{run['id']}: " + ", ".join(f"{name} {code['accuracy']:.3f}" for name, code in runs[-1]["codes"].items()))
    writer.close()
    (Path(folder) / "response.json").write_text(json.dumps({"runs": runs}))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print("usage: python3 mnist_views.py FOLDER", file=sys.stderr)
        sys.exit(2)
    main(sys.argv[1])
