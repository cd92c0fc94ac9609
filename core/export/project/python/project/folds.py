"""What a probe predicts of rows that it did not learn from.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

from . import draws

# Fewest training rows from which a probe is learned once; with fewer it learns from the other judged rows too, fold by fold.
ENOUGH = 200
FOLDS, REPEATS = 5, 4


def predictions(fit, seen, seen_truth, judged, truth):
    """Predictions of the judged rows for each draw of their codes, and as how many independent rows they count in an interval.

    fit: from codes [rows, k] and a factor [rows] to a function that predicts it from other codes.
    judged: the codes of the same rows, once for each draw. None where the rows are too few.
    """
    rows = len(truth)
    if len(seen_truth) >= ENOUGH:
        predicted = fit(seen, seen_truth)
        return [predicted(codes) for codes in judged], rows
    if rows < 2:
        return None
    repeats = max(REPEATS, len(judged))
    found = [_cross_validated(fit, seen, seen_truth, judged[repeat % len(judged)], truth, repeat) for repeat in range(repeats)]
    # Folds share the rows they learn from, so their scores vary together: Nadeau and Bengio 2003, "Inference for the
    # Generalization Error", section 3, the corrected variance, in rows.
    learned = len(seen_truth) + rows * (1 - 1 / FOLDS)
    return found, rows / max(1, 1 / repeats + rows / learned)


def _cross_validated(fit, seen, seen_truth, codes, truth, repeat):
    """Predictions of each row by a probe of the training rows and of the other folds."""
    fold = stratified_folds(truth, FOLDS, repeat)
    found = None
    for number in range(FOLDS):
        held, others = fold == number, fold != number
        if not held.any() or not others.any():
            continue
        predicted = fit(torch.cat([seen, codes[others]]), torch.cat([seen_truth, truth[others]]))(codes[held])
        found = predicted.new_zeros(len(truth), *predicted.shape[1:]) if found is None else found
        found[held] = predicted
    return found


def stratified_folds(truth, folds, repeat):
    """The fold of each row, int64 [rows]: every fold has its share of each class; of numbers, of each part of their range."""
    rows = len(truth)
    groups = -(-rows // folds)
    drawn = draws.words(0, "folds of a probe", [repeat], rows + groups * folds)[0].tolist()
    order = sorted(range(rows), key=lambda row: (truth[row].item(), drawn[row]))
    found = torch.empty(rows, dtype=torch.int64)
    # Runs of as many neighbours as there are folds are dealt out in an order of their own.
    for start in range(0, rows, folds):
        words = drawn[rows + start : rows + start + folds]
        dealt = sorted(range(folds), key=words.__getitem__)
        for row, fold in zip(order[start : start + folds], dealt):
            found[row] = fold
    return found
