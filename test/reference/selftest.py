"""Sanity of the references against closed forms: python3 selftest.py. Prints each check; exit code 1 if one fails."""

import json
import math
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch.distributions import Independent, MultivariateNormal, Normal, kl_divergence

import bounds
import check
import critics
import laws
from composed import MWS
from losses import FROM, LOSSES
from networks import bag, product_of_experts
from training import differentiate

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
CHECKS = []


def checked(function):
    CHECKS.append(function)
    return function


def close(value, expected, tolerance=1e-10):
    assert abs(float(value) - float(expected)) <= tolerance, f"{float(value)} is not {float(expected)} within {tolerance}"


# Bounds on known answers.


@checked
def rates_match_their_formulas():
    mean, log_variance = torch.randn(7, 3), torch.randn(7, 3)
    by_hand = 0.5 * (mean**2 + log_variance.exp() - 1 - log_variance).sum() / 7
    close(bounds.kl(mean, log_variance), by_hand)
    other, other_log_variance = torch.randn(7, 3), torch.randn(7, 3)
    p = Independent(Normal(mean, (log_variance / 2).exp()), 1)
    q = Independent(Normal(other, (other_log_variance / 2).exp()), 1)
    close(bounds.conditional(mean, log_variance, other, other_log_variance), kl_divergence(p, q).mean())
    close(bounds.conditional(mean, log_variance, torch.zeros(3), torch.zeros(3)), by_hand)


@checked
def categorical_laws_match_their_formulas():
    logits, prior = torch.randn(6, 4), torch.randn(4)
    p, r = torch.softmax(logits, 1), torch.softmax(prior, 0)
    close(laws.categorical_kl(logits), (p * (p * 4).log()).sum() / 6)
    close(laws.categorical_kl(logits, prior), (p * (p / r).log()).sum() / 6)
    close(laws.cross_entropy(logits, prior), -(p.mean(0) * r.log()).sum())
    close(laws.plug_in(logits), -(p.mean(0) * p.mean(0).log()).sum())
    # The rate is the cross-entropy less the codes' own entropy.
    close(laws.categorical_kl(logits, prior), laws.cross_entropy(logits, prior) + (p * p.log()).sum() / 6)
    z = laws.categorical_draw(logits[:1].expand(20000, -1), torch.randn(20000, 8))
    assert set(z.round().sum(1).tolist()) == {1.0}
    assert (z.mean(0) - p[0]).abs().max() < 0.02


@checked
def von_mises_fisher_laws_match_their_formulas():
    kappa = torch.tensor([[0.3], [4.0], [60.0]])
    mu = torch.nn.functional.normalize(torch.randn(3, 3), dim=1)
    # In three dimensions the density over the sphere is kappa exp(kappa w) / (4 pi sinh kappa).
    by_hand = kappa / torch.tanh(kappa) - 1 - torch.log(torch.sinh(kappa) / kappa)
    close(laws.vmf_kl(mu, kappa), by_hand.mean())
    # On the circle, by sums over angles.
    angle = torch.arange(4000) * (2 * math.pi / 4000)
    around = torch.stack([torch.cos(angle), torch.sin(angle)], 1)
    mean, other = torch.tensor([[0.6, 0.8]]), torch.tensor([-1.0, 0.0])
    log_q = torch.log_softmax(7 * around @ mean[0], 0)
    log_r = torch.log_softmax(2 * around @ other, 0)
    divergence = (log_q.exp() * (log_q - log_r)).sum()
    close(laws.vmf_kl(mean, torch.tensor([[7.0]]), (other, torch.tensor([2.0]))), divergence)
    product, length = laws.vmf_product([(mean, torch.tensor([[7.0]]), 1.0), (other[None], torch.tensor([[2.0]]), 0.5)])
    joint = torch.log_softmax(7 * around @ mean[0] + around @ other, 0)
    assert torch.allclose(torch.log_softmax(length[0] * around @ product[0], 0), joint)
    for k, concentration in ((2, 5.0), (4, 0.0), (9, 80.0)):
        n = 20000
        direction = torch.nn.functional.normalize(torch.randn(1, k), dim=1)
        z = laws.vmf_draw(direction.expand(n, -1), torch.full((n, 1), concentration), torch.randn(n, k + 1))
        assert torch.allclose(z.norm(dim=1), torch.ones(n))
        _, cosine = laws.vmf_moments(torch.tensor([concentration]), k)
        assert (z.mean(0) - cosine * direction[0]).norm() < 0.03, (k, concentration)


