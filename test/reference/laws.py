"""Codes that are not Gaussian: categorical and von Mises-Fisher, written from their papers.

A distribution is a tuple of tensors: (mean, log_variance), (logits,) or (direction, concentration).
"""

import math

import numpy
import torch
import torch.nn.functional as F
from torch.distributions import Categorical, kl_divergence

#: A larger concentration counts as this.
LARGEST = 1e4


# Categorical.


def categorical_kl(logits, other=None):
    """Mean KL from another categorical distribution, the uniform one by default. logits [N, k], other [k] or [N, k]."""
    other = torch.zeros_like(logits) if other is None else other.expand_as(logits)
    return kl_divergence(Categorical(logits=logits), Categorical(logits=other)).mean()


def categorical_draw(logits, noise):
    """Straight-through Gumbel-softmax: one-hot at the largest of logits plus Gumbel noise, with the gradient of their
    softmax, temperature 1. Jang, Gu, Poole 2017, section 2.2. noise [N, 2 k]: the exponential draw of value j is half
    the squared length of (noise_j, noise_{k + j}), and a Gumbel one is minus its logarithm.
    """
    k = noise.shape[1] // 2
    exponential = (noise[:, :k] ** 2 + noise[:, k:] ** 2) / 2
    scores = logits - torch.log(exponential)
    soft = torch.softmax(scores, 1)
    hard = F.one_hot(scores.argmax(1), k).to(soft.dtype)
    return hard + soft - soft.detach()


def categorical_log_prob(z, logits):
    return (z * torch.log_softmax(logits, -1)).sum(-1)


def cross_entropy(logits, prior):
    """Upper bound on H(Z): mean of -log r(z) under q(z | x). logits [N, k], prior [k]."""
    return -(torch.softmax(logits, 1) * torch.log_softmax(prior, 0)).sum(1).mean()


def plug_in(logits):
    """Lower bound on H(Z): the entropy of the batch's mean probabilities. Miller 1955."""
    return Categorical(probs=torch.softmax(logits, 1).mean(0)).entropy()


# Von Mises-Fisher: q(z) = C(kappa) exp(kappa mu . z) on the unit sphere of R^k. Davidson et al. 2018, "Hyperspherical
# Variational Auto-Encoders". Moments of the cosine w = cos(theta), whose density is ~ exp(kappa w) sin(theta)^(k - 2) in
# theta, by Gauss-Legendre quadrature.


def _nodes(like):
    x, weights = numpy.polynomial.legendre.leggauss(600)
    theta = torch.as_tensor((x + 1) * math.pi / 2, dtype=like.dtype)
    return theta, torch.as_tensor(weights * math.pi / 2, dtype=like.dtype)


def vmf_moments(concentration, k):
    """log of the integral of exp(kappa w) sin^(k - 2), and E[w]: [N] each, from concentrations [N]."""
    theta, weights = _nodes(concentration)
    log = concentration[:, None] * torch.cos(theta) + (k - 2) * torch.log(torch.sin(theta)) + torch.log(weights)
    total = torch.logsumexp(log, 1)
    return total, (torch.exp(log - total[:, None]) * torch.cos(theta)).sum(1)


def vmf_kl(direction, concentration, other=None):
    """Mean KL from another von Mises-Fisher distribution, the uniform one by default. direction [N, k], concentration
    [N, 1]; of the other [k] and [1], or as these."""
    k = direction.shape[1]
    kappa = concentration.clamp(max=LARGEST)[:, 0]
    total, cosine = vmf_moments(kappa, k)
    if other is None:
        return (kappa * cosine - total + vmf_moments(torch.zeros_like(kappa), k)[0]).mean()
    mu = other[0].expand_as(direction)
    eta = other[1].clamp(max=LARGEST).expand_as(concentration)[:, 0]
    turned = (direction * mu).sum(1)
    return ((kappa - eta * turned) * cosine - total + vmf_moments(eta, k)[0]).mean()


def vmf_log_prob(z, direction, concentration):
    """log q(z) up to a constant of k; broadcasts, the last axis is summed."""
    kappa = concentration.clamp(max=LARGEST)
    total, _ = vmf_moments(kappa.reshape(-1), direction.shape[-1])
    return kappa[..., 0] * (z * direction).sum(-1) - total.reshape(kappa.shape[:-1])


def vmf_draw(direction, concentration, noise):
    """Algorithm 1 of Davidson et al.: a cosine, a direction across the first axis, and the Householder reflection that takes
    the first axis to the mean direction. noise [N, k + 1]: two for the uniform number exp(-|.|^2 / 2), the others for the
    direction. The cosine is drawn by its inverse distribution function over cells of s = artanh(w), see the README.
    """
    k = direction.shape[1]
    kappa = concentration.clamp(max=LARGEST)
    p = k - 1
    low = -(24 / p + math.log(2))
    step = 1 / (3 * math.sqrt(2 * p))
    cells = math.ceil((-2 * low + max(0, 0.5 * math.log(4 * LARGEST / p))) / step)
    s = low + step * (torch.arange(cells, dtype=direction.dtype) + 0.5)
    mass = torch.softmax(kappa * torch.tanh(s) - p * torch.log(torch.cosh(s)), 1).clamp(min=1e-12)
    left = torch.cumsum(mass, 1) - mass
    uniform = torch.exp(-noise[:, :2].square().sum(1, keepdim=True) / 2)
    drawn = low + step * ((uniform - left) / mass).clamp(0, 1).sum(1, keepdim=True)
    across = F.normalize(noise[:, 2:], dim=1) / torch.cosh(drawn)
    around = torch.cat([torch.tanh(drawn), across], 1)
    first = torch.zeros_like(direction)
    first[:, 0] = 1
    mirror = F.normalize(first - direction, dim=1)
    return around - 2 * mirror * (mirror * around).sum(1, keepdim=True)


def vmf_product(experts):
    """The product of von Mises-Fisher densities: kappa mu add. experts: (direction, concentration, power) each."""
    total = sum(power * concentration * direction for direction, concentration, power in experts)
    length = total.norm(dim=1, keepdim=True)
    return total / length, length
