"""What a run writes while it trains: one line a step, as CSV and as JSONL, and for TensorBoard where it is installed.

`compared` is the loss by which a checkpoint is chosen; see `evaluation.py`.

Part of a project that Bottleneck wrote: yours to change.
"""

import csv
import json
from pathlib import Path


class Log:
    def __init__(self, folder, terms, knobs, step):
        """step: where the run goes on; lines of later steps, which a killed run left, are removed."""
        self.columns = ["step", "rows", "loss", "compared", *terms, *knobs, "rate", "seconds"]
        self.table, self.lines = Path(folder) / "terms.csv", Path(folder) / "terms.jsonl"
        kept = [line for line in self._written() if line["step"] <= step]
        with open(self.table, "w", newline="") as table, open(self.lines, "w") as lines:
            csv.writer(table).writerow(self.columns)
            for line in kept:
                self._add(table, lines, line)
        self.board = _board(folder, step)

    def _written(self):
        if not self.lines.exists():
            return
        for line in self.lines.read_text().splitlines():
            try:
                yield json.loads(line)
            except ValueError:
                return

    def _add(self, table, lines, line):
        csv.writer(table).writerow([line.get(column, "") for column in self.columns])
        lines.write(json.dumps(line) + "\n")

    def write(self, line):
        with open(self.table, "a", newline="") as table, open(self.lines, "a") as lines:
            self._add(table, lines, line)
        if self.board is not None:
            for name, value in line.items():
                if name not in ("step", "rows", "seconds"):
                    self.board.add_scalar(f"{line['rows']}/{name}", value, line["step"])
            # A state is saved after a look: what goes on from it needs what was sent before.
            if line["rows"] == "validation":
                self.board.flush()


def _board(folder, step):
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError:
        return None
    return SummaryWriter(str(folder), purge_step=step + 1)