@checked
def likelihoods_match_their_formulas():
    o, x = torch.randn(5, 4), torch.randn(5, 4)
    close(bounds.gaussian(o, x), (-0.5 * (x - o) ** 2 - 0.5 * math.log(2 * math.pi)).sum() / 5)
    close(bounds.gaussian(o, x, 3.0), (-((x - o) ** 2) / 18 - math.log(3) - 0.5 * math.log(2 * math.pi)).sum() / 5)
    close(bounds.gaussian_learned(o, x, torch.tensor(2 * math.log(3.0))), bounds.gaussian(o, x, 3.0))
    close(bounds.laplace(o, x), (-(x - o).abs() - math.log(2)).sum() / 5)
    grey = torch.rand(5, 4)
    p = torch.sigmoid(o)
    close(bounds.bernoulli(o, grey), (grey * p.log() + (1 - grey) * (1 - p).log()).sum() / 5)
    labels = torch.tensor([0, 3, 1, 2, 2])
    close(bounds.categorical(o, labels), (o[range(5), labels] - o.exp().sum(1).log()).sum() / 5)
    counts = torch.tensor([[0.0, 1, 5, 2]])
    factorials = torch.tensor([1.0, 1, 120, 2]).log()
    close(bounds.poisson(o[:1], counts), (counts * o[:1] - o[:1].exp() - factorials).sum())


@checked
def words_are_those_that_stand_there():
    logits = torch.randn(2, 3)
    log_p = logits - logits.exp().sum(1, keepdim=True).log()
    by_hand = (2 * log_p[0, 1] + log_p[0, 0]) / 2  # The second text is empty.
    close(bounds.words(logits, torch.tensor([[1, 0, 1, 3], [3, 3, 3, 3]])), by_hand)
    table = torch.nn.EmbeddingBag(4, 5, mode="mean", padding_idx=3)
    linear = torch.nn.Linear(5, 2)
    weights = {"b.0.weight": table.weight, "b.1.weight": linear.weight, "b.1.bias": linear.bias}
    texts = torch.tensor([[1, 0, 1, 3], [3, 3, 3, 3]])
    close((bag(weights, "b", texts, 3) - linear(table(texts))).abs().max(), 0)


def gaussian_pair(n, rho, k=1):
    x = torch.randn(n, k)
    return x, rho * x + math.sqrt(1 - rho**2) * torch.randn(n, k)


def optimal_scores(x, y, rho):
    """[N, N]: log p(x_i, y_j) / (p(x_i) p(y_j)) for k independent pairs of correlation rho."""
    d = 1 - rho**2
    a, b = x[:, None, :], y[None, :, :]
    return (-0.5 * math.log(d) - (rho**2 * (a**2 + b**2) - 2 * rho * a * b) / (2 * d)).sum(2)


@checked
def critic_bounds_reach_the_information_of_a_gaussian_pair():
    rho, n = 0.9, 3000
    truth = -0.5 * math.log(1 - rho**2)
    x, y = gaussian_pair(n, rho)
    scores = optimal_scores(x, y, rho)
    joint, product = scores.diagonal(), bounds.off_diagonal(scores)
    permutation = torch.randperm(n)
    close(bounds.mine(joint, scores[torch.arange(n), permutation]), truth, 0.08)
    close(bounds.mine(joint, product), truth, 0.05)
    close(bounds.nwj(joint + 1, product + 1), truth, 0.05)
    close(bounds.smile(joint, product, 20.0), bounds.mine(joint, product))
    close(bounds.infonce(scores), truth, 0.05)
    close(bounds.infonce(scores, one_way=True), truth, 0.05)
    # Tight at u = log mean of the ratio = -g + log E exp g, which is -T for the true ratio.
    close(bounds.flo(-joint, joint, product), truth, 0.08)


