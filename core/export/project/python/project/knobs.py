"""The value of each knob at each step: annealed as the spec says, unless it is set on the command line.

Part of a project that Bottleneck wrote: yours to change.
"""


class Knobs:
    def __init__(self, knobs, steps_per_epoch, fixed=None):
        """knobs: those of config.KNOBS. fixed: values that take the place of the spec's, by name."""
        self.knobs, self.steps_per_epoch, self.fixed = knobs, steps_per_epoch, fixed or {}
        for name, value in self.fixed.items():
            if name not in knobs:
                raise SystemExit(f"There is no knob {name}; the knobs are {', '.join(knobs) or 'none'}.")
            low, high = knobs[name]["range"]
            if not low <= value <= high:
                raise SystemExit(f"{name} = {value} is outside its range, {low} to {high}.")

    def at(self, step, ended=False):
        """Values by name. ended: whether the training ends before this step."""
        return {name: self._value(name, knob, step, ended) for name, knob in self.knobs.items()}

    def _value(self, name, knob, step, ended):
        value, anneal = knob["value"], knob["anneal"]
        if name in self.fixed:
            return self.fixed[name]
        share = 1 if anneal is None else self._share(anneal, step, ended)
        if share >= 1:
            return value
        start = anneal["from"]
        if knob["log"] and start > 0 and value > 0:
            return start * (value / start) ** share
        return start + (value - start) * share

    def _steps(self, length):
        """A length, such as (5, "epochs"), in steps."""
        if length is None:
            return 0
        value, unit = length
        return value * (self.steps_per_epoch if unit == "epochs" else 1)

    def _share(self, anneal, step, ended):
        """How much of its way a knob has gone: 1 or more at its value."""
        ramp, repeat = self._steps(anneal["over"]), anneal["repeat"]
        since = max(0, step - self._steps(anneal["after"]))
        if ramp <= 0:
            return 1
        if repeat is None:
            return since / ramp
        cycle = ramp + self._steps(anneal["hold"])
        before = max(0, -(-since // cycle) - 1) if ended else since // cycle
        if repeat != "endless" and before >= repeat:
            return 1
        return (since - before * cycle) / ramp
