"""Groups of rows that lose alike on the way from the streams to the codes.

A group is found without its rows' classes: rows that are expected to lose at least so many nats, all of them, or those of
which the streams report one class, or which have one value of a known factor. Then their classes decide whether it is one.

Part of a project that Bottleneck wrote: yours to change.
"""

import math

import torch

from .intervals import difference, holm, normal_tail, sign_test, wilson

# Nats that the rows of a group are expected to lose at least.
EXPECTED = (0.35, 0.7, 1.4, 2.8)
# Most probability of a group where there is none, and of such accuracies by luck.
RISK, LUCK = 0.01, 0.01
# Least lower limit of the difference of accuracies. Most upper limit of that by codes: of a row near a border, every second
# draw is right. Least accuracy by codes elsewhere, as a share of that by streams.
LEAST, MOST_BY_CODES, ELSEWHERE = 1 / 3, 1 / 2, 0.85
# Fewer rows are no group, nor are more than this share of all.
FEWEST_ROWS, MOST_SHARE, MOST_GROUPS = 5, 0.15, 3
# Of groups whose least difference is nearly the largest, the one with most rows is taken.
NEAR = 0.05
# Least lift, least share of the group with the value, and most values that are named.
LEAST_LIFT, LEAST_VALUE, MOST_VALUES = 1.5, 0.3, 4


class Losses:
    """Nats that each row is expected to lose by the streams' own account, whatever its class is, and that it does lose.

    The mean of `expected` is I(T; X | Z), what the streams tell of T and all codes together do not. It is of all draws of the
    codes but the last, by which alone a row is judged: the draw that makes a row suspect may have been unlucky.
    rows: whose class is known.
    """

    def __init__(self, question, streams, draws, held_out):
        known = question.labels[held_out] >= 0
        streams, draws, self.rows = streams[known], draws[:, known], held_out[known]
        suspecting, codes = draws[:-1], draws[-1]
        self.question, self.truth = question, question.labels[self.rows]
        self.expected = (streams.exp() * (streams - suspecting)).sum(2).mean(0)
        self.found = (streams - codes).gather(1, self.truth[:, None])[:, 0]
        self.by_streams, self.by_codes = streams.argmax(1), codes.argmax(1)

    def right(self, named):
        """Whether classes are named right; of a number the quarter next to the true one is right too."""
        return (named - self.truth).abs() <= (0 if self.question.cuts is None else 1)


def groups_of(losses, factors):
    """Groups of a question, the one with the surest difference of accuracies first."""
    found, left = [], torch.ones(len(losses.rows), dtype=torch.bool)
    while len(found) < MOST_GROUPS:
        candidates = _candidates(losses, factors, left)
        # The ratio of two probabilities of the same classes is at least e^t with probability e^-t at most, where that below
        # the line is right (Markov's inequality).
        chances = holm([math.exp(min(0.0, -losses.found[places].sum().item())) for places in candidates])
        sure = []
        for places, chance in zip(candidates, chances):
            group = _compared(losses, places)
            if chance <= RISK and group["luck"] <= LUCK and _stands_out(losses, group, left):
                sure.append(group)
        if not sure:
            return found
        surest = max(group["low"] for group in sure)
        best = max((group for group in sure if group["low"] >= surest - NEAR), key=lambda group: len(group["places"]))
        order = losses.found[best["places"]].sort(descending=True, stable=True).indices
        found.append({**best, "places": best["places"][order]})
        left[best["places"]] = False
    return found


def _candidates(losses, factors, left):
    """The places of every group that could be one."""
    everything = torch.zeros(len(losses.rows), dtype=torch.long)
    parts = [everything, losses.by_streams, *(factor.labels[losses.rows] for factor in factors)]
    found = []
    for least in EXPECTED:
        suspect = left & (losses.expected >= least)
        for part in parts:
            found += [(suspect & (part == key)).nonzero()[:, 0] for key in dict.fromkeys(part[suspect].tolist())]
    return [places for places in found if FEWEST_ROWS <= len(places) <= MOST_SHARE * len(losses.rows)]