@checked
def infonce_never_exceeds_log_n():
    for scale in (0.1, 1.0, 100.0):
        assert bounds.infonce(scale * torch.randn(16, 16)) <= math.log(16)
    close(bounds.infonce(1e3 * torch.eye(16)), math.log(16))
    close(bounds.infonce(torch.zeros(16, 16)), 0)
    assert float(bounds.smile(torch.zeros(4), 100 * torch.ones(4), 2.0)) == -2.0


@checked
def js_at_chance_is_minus_two_log_two():
    close(bounds.js(torch.zeros(5), torch.zeros(5)), -2 * math.log(2))


@checked
def canonical_is_exact_for_gaussians():
    rho, k = 0.7, 3
    x, y = gaussian_pair(40000, rho, k)
    mixed_x, mixed_y = x @ torch.randn(k, k), y @ torch.randn(k, k) + 5
    close(bounds.canonical(mixed_x, mixed_y), -0.5 * k * math.log(1 - rho**2), 0.03)
    close(bounds.canonical(mixed_x, mixed_y), bounds.canonical(x, y), 1e-8)
    close(bounds.cca(mixed_x, mixed_y), k * rho, 0.03)
    s = torch.from_numpy(np.cov(torch.cat([x, y], 1).numpy().T))
    close(bounds.canonical(x, y), 0.5 * (s[:k, :k].logdet() + s[k:, k:].logdet() - s.logdet()), 1e-8)


@checked
def upper_bounds_stay_above_a_linear_encoder():
    # z = x + noise of variance s, x standard normal: I = 1/2 log(1 + 1/s).
    n, s = 2000, 0.25
    truth = 0.5 * math.log(1 + 1 / s)
    x = torch.randn(n, 1)
    log_variance = torch.full((n, 1), math.log(s))
    z = x + math.sqrt(s) * torch.randn(n, 1)
    gap = 0.5 * (s - math.log(1 + s))  # KL of q(z) = N(0, 1 + s) to the prior
    close(bounds.kl(x, log_variance), truth + gap, 0.08)
    close(bounds.l1out(x, log_variance, z), truth, 0.08)
    small = torch.stack([bounds.l1out(x[i : i + 8], log_variance[:8], z[i : i + 8]) for i in range(0, n, 8)]).mean()
    assert small > truth + 0.05, f"{small} at N = 8 should exceed {truth}"
    # CLUB is I + KL(p(x) p(z), p(x, z)) = 1/s here.
    close(bounds.club(x, log_variance, z), 1 / s, 0.8)
    close(bounds.club(x, log_variance, z, torch.randperm(n)), 1 / s, 0.8)
    q = Normal(x[:4, 0], torch.tensor([1.0, 2.0, 0.5, 3.0]))
    density = torch.stack([q.log_prob(z[i, 0]).exp() for i in range(4)])  # [i, j]: q(z_i | x_j)
    by_hand = sum((3 * density[i, i] / (density[i].sum() - density[i, i])).log() for i in range(4)) / 4
    close(bounds.l1out(x[:4], 2 * q.scale.log()[:, None], z[:4]), by_hand)
    all_pairs = torch.stack([bounds.club(x[:6], log_variance[:6], z[:6], torch.arange(6).roll(r)) for r in range(6)]).mean()
    close(bounds.club(x[:6], log_variance[:6], z[:6]), all_pairs)


