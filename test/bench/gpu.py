"""Exported losses on a GPU: python3 gpu.py FOLDER PAGE DEVICE BATCHES, with a folder that gpu.ts put together; card.ts calls it.

Holds every loss, term and gradient in float32 on the GPU to the same file in float64 on the CPU, and measures the time of
a training step of the benchmark's DVSIB, which it leaves in FOLDER/times.json too. On the CPU it is tried out: eager alone.
"""

import datetime
import json
import os
import statistics
import sys
import time
from pathlib import Path

import torch

import check_export

LIMIT = 1e-4
SECONDS = 1.0


def answers(folder, cases, device, precision):
    """Loss, terms and gradients of every case by (case, file), or the error of a case."""
    check_export.DEVICE = device
    found = {}
    kept = Kept()
    for case in cases:
        try:
            answer = check_export.answer_case(folder, {**case, "precision": precision}, kept)
            for file in ("whole", "lossOnly"):
                found[case["id"], file] = answer[file]
        except Exception as error:  # A case that fails is a row of the page.
            found[case["id"], "whole"] = f"{type(error).__name__}: {error}"
    return found


class Kept:
    """Stands for the writer of answers: keeps the tensors themselves, in float64."""

    def add_all(self, found):
        return {name: value.detach().double().cpu() for name, value in found.items()}


def as_tensor(value):
    """A gradient, or a number as `tensors.number` writes it."""
    return value if isinstance(value, torch.Tensor) else torch.tensor(float(value), dtype=torch.float64)


def error_of(found, expected):
    """The largest relative error of the loss, the terms and the gradient of each parameter, and whose it is."""
    def relative(ours, theirs, name):
        ours, theirs = as_tensor(ours), as_tensor(theirs)
        scale = theirs.norm().item()
        return (ours - theirs).norm().item() / (scale or 1), name

    errors = [relative(found["loss"], expected["loss"], "loss")]
    errors += [relative(found["terms"][name], value, name) for name, value in expected["terms"].items()]
    # A gradient that is nothing but rounding has no relative error: it is held to the largest one.
    largest = max(value.norm().item() for value in expected["gradients"].values())
    for name, value in expected["gradients"].items():
        if value.norm().item() > 1e-6 * largest:
            errors.append(relative(found["gradients"][name], value, name))
    return max(errors)


def step_of(source, batch, device):
    """One training step of an exported module on random streams."""
    torch.manual_seed(0)
    torch.set_default_dtype(torch.float32)
    module = check_export.module_of(source, "step")
    streams = {name: torch.rand(batch, 784, device=device) for name in ("X", "Y")}
    optimizer = torch.optim.Adam(module.parameters(), lr=1e-3)
    return module, streams, optimizer


def timed(once, device):
    """Milliseconds of a step, the median of runs of 20 steps, after the same to warm up."""
    def run():
        start = time.perf_counter()
        for _ in range(20):
            once()
        if device == "cuda":
            torch.cuda.synchronize()
        return (time.perf_counter() - start) / 20 * 1000

    for _ in range(3):
        run()
    times = []
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end or len(times) < 7:
        times.append(run())
    return statistics.median(times)


def times_of(source, batch, device, way):
    check_export.DEVICE = device
    module, streams, optimizer = step_of(source, batch, device)
    forward = torch.compile(module) if way == "compiled" else module
    if way == "graph":
        return timed(graph_of(module, streams, optimizer), device)

    def once():
        loss, _ = forward(streams)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()

    return timed(once, device)


def graph_of(module, streams, optimizer):
    """The whole step captured once and replayed: no launch waits for Python."""
    optimizer = torch.optim.Adam(module.parameters(), lr=1e-3, capturable=True)
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())

    def once():
        loss, _ = module(streams)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()

    with torch.cuda.stream(side):
        for _ in range(3):
            once()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        once()
    return graph.replay


def numbers_table(folder, device):
    cases = json.loads((folder / "request.json").read_text())["cases"]
    expected = answers(folder, cases, "cpu", "float64")
    found = answers(folder, cases, device, "float32")
    rows, failed = [], []
    for key, theirs in expected.items():
        ours = found.get(key, "is missing")
        if isinstance(theirs, str) or isinstance(ours, str):
            failed.append(f"{key[0]}: {ours if isinstance(ours, str) else theirs}")
            continue
        rows.append((*error_of(ours, theirs), key))
    rows.sort(reverse=True, key=lambda row: row[0])
    beyond = [row for row in rows if not row[0] < LIMIT]
    lines = [
        f"{len(rows)} exported files of {len(cases)} losses (whole and loss-only): loss, terms and gradients in float32 on the GPU "
        f"against float64 on the CPU, ||g - g*|| / ||g*|| of each tensor. Within {LIMIT:g}: {len(rows) - len(beyond)}; median of the largest error of a file "
        f"{statistics.median(row[0] for row in rows):.1e}, greatest {rows[0][0]:.1e}. Failed: {len(failed)}.",
        "",
        "| largest errors | file | error | of |",
        "|---|---|---|---|",
        *(f"| {key[0]} | {key[1]} | {error:.1e} | `{name}` |" for error, name, key in rows[: max(5, len(beyond))]),
        *(f"- {line}" for line in failed),
    ]
    return lines, len(beyond) + len(failed)


def steps_table(folder, device, batches):
    times = []
    lines = ["| size | batch | GPU, eager | GPU, compiled | GPU, captured as one graph |", "|---|---|---|---|---|"]
    for step in json.loads((folder / "steps.json").read_text()):
        for batch in batches:
            cells = []
            for way in ("eager", "compiled", "graph"):
                if device == "cpu" and way != "eager":
                    cells.append("")
                    continue
                try:
                    took = times_of(step["source"], batch, device, way)
                    times.append({"size": step["name"], "batch": batch, "way": way, "milliseconds": took})
                    cells.append(f"{took:.2f}")
                except Exception as error:
                    print(way, error, file=sys.stderr)
                    cells.append(f"{type(error).__name__}")
            lines.append(f"| {step['name']} | {batch} | {' | '.join(cells)} |")
            print(lines[-1], flush=True)
    (folder / "times.json").write_text(json.dumps(times))
    return lines


def main(folder, page, device, batches):
    folder = Path(folder)
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    numbers, faults = numbers_table(folder, device)
    print("\n".join(numbers), flush=True)
    steps = steps_table(folder, device, [int(batch) for batch in batches.split(",")])
    card = torch.cuda.get_device_name() if device == "cuda" else "tried out on the CPU"
    text = [
        "# Exported losses on a GPU",
        "",
        f"Written by test/bench/gpu.py on {datetime.date.today()}: {card}, PyTorch {torch.__version__}, tf32 off, "
        f"{os.cpu_count()} CPU cores.",
        "",
        "## Numbers",
        "",
        *numbers,
        "",
        "## Steps",
        "",
        "Milliseconds of a training step of the exported DVSIB (forward, backward, Adam; noise drawn in the module), float32.",
        "",
        *steps,
        "",
    ]
    Path(page).write_text("\n".join(text))
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
