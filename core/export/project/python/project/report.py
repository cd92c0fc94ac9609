"""What a run ends with: values of test rows, probes of the codes, and what a person should look at first.

The preview judges more: information with its interval, several codes together. `bottleneck preview SPEC --weights
model.safetensors` shows all of that for these weights.

Part of a project that Bottleneck wrote: yours to change.
"""

from . import config
from .codes import codes, inferred_from
from .evaluation import measure
from .probes import probes, rows_with

# A code below this rate, in nats, carries nothing; a coordinate that varies by less does not vary.
NOTHING, STILL = 0.05, 1e-3


def report(model, handed, data, batch, knobs):
    """Values of validation and test rows, probes and findings of the weights of now."""
    model.eval()
    validation, scales = measure(model, handed, data.splits["validation"], batch, knobs)
    test, _ = measure(model, handed, data.splits["test"], batch, knobs, scales)
    model.eval()
    return {
        "test": test,
        "validation": validation,
        "probes": list(probes(model, handed, data, batch)),
        "findings": list(_findings(data, test, codes(model, handed, data.splits["test"], batch))),
    }


def _findings(data, test, judged):
    for name, term in config.TERMS.items():
        if term["pays"] and test[name] < NOTHING:
            yield f"{' and '.join(term['pays'])} has collapsed: {name} is {test[name]:.3f} nats."
        # A likelihood is below 0 by the entropy of its stream, which nobody knows.
        if term["side"] == "lower" and term["reads"] == "information" and test[name] < 0:
            yield f"{name} is below 0 on test rows ({test[name]:.3f} nats): the bound says nothing here."
    for name, (mean, _) in judged.items():
        mean = mean[rows_with(data, "test", inferred_from(name))]
        if mean.shape[1] > 1 and (still := int((mean.std(0) < STILL).sum())):
            yield f"{still} of {mean.shape[1]} coordinates of {name} do not vary."