@checked
def minibatch_weighted_sampling_decomposes_the_rate():
    mean, log_variance = torch.randn(64, 3), torch.randn(64, 3) * 0.3 - 1
    z = mean + (log_variance / 2).exp() * torch.randn(64, 3)
    arguments = (mean, log_variance, z, 1000)
    sampled_rate = (Normal(mean, (log_variance / 2).exp()).log_prob(z) - Normal(0.0, 1.0).log_prob(z)).sum(1).mean()
    close(bounds.mws_information(*arguments) + bounds.mws_gap(*arguments), sampled_rate)
    close(bounds.mws_total_correlation(*arguments) + bounds.mws_gap_each(*arguments), bounds.mws_gap(*arguments))
    # Codes that do not overlap say which of the samples it was, as far as the batch can tell.
    apart = 100.0 * torch.arange(4)[:, None]
    close(bounds.mws_information(apart, torch.zeros(4, 1), apart, 50), math.log(4 * 50))


@checked
def proxies_match_their_formulas():
    x, y = torch.randn(20, 3), torch.randn(20, 3)
    c = torch.from_numpy(np.corrcoef(x.numpy().T, y.numpy().T)[:3, 3:])
    off = sum(c[i, j] ** 2 for i in range(3) for j in range(3) if i != j)
    close(bounds.barlow(x, y, 0.1), -sum((1 - c[i, i]) ** 2 for i in range(3)) - 0.1 * off)

    def parts(z):
        s = np.cov(z.numpy().T)
        spread = sum(max(0, 1 - math.sqrt(s[i, i] + 1e-4)) for i in range(3)) / 3
        return spread, sum(s[i, j] ** 2 for i in range(3) for j in range(3) if i != j) / 3

    (vx, cx), (vy, cy) = parts(0.5 * x), parts(0.5 * y)
    distance = ((0.5 * x - 0.5 * y) ** 2).sum() / 20
    close(bounds.vicreg(0.5 * x, 0.5 * y, 2.0, 3.0, 4.0), -(2 * distance + 3 * (vx + vy) + 4 * (cx + cy)))
    scores = torch.randn(4, 4)
    right = torch.sigmoid(scores - 2)  # the probability that a pair is a true one
    likelihood = sum((right if i == j else 1 - right)[i, j].log() for i in range(4) for j in range(4))
    close(bounds.siglip(scores, torch.tensor(-2.0)), likelihood / 4)


@checked
def experts_multiply():
    experts = [(torch.randn(1, 2), torch.randn(1, 2)) for _ in range(2)]
    prior = (torch.randn(1, 2), torch.randn(1, 2))
    mean, log_variance = product_of_experts(experts, prior, [None] * len(experts))
    point = torch.randn(2, 2)
    factors = [*experts, prior]
    log_product = sum(Normal(m, (v / 2).exp()).log_prob(point).sum(1) for m, v in factors)
    log_density = MultivariateNormal(mean[0], torch.diag(log_variance[0].exp())).log_prob(point)
    close((log_product - log_density)[0], (log_product - log_density)[1])


@checked
def critics_agree_on_pairs_and_matrices():
    u, v = torch.randn(5, 3), torch.randn(5, 3)
    parameters = {**network("t", 6, 4, 1), **network("t.first", 3, 4, 2), **network("t.second", 3, 4, 2)}
    parameters.update({"t.weight": torch.randn(3, 3), "t.logTemperature": torch.tensor(-1.0)})
    for kind in ("dot", "cosine", "bilinear", "separable", "concat"):
        scores = critics.matrix(parameters, "t", kind, "learned", u, v)
        shuffled = torch.tensor([2, 0, 1, 4, 3])
        aligned = critics.rows(parameters, "t", kind, "learned", u, v[shuffled])
        assert torch.allclose(scores[torch.arange(5), shuffled], aligned), kind
        assert torch.allclose(scores * math.exp(-1), critics.matrix(parameters, "t", kind, 1.0, u, v)), kind


# The nine losses.


def network(prefix, *widths):
    found = {}
    for i, (a, b) in enumerate(zip(widths, widths[1:])):
        found[f"{prefix}.{2 * i}.weight"] = torch.randn(b, a) / math.sqrt(a)
        found[f"{prefix}.{2 * i}.bias"] = 0.1 * torch.randn(b)
    return found