def _compared(losses, places):
    """How the streams and the codes name the classes of these rows."""
    streams, codes = (losses.right(named)[places] for named in (losses.by_streams, losses.by_codes))
    s, c, both = (int(rows.sum()) for rows in (streams, codes, streams & codes))
    low, high = difference(s, c, len(places))
    shares = {"accuracyByCodes": c / len(places), "accuracyByStreams": s / len(places)}
    most = wilson(c, len(places))[1]
    return {"places": places, **shares, "mostByCodes": most, "low": low, "high": high, "luck": sign_test(s - both, c - both)}


def _stands_out(losses, group, left):
    """Whether its rows lose more than the others do: else the codes lack the factor as a whole."""
    others = left.clone()
    others[group["places"]] = False
    elsewhere = _compared(losses, others.nonzero()[:, 0])
    if group["low"] < LEAST or group["mostByCodes"] >= MOST_BY_CODES:
        return False
    return elsewhere["accuracyByCodes"] >= ELSEWHERE * elsewhere["accuracyByStreams"]


def _apart(losses, places, factors):
    """Values of known factors that its rows have more often than all held-out rows; what says most comes first."""
    values = []
    for factor in factors:
        own, usual = (
            torch.bincount(labels[labels >= 0], minlength=len(factor.shares)).double() / len(labels)
            for labels in (factor.labels[losses.rows[places]], factor.labels[losses.rows])
        )
        values += [(factor, k, a, b) for k, (a, b) in enumerate(zip(own.tolist(), usual.tolist()))]
    chances = holm(
        [
            1.0 if b in (0, 1) else normal_tail((a - b) / math.sqrt(b * (1 - b) / len(places)))
            for _, _, a, b in values
        ]
    )
    named = [
        (factor, k, a, a / b)
        for (factor, k, a, b), chance in zip(values, chances)
        if chance <= RISK and b > 0 and a / b >= LEAST_LIFT and a >= LEAST_VALUE
    ]
    named.sort(key=lambda one: -one[2] * math.log(one[3]))
    return [{"factor": factor.name, "value": factor.value(k), "lift": lift} for factor, k, _, lift in named[:MOST_VALUES]]


def told(group, losses, questions):
    """A group as the report has it, as numbers and in words."""
    places = group["places"]
    found = {
        "target": losses.question.name,
        "share": len(places) / len(losses.rows),
        **{name: group[name] for name in ("accuracyByCodes", "accuracyByStreams", "low", "high")},
        "apart": _apart(losses, places, questions),
        "samples": losses.rows[places].tolist(),
    }
    return {**found, "text": _text(found, losses.question.cuts is not None)}


def _text(group, quarters):
    target = f"{group['target']} to within a quarter of its values" if quarters else group["target"]
    some = f"{100 * group['share']:.1f} % of the held-out samples ({len(group['samples'])})"
    apart = ", ".join(_value(one) for one in group["apart"])
    return (
        f"{some}: the streams predict {target} for {group['accuracyByStreams']:.2f} of them, all codes together for "
        f"{group['accuracyByCodes']:.2f} (difference {group['low']:.2f} to {group['high']:.2f}). "
        + (f"Compared with all held-out samples, more of them have {apart}." if apart else "No known factor sets them apart.")
    )


def _value(apart):
    value = f"= {apart['value']}" if isinstance(apart["value"], int) else apart["value"]
    return f"{apart['factor']} {value} ({apart['lift']:.1f} times as many)"


def note(found):
    """What all groups come to."""
    if not found:
        return "Nothing is left behind: of no small group of held-out samples do the streams predict a target or factor and the codes not."
    some = "1 group" if len(found) == 1 else f"{len(found)} groups"
    return f"{some} of held-out samples for which the streams predict a target or factor and the codes do not."
