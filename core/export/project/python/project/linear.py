"""Linear probes: ridge regression of a number, logistic regression of a class, both on standardised codes in float64.

Part of a project that Bottleneck wrote: yours to change.
"""

import torch

# Most steps of a classifier's fit, and the gradient at which it ends.
STEPS, FLAT = 200, 1e-6


def penalty_of(rows):
    """The weight of half the squared weights beside a mean loss: a normal prior of variance 1/5 for each weight."""
    return max(1e-4, 5 / rows)


class Standard:
    """Features of codes: scaled to mean 0 and variance 1 over the rows that are fitted, and a last column of ones."""

    def __init__(self, codes):
        codes = codes.double()
        self.mean, spread = codes.mean(0), codes.std(0, unbiased=False)
        # A column that is constant there, to float32 precision, becomes zero.
        self.scale = torch.where(spread > 1e-6 * self.mean.abs(), 1 / spread, torch.zeros_like(spread))

    def __call__(self, codes):
        features = (codes.double() - self.mean) * self.scale
        if not features.isfinite().all():
            raise SystemExit("The codes have values that are not finite numbers.")
        return torch.cat([features, torch.ones(len(codes), 1, dtype=torch.float64)], 1)


def _penalties(x, penalty):
    """`penalty` for each weight but that of the ones, float64 [features]."""
    penalties = torch.full((x.shape[1],), penalty, dtype=torch.float64)
    penalties[-1] = 0
    return penalties


def ridge(codes, truth):
    """Learns a number, [rows], by the least mean squared error + penalty times the squared weights.

    Returns a function of codes that predicts it, float64 [rows].
    """
    standard = Standard(codes)
    x, center = standard(codes), truth.double().mean()
    gram = x.T @ x / len(x) + _penalties(x, penalty_of(len(x))).diag()
    weights = torch.linalg.solve(gram, x.T @ (truth.double() - center) / len(x))
    return lambda others: standard(others) @ weights + center


def logistic(codes, truth, classes):
    """Learns a class, int64 [rows], by the least mean cross-entropy + half the penalty times the squared weights.

    Returns a function of codes that gives the logits of the classes, float64 [rows, classes].
    """
    standard = Standard(codes)
    x, penalty = standard(codes), penalty_of(len(codes))
    penalties = _penalties(x, penalty)
    # The Hessian at zero, of each class: in coordinates in which it is the identity, few steps are needed.
    spread = (1 - 1 / classes) / classes
    hessian = spread * (x.T @ x / len(x)) + _penalties(x, penalty + 1e-6).diag()
    factor = torch.linalg.cholesky(hessian)
    whitened = torch.zeros(x.shape[1], classes, dtype=torch.float64, requires_grad=True)

    def weights():
        return torch.linalg.solve_triangular(factor.T, whitened, upper=True)

    optimizer = torch.optim.LBFGS([whitened], max_iter=STEPS, tolerance_grad=FLAT, line_search_fn="strong_wolfe")

    def loss():
        optimizer.zero_grad()
        found = weights()
        value = torch.nn.functional.cross_entropy(x @ found, truth) + 0.5 * (penalties @ found.square()).sum()
        value.backward()
        return value

    with torch.enable_grad():
        optimizer.step(loss)
    fitted = weights().detach()
    return lambda others: standard(others) @ fitted