def small_case(loss, between="infonce", n=6):
    """A case of a named loss on a 2 x 3 image X and a vector Y of 5; codes of 2."""
    widths = {"X": 6, "Y": 5}
    parameters, inputs = {}, {"X": torch.rand(n, 6), "Y": torch.randn(n, 5)}
    deterministic = loss == "DSIB"
    for latent, sources in FROM[loss].items():
        parameters.update(network(f"encoder.{latent}", sum(widths[s] for s in sources), 4, 2 if deterministic else 4))
        inputs[f"noise.{latent}"] = torch.randn(n, 2)
    private = 4 if "private" in loss else 2
    for stream in ("X", "Y"):
        parameters.update(network(f"decoder.{stream}", private, 4, widths[stream]))
    parameters.update(network("critic.Zx-Zy", 4, 4, 1))
    inputs["permutation.Zx-Zy"] = torch.randperm(n)
    settings = {
        "beta": 3.0,
        "weights": {"X": 0.5, "Y": 0.25, "between": 2.0},
        "streams": {"X": {"kind": "image", "shape": [2, 3]}, "Y": {"kind": "vector", "shape": [5]}},
        "between": {"kind": between},
    }
    return {"loss": loss, "settings": settings}, parameters, inputs


def as_terms(loss, description):
    """The same loss written as a list of terms, from the table of its row."""
    settings = description["settings"]
    law = "deterministic" if loss == "DSIB" else "gaussian"
    latents = {name: {"law": law, "from": sources, "size": 2} for name, sources in FROM[loss].items()}
    terms = [] if loss == "DSIB" else [
        {"side": "compress", "kind": "kl", "args": [sources, name]} for name, sources in FROM[loss].items()
    ]
    shared = {"X": "Zx", "Y": "Zy"} if "Zx" in latents else {"X": "Z", "Y": "Z"}
    private = {"X": ["Wx"], "Y": ["Wy"]} if "private" in loss else {"X": [], "Y": []}
    streams = {"beta-VAE": ["X"], "DVIB": ["Y"]}.get(loss, ["X", "Y"])
    for stream in streams:
        weight = settings["weights"][stream]
        read = [shared[stream], *private[stream]]
        terms.append({"side": "keep", "weight": weight, "kind": "gaussian", "args": [stream, read]})
    if "Zx" in latents:
        terms.append({"side": "keep", "weight": 2.0, "args": ["Zx", "Zy"], **settings["between"]})
    return {"loss": "terms", "terms": terms, "settings": {**settings, "latents": latents}}


@checked
def named_losses_equal_their_terms():
    for loss in LOSSES:
        for between in ("infonce", "mine"):
            description, parameters, inputs = small_case(loss, between)
            value, terms, gradients = differentiate(description, parameters, inputs)
            other, other_terms, other_gradients = differentiate(as_terms(loss, description), parameters, inputs)
            close(value, other)
            assert set(terms) == set(other_terms), f"{loss}: {set(terms)} against {set(other_terms)}"
            for name in terms:
                close(terms[name], other_terms[name])
            for name, gradient in gradients.items():
                assert torch.isfinite(gradient).all(), f"{loss}: gradient of {name}"
                assert torch.allclose(gradient, other_gradients[name], atol=1e-10), f"{loss}: {name}"


@checked
def dvsib_equals_a_sum_written_out():
    description, p, inputs = small_case("DVSIB")
    x, y = inputs["X"], inputs["Y"]

    def run(prefix, rows):
        hidden = (rows @ p[f"{prefix}.0.weight"].T + p[f"{prefix}.0.bias"]).clamp_min(0)
        return hidden @ p[f"{prefix}.2.weight"].T + p[f"{prefix}.2.bias"]

    total, codes = 0.0, {}
    for latent, rows in (("Zx", x), ("Zy", y)):
        output = run(f"encoder.{latent}", rows)
        mean, log_variance = output[:, :2], output[:, 2:]
        total = total + 0.5 * (mean**2 + log_variance.exp() - 1 - log_variance).sum() / 6
        codes[latent] = mean + (0.5 * log_variance).exp() * inputs[f"noise.{latent}"]
    image = 1 / (1 + (-run("decoder.X", codes["Zx"])).exp())
    dx = -0.5 * ((x - image) ** 2).sum() / 6 - 3 * math.log(2 * math.pi)
    dy = -0.5 * ((y - run("decoder.Y", codes["Zy"])) ** 2).sum() / 6 - 2.5 * math.log(2 * math.pi)
    t = codes["Zx"] @ codes["Zy"].T / math.sqrt(2)
    c = t.diag().mean() - 0.5 * (t.exp().mean(1).log().mean() + t.exp().mean(0).log().mean())
    loss, _, _ = differentiate(description, p, inputs)
    close(loss, total - 3 * (2 * c + 0.5 * dx + 0.25 * dy))


