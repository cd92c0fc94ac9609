"""The training loop: steps, looks at held-out rows, the checkpoint, and what a killed run needs to go on.

Part of a project that Bottleneck wrote: yours to change.
"""

import io
import json
import math
import pickle
import sys
import time
from pathlib import Path

import torch

from . import config, left_behind, parallel, weights
from .batches import Handed
from .data import Data
from .evaluation import Selection, looks, measure
from .knobs import Knobs
from .logs import Log
from .precision import half_networks, scaler_for
from .rates import rate_at
from .report import report

# Options with which a run may go on that were others before.
UNDECISIVE = {"data", "labels", "weights", "out", "resume", "epochs", "device", "compile", "log_every", "no_left_behind"}


def device_of(name):
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    if name == "cuda":
        torch.cuda.set_device(parallel.local_rank())
    return torch.device(name)


class Run:
    """One training. options: what train.py was given."""

    def __init__(self, options):
        self.options, self.out = options, Path(options.out)
        self.device = device_of(options.device)
        parallel.start(self.device)
        self.first = parallel.rank() == 0
        self.data = Data(options.data, options.labels)
        train, validation = (self.data.splits[name] for name in ("train", "validation"))
        self.handed = Handed(self.data, options.seed, self.device)
        self.batches = self.handed.batches(train, options.batch)
        if self.batches.size % parallel.size():
            raise SystemExit(f"A batch of {self.batches.size} rows cannot be split evenly over {parallel.size()} processes.")
        per_epoch = self.batches.steps_per_epoch
        value, unit = config.TRAINING["length"]
        if options.steps or options.epochs:
            value, unit = (options.steps, "steps") if options.steps else (options.epochs, "epochs")
        self.steps = value * (per_epoch if unit == "epochs" else 1)
        self.interval = options.look_every or looks(self.steps, self.batches.size, len(validation))
        self.held_out = min(self.batches.size, len(validation))
        self.knobs = Knobs(config.KNOBS, per_epoch, options.set)
        torch.manual_seed(options.seed)
        self.model = config.Model().to(self.device)
        weights.initial(self.model, options.seed, config.FAN_IN)
        if options.weights:
            weights.put(self.model, weights.load(options.weights)[0], options.weights, config.FROZEN)
        elif config.FROZEN and self.first and not options.resume:
            print("note: frozen codes have random first weights: name trained ones with --weights", file=sys.stderr)
        half_networks(self.model, options.precision, self.device)
        self.scaler = scaler_for(options.precision, self.device)
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=options.rate)
        self.selection, self.step, self.looked, self.since_best, self.best = Selection(), 0, 0, 0, None
        self.begin()
        self.stepped = self.wrapped()

    def wrapped(self):
        model = self.model
        if self.options.compile:
            if not hasattr(torch, "compile"):
                raise SystemExit("--compile needs torch 2.")
            model = torch.compile(model)
        if parallel.size() > 1:
            several = [self.device.index] if self.device.type == "cuda" else None
            model = torch.nn.parallel.DistributedDataParallel(model, device_ids=several)
        return model

    def begin(self):
        """A fresh run in an empty folder, or one that goes on where its last state was saved."""
        state = self.out / "state.pt"
        if self.options.resume:
            if not state.exists():
                raise SystemExit(f"There is no {state} to resume from.")
            try:
                self.restore(torch.load(state, map_location="cpu"))
            except (EOFError, KeyError, RuntimeError, pickle.UnpicklingError):
                raise SystemExit(f"{state} is damaged: train again, with another folder named by --out.") from None
        elif parallel.same(state.exists() or (self.out / "terms.csv").exists()):
            raise SystemExit(f"{self.out} has a run already: add --resume to go on with it, or name another folder with --out.")
        if self.first:
            self.out.mkdir(parents=True, exist_ok=True)
            terms = list(config.TERMS)
            self.log = Log(self.out, terms, list(config.KNOBS), self.step)
            (self.out / "options.json").write_text(json.dumps(vars(self.options), indent=2) + "\n")
        parallel.wait()

    def restore(self, state):
        asked = self.decisive()
        for name, value in state["options"].items():
            if asked.get(name) != value:
                option = name.replace("_", "-")
                raise SystemExit(f"The run in {self.out} has --{option} {value}, not {asked.get(name)}: give it the same, or name another folder with --out.")
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        if self.scaler:
            self.scaler.load_state_dict(state["scaler"])
        self.selection, self.best = Selection(state["selection"]), state["best"]
        self.step = self.looked = state["step"]  # A state is saved after a look.
        self.since_best = state["since_best"]

    def decisive(self):
        """What the numbers of a run rest on, by option."""
        given = {name: value for name, value in vars(self.options).items() if name not in UNDECISIVE}
        return {**given, "steps": self.steps}

    def save(self):
        """Everything that is needed to go on with the same numbers."""
        if not self.first:
            return
        state = {
            "step": self.step,
            "options": self.decisive(),
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "scaler": self.scaler.state_dict() if self.scaler else None,
            "selection": self.selection.best,
            "best": self.best,
            "since_best": self.since_best,
        }
        content = io.BytesIO()
        torch.save(state, content)
        weights.replace(self.out / "state.pt", content.getvalue())

    def train(self):
        """All steps, or those until the loss no longer falls. Leaves model.safetensors and report.json."""
        started, stopped = time.monotonic(), parallel.same(self.settled())
        self.ended = (self.step >= self.steps or stopped) and (self.out / "report.json").exists()
        while self.step < self.steps and not stopped:
            line = self.take()
            if self.first and (self.step % self.options.log_every == 0 or self.step == 1):
                self.log.write({**line, "seconds": round(time.monotonic() - started, 3)})
            if self.step % self.interval == 0 and self.step < self.steps:
                stopped = parallel.same(self.look())
                self.save()
        if self.looked < self.step:
            self.look()
            self.save()
        # The first process judges the checkpoint by itself: others would wait for it until their time limit.
        self.stepped = None
        parallel.stop()
        if self.first and self.ended:
            print(f"{self.out} has ended already: {self.out / 'report.json'}")
        elif self.first:
            self.finish()

    def take(self):
        """One step down the loss: its values before it."""
        options, knobs = self.options, self.knobs.at(self.step)
        rate = rate_at(options, self.step, self.steps)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        streams, draws = self.handed.batch(self.batches.at(self.step), self.step)
        loss, terms = self.stepped(streams, knobs, **draws)
        self.optimizer.zero_grad(set_to_none=True)
        (self.scaler.scale(loss) if self.scaler else loss).backward()
        if options.clip is not None:
            if self.scaler:
                self.scaler.unscale_(self.optimizer)
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), options.clip)
        if self.scaler:
            self.scaler.step(self.optimizer)
            self.scaler.update()
        else:
            self.optimizer.step()
        self.step += 1
        values = dict(zip(["loss", *terms], parallel.mean([loss, *terms.values()])))
        line = {"step": self.step, "rows": "train", **{name: value.item() for name, value in values.items()}}
        wrong = [name for name, value in line.items() if isinstance(value, float) and not math.isfinite(value)]
        if wrong:
            raise SystemExit(f"Step {self.step}: {', '.join(wrong)} is not a finite number. Lower --rate, or --clip gradients.")
        return {**line, **knobs, "rate": rate}

    def look(self):
        """Measures all validation rows and keeps the weights if they are the checkpoint. Returns whether to stop."""
        self.looked = self.step
        if not self.first:
            return False
        knobs = self.knobs.at(self.step, self.step >= self.steps)
        values, _ = measure(self.model, self.handed, self.data.splits["validation"], self.held_out, knobs)
        self.log.write({"step": self.step, "rows": "validation", **values, **knobs})
        print(f"step {self.step} of {self.steps}: validation loss {values['loss']:.4f}", file=sys.stderr)
        if config.LAST_STEP or self.selection.consider(self.step, values["compared"], knobs):
            self.since_best = 0
            self.best = {name: value.detach().cpu().clone() for name, value in self.model.state_dict().items()}
        else:
            self.since_best += 1
        return self.settled()

    def settled(self):
        """Whether the loss no longer falls. While a knob is on its way, no look says so."""
        patience = self.options.patience
        arrived = self.knobs.at(self.step, self.step >= self.steps) == self.knobs.at(self.steps, True)
        return bool(patience) and arrived and self.since_best >= patience

    def finish(self):
        """Judges the checkpoint on test rows and writes it."""
        knobs = self.knobs.at(self.step, self.step >= self.steps)
        best = self.selection.at(knobs)
        step = best["step"] if best and not config.LAST_STEP else self.step
        self.model.load_state_dict(self.best)
        about = {"spec": config.NAME, "step": str(step), "seed": str(self.options.seed), "knobs": json.dumps(knobs)}
        weights.save(self.out / "model.safetensors", self.best, about)
        found = report(self.model, self.handed, self.data, self.held_out, knobs)
        if self.options.no_left_behind:
            groups, note = [], "Rows that are left behind were not searched for."
        else:
            groups, note = left_behind.search(self.model, self.handed, self.data, self.held_out)
        found.update({"leftBehind": groups, "leftBehindNote": note})
        found = {"spec": config.NAME, "seed": self.options.seed, "step": step, "steps": self.step, "knobs": knobs, **found}
        weights.replace(self.out / "report.json", (json.dumps(found, indent=2) + "\n").encode())
        print(f"{self.out}: step {step}, test loss {found['test']['loss']:.4f}")
        for finding in found["findings"]:
            print(f"note: {finding}")
        for text in [found["leftBehindNote"], *(group["text"] for group in found["leftBehind"])]:
            print(text)
