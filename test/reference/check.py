"""Answers a folder of cases and runs: python3 check.py FOLDER.

Reads FOLDER/request.json, writes FOLDER/response.json and FOLDER/response.bin. A request is

  {"cases": [{"id", "loss", "precision", "settings", "terms", "parameters": {name: tensor}, "inputs": {name: tensor}}],
   "runs":  [{"id", "loss", "precision", "settings", "terms", "parameters", "data", "batches", "inputs", "adam", "record"}]}

with tensor = {"file", "dtype": float32 | float64 | int32 | int64 | uint8, "shape", "offset": bytes, 0 by default}: raw
little-endian, row-major. loss is one of the nine names of losses.py, "terms" or "bound:NAME". The response is

  {"cases": [{"id", "loss", "terms": {name: number}, "gradients": {name: tensor}}],
   "runs":  [{"id", "losses", "terms": {name: [number]}, "parameters": {name: tensor},
              "recorded": [{"step", "loss", "terms", "parameters", "gradients"}]}]}

or {"id", "error"} for one that failed (then the exit code is 1; 2 when the request itself cannot be read).
README.md describes every field.
"""

import json
import sys
from pathlib import Path

import tensors
from training import differentiate, train


def answer_case(folder, case, writer):
    precision = case.get("precision", "float64")
    parameters = tensors.read_all(folder, case["parameters"], precision)
    inputs = tensors.read_all(folder, case.get("inputs", {}), precision)
    loss, terms, gradients = differentiate(case, parameters, inputs)
    return {
        "id": case["id"],
        "loss": tensors.number(loss),
        "terms": {name: tensors.number(value) for name, value in terms.items()},
        "gradients": writer.add_all(gradients),
    }


def answer_run(folder, run, writer):
    precision = run.get("precision", "float32")
    parameters = tensors.read_all(folder, run["parameters"], precision)
    data = tensors.read_all(folder, run["data"], precision)
    inputs = tensors.read_all(folder, run.get("inputs", {}), precision)
    batches = tensors.read(folder, run["batches"]).long()
    losses, terms, final, recorded = train(run, parameters, data, batches, inputs, run.get("record", []))
    return {
        "id": run["id"],
        "losses": losses,
        "terms": terms,
        "parameters": writer.add_all(final),
        "recorded": [
            {**entry, "parameters": writer.add_all(entry["parameters"]), "gradients": writer.add_all(entry["gradients"])}
            for entry in recorded
        ],
    }


def answer_all(folder, entries, answer, writer):
    """Every answer, a failed one as {"id", "error"}: one bad case must not cost the others."""
    answers = []
    for entry in entries:
        try:
            answers.append(answer(folder, entry, writer))
        except Exception as error:
            answers.append({"id": entry.get("id"), "error": f"{type(error).__name__}: {error}"})
    return answers


def main(folder):
    try:
        request = json.loads((Path(folder) / "request.json").read_text())
    except (OSError, ValueError) as error:
        print(f"check.py: cannot read {folder}/request.json: {error}", file=sys.stderr)
        return 2
    writer = tensors.Writer(folder)
    response = {
        "cases": answer_all(folder, request.get("cases", []), answer_case, writer),
        "runs": answer_all(folder, request.get("runs", []), answer_run, writer),
    }
    writer.close()
    (Path(folder) / "response.json").write_text(json.dumps(response))
    failed = [entry for entry in response["cases"] + response["runs"] if "error" in entry]
    for entry in failed:
        print(f"check.py: {entry['id']}: {entry['error']}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print("usage: python3 check.py FOLDER", file=sys.stderr)
        sys.exit(2)
    sys.exit(main(sys.argv[1]))