@checked
def every_kind_of_term_has_a_finite_gradient():
    n, k = 12, 2
    parameters = {
        **network("encoder.Zx", 6, 8, 2 * k), **network("encoder.Zy", 5, 8, 2 * k),
        **network("encoder.P-X", 6, 8, 2 * k), **network("encoder.P-Y", 5, 8, 2 * k),
        **network("critic.Zx-Zy", 2 * k, 8, 1), **network("baseline.Zx-Zy", 2 * k, 8, 1),
        **network("backward.Zx-L", 3, 2 * k), **network("decoder.X", k, 6), **network("decoder.X-second", k, 6),
        **network("decoder.L", k, 3), **network("decoder.N", k, 4),
    }
    scalars = ("likelihood.X.logVariance", "critic.Zx-Zy.bias", "critic.Zx-Zy.logTemperature")
    parameters.update({name: torch.tensor(-1.0) for name in scalars})
    parameters.update({"prior.Zy.mean": torch.randn(k), "prior.Zy.logVariance": torch.randn(k)})
    inputs = {"X": torch.rand(n, 6), "Y": torch.randn(n, 5)}
    inputs.update({"L": torch.randint(0, 3, (n,)), "N": torch.poisson(torch.rand(n, 4) * 3)})
    inputs.update({f"noise.{name}": torch.randn(n, k) for name in ("Zx", "Zy", "P", "P[X]", "Zy[]")})
    inputs.update({"permutation.Zx-Zy": torch.randperm(n), "permutation.X-Zx": torch.randperm(n)})
    settings = {
        "streams": {
            "X": {"kind": "image", "shape": [2, 3]}, "Y": {"kind": "vector", "shape": [5]},
            "L": {"kind": "label", "shape": [3]}, "N": {"kind": "counts", "shape": [4]},
        },
        "latents": {
            "Zx": {"from": ["X"]}, "Zy": {"from": ["Y"], "prior": "learned"},
            "P": {"from": ["X", "Y"], "fusion": "poe-prior"},
        },
    }
    compress = [
        {"kind": "kl", "args": ["X", ["Zx", "Zy"]]},
        {"kind": "conditional", "args": ["X", "Zx", "L"], "given": {"network": "backward.Zx-L", "inputs": ["L"]}},
        {"kind": "conditional", "args": [["X", "Y"], "P", "X"], "given": "P[X]"},
        {"kind": "club", "args": ["X", "Zx"]}, {"kind": "club", "args": ["X", "Zx"], "product": "permutation"},
        {"kind": "l1out", "args": ["X", "Zx"]},
        *({"kind": "mws", "args": ["Zx"], "of": of, "samples": 100} for of in MWS),
    ]
    pair = {"args": ["Zx", "Zy"], "critic": {"kind": "concat", "temperature": "learned"}, "clip": 5.0}
    between = ("infonce", "mine", "nwj", "js", "smile", "flo", "siglip", "canonical", "cca", "barlow", "vicreg")
    keep = [
        *({"kind": kind, **pair} for kind in between),
        *({"kind": kind, **pair, "product": "permutation"} for kind in ("nwj", "flo")),
        *({"kind": kind, "args": ["X", "Zx"]} for kind in ("gaussian", "gaussian-learned", "laplace", "bernoulli")),
        {"kind": "gaussian", "args": ["X", "Zx"], "decoder": "decoder.X-second", "scale": 0.5},
        {"kind": "gaussian", "args": ["X", "P[X]"]}, {"kind": "gaussian", "args": ["X", "Zy[]"]},
        {"kind": "categorical", "args": ["L", "P"]}, {"kind": "poisson", "args": ["N", "Zy"]},
    ]
    terms = [{"side": "compress", "name": f"compress {i}", **term} for i, term in enumerate(compress)]
    terms += [{"side": "keep", "name": f"keep {i}", **term} for i, term in enumerate(keep)]
    loss, values, gradients = differentiate({"loss": "terms", "terms": terms, "settings": settings}, parameters, inputs)
    for term in terms:
        assert torch.isfinite(values[term["name"]]), term
    for name, gradient in gradients.items():
        assert torch.isfinite(gradient).all(), f"gradient of {name}"
        assert gradient.abs().sum() > 0, f"the gradient of {name} is zero"


# The driver.


@checked
def the_driver_answers_a_folder():
    description, parameters, inputs = small_case("DVSIB", "mine")
    # Through float32 and back, as the files carry them.
    parameters = {n: p.float().double() for n, p in parameters.items()}
    inputs = {n: v.float().double() if v.is_floating_point() else v for n, v in inputs.items()}
    loss, _, gradients = differentiate(description, parameters, inputs)
    with tempfile.TemporaryDirectory() as folder:
        with open(Path(folder) / "request.bin", "wb") as file:

            def put(array):
                entry = {"file": "request.bin", "dtype": str(array.dtype), "shape": list(array.shape), "offset": file.tell()}
                file.write(array.tobytes())
                return entry

            def put_all(found):
                return {n: put(v.numpy().astype("float32" if v.is_floating_point() else "int32")) for n, v in found.items()}

            weights, steps = put_all(parameters), 4
            rate = {"mean": torch.ones(2, 3), "logVariance": torch.zeros(2, 3)}
            drawn = {n: v.expand(steps, *v.shape) for n, v in inputs.items() if "." in n}
            data = {n: v for n, v in inputs.items() if "." not in n}
            run = {"id": "r", **description, "parameters": weights, "data": put_all(data), "record": [0, 3],
                   "batches": put(np.tile(np.arange(6, dtype="int32"), (steps, 1))), "inputs": put_all(drawn)}
            request = {
                "cases": [
                    {"id": "a", **description, "parameters": weights, "inputs": put_all(inputs)},
                    {"id": "b", "loss": "bound:kl", "parameters": put_all(rate)},
                    {"id": "c", "loss": "no such loss", "parameters": {}},
                ],
                "runs": [run],
            }
        (Path(folder) / "request.json").write_text(json.dumps(request))
        stderr, sys.stderr = sys.stderr, open("/dev/null", "w")
        try:
            code = check.main(folder)
        finally:
            sys.stderr.close()
            sys.stderr = stderr
        response = json.loads((Path(folder) / "response.json").read_text())
        a, b, c = response["cases"]
        assert code == 1 and "no loss named" in c["error"], (code, c)
        close(a["loss"], loss)
        entry = a["gradients"]["encoder.Zx.0.weight"]
        stored = np.fromfile(Path(folder) / entry["file"], "<f8", 24, offset=entry["offset"]).reshape(entry["shape"])
        assert np.allclose(stored, gradients["encoder.Zx.0.weight"].numpy())
        close(b["loss"], 1.5)
        (r,) = response["runs"]
        assert "error" not in r, r
        assert len(r["losses"]) == steps and r["losses"][-1] < r["losses"][0]
        close(r["losses"][0], loss, 1e-4)
        assert [entry["step"] for entry in r["recorded"]] == [0, 3]


def main():
    failed = 0
    for function in CHECKS:
        try:
            function()
            print(f"ok    {function.__name__}")
        except Exception as error:
            failed += 1
            print(f"FAIL  {function.__name__}: {type(error).__name__}: {error}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
