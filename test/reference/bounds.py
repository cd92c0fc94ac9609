"""Every bound as a plain function, from its paper. Values in nats.

Rates and likelihoods are summed over dimensions and averaged over the batch. N is the batch size, k the width of a code.
`scores[i, j]` is the critic T(u_i, v_j): rows the first argument, columns the second. `joint[i]` is T of the i-th true pair,
`product` holds T at pairs drawn from the product of the marginals.
"""

import math

import torch
import torch.nn.functional as F
from torch.distributions import Bernoulli, Categorical, Laplace, Normal, Poisson, kl_divergence


def _normal(mean, log_variance):
    return Normal(mean, torch.exp(0.5 * log_variance))


def log_mean_exp(values, dim):
    """log of the mean of exp(values) along dim."""
    return torch.logsumexp(values, dim) - math.log(values.shape[dim])


def off_diagonal(scores):
    """The [N, N - 1] scores of the pairs i != j, row by row."""
    n = scores.shape[0]
    return scores[~torch.eye(n, dtype=torch.bool)].reshape(n, n - 1)


# Rates: upper bounds, for the compress side.


def kl(mean, log_variance):
    """Upper bound on I(X; Z): mean KL(q(z | x), N(0, I)). Kingma and Welling 2014; Alemi et al. 2017.

    mean, log_variance: [N, k]. The gap is KL(q(z), N(0, I)).
    """
    prior = Normal(torch.zeros_like(mean), torch.ones_like(mean))
    return kl_divergence(_normal(mean, log_variance), prior).sum(1).mean()


def conditional(mean, log_variance, given_mean, given_log_variance):
    """Upper bound on I(A; Z | B): mean KL(q(z | a), Q(z | b)). Fischer 2020, "The Conditional Entropy Bottleneck";
    Federici et al. 2020, "Learning Robust Representations via Multi-View Information Bottleneck". All [N, k] (or [k]).
    """
    return kl_divergence(_normal(mean, log_variance), _normal(given_mean, given_log_variance)).sum(1).mean()


def free_bits(mean, log_variance, nats, given_mean=None, given_log_variance=None):
    """Sum over coordinates of max(nats, mean over the batch of the coordinate's KL). Kingma et al. 2016, "Improving
    Variational Inference with Inverse Autoregressive Flow", equation 15 and appendix C.8, a group being a coordinate.
    """
    zero = torch.zeros_like(mean)
    other = _normal(zero if given_mean is None else given_mean, zero if given_log_variance is None else given_log_variance)
    total = 0.0
    for coordinate in kl_divergence(_normal(mean, log_variance), other).unbind(1):
        total = total + torch.maximum(coordinate.mean(), torch.tensor(nats, dtype=mean.dtype))
    return total


def club(mean, log_variance, sample, permutation=None):
    """Upper bound on I(X; Z) with the encoder's own q: mean log q(z_i | x_i) - mean log q(z_j | x_i).

    Cheng et al. 2020, "CLUB": over all N^2 pairs; with a permutation [N], over the pairs (x_i, z_permutation[i]) (vCLUB-S).
    """
    q = _normal(mean, log_variance)
    joint = q.log_prob(sample).sum(1).mean()
    if permutation is not None:
        return joint - q.log_prob(sample[permutation]).sum(1).mean()
    return joint - _log_q_matrix(mean, log_variance, sample).sum(2).mean()


def l1out(mean, log_variance, sample):
    """Upper bound on I(X; Z), leave one out: mean of log q(z_i | x_i) - log mean over j != i of q(z_i | x_j).
    Poole et al. 2019, "On Variational Bounds of Mutual Information".
    """
    log_q = _log_q_matrix(mean, log_variance, sample).sum(2)  # [j, i]: log q(z_i | x_j)
    return (log_q.diagonal() - log_mean_exp(off_diagonal(log_q.T), 1)).mean()


def _log_q_matrix(mean, log_variance, sample):
    """[N, N, k]: log q of coordinate c of z_i given x_j, at [j, i, c]."""
    return _normal(mean[:, None, :], log_variance[:, None, :]).log_prob(sample[None, :, :])


# Minibatch-weighted sampling: estimates with no side. Chen et al. 2018, "Isolating Sources of Disentanglement in VAEs":
# log q(z_i) is estimated by log of 1 / (N * samples) times the sum over the batch of q(z_i | x_j).


def _mws_log_marginals(mean, log_variance, sample, samples):
    """log q(z_i) [N] and log q(z_ic) of each coordinate [N, k]."""
    log_q = _log_q_matrix(mean, log_variance, sample)
    norm = math.log(mean.shape[0] * samples)
    return torch.logsumexp(log_q.sum(2), 0) - norm, torch.logsumexp(log_q, 0) - norm


def mws_information(mean, log_variance, sample, samples):
    """Estimate of I(X; Z): mean log q(z | x) - log q(z). samples: the size of the data set."""
    whole, _ = _mws_log_marginals(mean, log_variance, sample, samples)
    return (_normal(mean, log_variance).log_prob(sample).sum(1) - whole).mean()


def mws_total_correlation(mean, log_variance, sample, samples):
    """Estimate of TC(Z) = KL(q(z), product of q(z_c)) over the coordinates."""
    whole, each = _mws_log_marginals(mean, log_variance, sample, samples)
    return (whole - each.sum(1)).mean()


def mws_gap(mean, log_variance, sample, samples):
    """Estimate of gap(Z) = KL(q(z), N(0, I))."""
    whole, _ = _mws_log_marginals(mean, log_variance, sample, samples)
    return (whole - Normal(0.0, 1.0).log_prob(sample).sum(1)).mean()


def mws_gap_each(mean, log_variance, sample, samples):
    """Estimate of gap(Z, each) = the sum over coordinates of KL(q(z_c), N(0, 1))."""
    _, each = _mws_log_marginals(mean, log_variance, sample, samples)
    return (each - Normal(0.0, 1.0).log_prob(sample)).sum(1).mean()


# Measures of the gap between codes and prior, and a trained estimate of the total correlation.


def mmd(sample, draw):
    """Unbiased squared maximum mean discrepancy between codes and draws of the prior, [N, k] each, with the kernel
    C / (C + |x - y|^2), C = 2 k. Gretton et al. 2012, lemma 6; Tolstikhin et al. 2018, "Wasserstein Auto-Encoders".
    """
    n, k = sample.shape

    def kernel(x, y):
        return 2 * k / (2 * k + (x[:, None, :] - y[None, :, :]).square().sum(2))

    within = sum(off_diagonal(kernel(z, z)).sum() / (n * (n - 1)) for z in (sample, draw))
    return within - 2 * kernel(sample, draw).mean()


def adversary(critic, sample, draw):
    """2 log 2 less the logistic loss of a critic that tells codes (1) from draws (0). The gradient for the codes (and a
    learned prior) is that of this value; for the critic, which maximises it, the opposite. Makhzani et al. 2015.

    critic: a function of (rows, trained), trained saying whether its parameters are.
    """

    def value(codes, draws, trained):
        loss = F.softplus(critic(codes, trained)).mean() + F.softplus(-critic(draws, trained)).mean()
        return 2 * math.log(2) - loss

    fooled = value(sample, draw, False)
    told = value(sample.detach(), draw.detach(), True)
    return fooled - told + told.detach()


def density_ratio(critic, codes, shuffled):
    """Mean log-odds of a critic that codes are whole, [N, k], rather than shuffled. The gradient for the codes is that of
    the value; for the critic, that of its logistic loss. Kim and Mnih 2018, "Disentangling by Factorising".
    """
    loss = F.softplus(-critic(codes.detach(), True)).mean() + F.softplus(critic(shuffled.detach(), True)).mean()
    return critic(codes, False).mean() + loss - loss.detach()


# Likelihoods: mean log p(x | z), a lower bound on I(X; Z) - H(X). Barber and Agakov 2003, "The IM Algorithm".
# The value is the batch mean of the log-density summed over dimensions, normalising constants included.


def gaussian(output, target, scale=1.0):
    """Normal with the output as mean and standard deviation scale: each dimension contributes
    -(x - output)^2 / (2 scale^2) - log scale - 1/2 log 2 pi. Both [N, D].
    """
    return Normal(output, scale).log_prob(target).sum(1).mean()


def gaussian_learned(output, target, log_variance):
    """Normal with one learned log-variance (shape []) for the whole stream. Both [N, D]."""
    return Normal(output, torch.exp(0.5 * log_variance)).log_prob(target).sum(1).mean()


def bernoulli(output, target):
    """Bernoulli with the output as logits, both [N, D]. A target inside (0, 1) gives minus the cross-entropy."""
    return Bernoulli(logits=output, validate_args=False).log_prob(target).sum(1).mean()


def laplace(output, target):
    """Laplace of unit scale: -|x - output| - log 2 a dimension. Both [N, D]."""
    return Laplace(output, 1.0).log_prob(target).sum(1).mean()


def categorical(output, target):
    """Categorical over the output's logits [N, classes], target [N] integers."""
    return Categorical(logits=output).log_prob(target).mean()


def weighted_categorical(output, target, weights, shares):
    """The same with weights of the classes, whose mean over the data is 1: labels as if class l had the share w_l f_l.

    weights: [classes], or "balanced" for N / (K n_l) (King and Zeng 2001, "Logistic Regression in Rare Events Data", with
    equal shares as the population). shares: [classes], those of the data. output [N, classes], target [N] integers.
    """
    weights = 1 / shares if weights == "balanced" else torch.as_tensor(weights, dtype=output.dtype)
    weights = weights / torch.dot(weights, shares)
    return -torch.nn.functional.cross_entropy(output, target.long(), weight=weights, reduction="sum") / len(target)


def words(output, target):
    """Mean log-probability of the words of each text, each drawn by itself from the softmax of output [N, V].

    target: [N, L] word numbers, V where no word stands.
    """
    log_p = Categorical(logits=output).logits
    nothing = torch.zeros_like(log_p[:, :1])
    return torch.cat([log_p, nothing], 1).gather(1, target).sum(1).mean()


def poisson(output, target):
    """Poisson with the output as log-rates: x * output - exp(output) - log x! a dimension. Both [N, D]."""
    return Poisson(torch.exp(output)).log_prob(target).sum(1).mean()


# Lower bounds between two codes, from critic scores.


def infonce(scores, one_way=False):
    """Mean over i of T(i, i) - log mean over all j of exp T(i, j), and the mean of both directions unless one_way.
    Van den Oord et al. 2018; Poole et al. 2019 (the mean includes j = i, so the value is at most log N). scores [N, N].
    """
    forward = (scores.diagonal() - log_mean_exp(scores, 1)).mean()
    if one_way:
        return forward
    backward = (scores.diagonal() - log_mean_exp(scores, 0)).mean()
    return 0.5 * (forward + backward)


def infonce_together(true, scores):
    """Lower bound on the total correlation of several codes: the mean over the codes of InfoNCE with that code as anchor.
    Saporta et al. 2024, "Symile". true [N]: the score of each true tuple; scores: for each anchor [N, N], its row i with
    the j-th tuple of the others, shuffled; the diagonal is not used, the true tuple stands there.
    """
    values = []
    for matrix in scores:
        matrix = matrix - torch.diag(matrix.diagonal()) + torch.diag(true)
        values.append((true - log_mean_exp(matrix, 1)).mean())
    return torch.stack(values).mean()


def mine(joint, product):
    """Donsker-Varadhan: mean T(joint) - log mean exp T(product). Belghazi et al. 2018, "MINE"."""
    return joint.mean() - log_mean_exp(product.flatten(), 0)


def nwj(joint, product):
    """Mean T(joint) - mean exp(T(product) - 1). Nguyen, Wainwright, Jordan 2010; Poole et al. 2019."""
    return joint.mean() - torch.exp(product - 1).mean()


def flo(baseline, joint, product):
    """1 - mean of u(x, y) + mean over y' of exp(-u(x, y) + g(x, y') - g(x, y)). Guo et al. 2022, "Tight Mutual Information
    Estimation with Contrastive Fenchel-Legendre Optimization". baseline u and joint g: [N]; product g(x_i, y'): [N, M].
    """
    contrast = torch.exp(-baseline[:, None] + product - joint[:, None]).mean(1)
    return 1 - (baseline + contrast).mean()


# Not bounds.


def smile(joint, product, clip):
    """Mean T(joint) - log mean of clip(exp T(product), e^-clip, e^clip). Song and Ermon 2020 (not a bound once clipped).
    Its gradient is that of the Jensen-Shannon objective, as in their code, where the clipped value is added without gradient.
    """
    value = joint.mean() - log_mean_exp(product.flatten().clamp(-clip, clip), 0)
    objective = js(joint, product)
    return objective + (value - objective).detach()


def js(joint, product):
    """Mean of -softplus(-T(joint)) minus mean softplus(T(product)). Hjelm et al. 2019, "Deep InfoMax".
    A training signal: -2 log 2 at chance, never information.
    """
    return -F.softplus(-joint).mean() - F.softplus(product).mean()


def _whitened_cross_covariance(first, second):
    """C = Sxx^-1/2 Sxy Syy^-1/2 up to rotations, which change neither its singular values nor det(1 - C C^T)."""
    x, y = first - first.mean(0), second - second.mean(0)
    n = x.shape[0]
    lx = torch.linalg.cholesky(x.T @ x / n)
    ly = torch.linalg.cholesky(y.T @ y / n)
    left = torch.linalg.solve_triangular(lx, x.T @ y / n, upper=False)
    return torch.linalg.solve_triangular(ly, left.T, upper=False).T


def canonical(first, second):
    """-1/2 log det(1 - C C^T), C the whitened cross-covariance of the batch: the information of jointly Gaussian codes.
    Cover and Thomas; Kay 1992. first [N, kx], second [N, ky], N > kx + ky.
    """
    c = _whitened_cross_covariance(first, second)
    return -0.5 * torch.logdet(torch.eye(c.shape[0], dtype=c.dtype) - c @ c.T)


def cca(first, second):
    """The sum of canonical correlations. Hotelling 1936; Andrew et al. 2013, "Deep CCA" (no ridge)."""
    return torch.linalg.svdvals(_whitened_cross_covariance(first, second)).sum()


def barlow(first, second, off_diagonal_weight=0.005):
    """Minus the Barlow Twins loss: sum (1 - C_ii)^2 + weight * sum over i != j of C_ij^2, C the cross-correlation over the
    batch. Zbontar et al. 2021. Both [N, k].
    """
    x, y = first - first.mean(0), second - second.mean(0)
    c = (x.T @ y) / (x.norm(dim=0)[:, None] * y.norm(dim=0)[None, :])
    return -((1 - c.diagonal()).square().sum() + off_diagonal_weight * off_diagonal(c).square().sum())


def vicreg(first, second, invariance=25.0, variance=25.0, covariance=1.0):
    """Minus the VICReg loss. Bardes, Ponce, LeCun 2022: invariance 1/N sum ||z_i - z'_i||^2; variance
    1/k sum max(0, 1 - sqrt(Var + 1e-4)); covariance 1/k sum over i != j of Cov_ij^2; Var and Cov over N - 1. Both [N, k].
    """
    n, k = first.shape

    def spread(z):
        return F.relu(1 - torch.sqrt(z.var(0, unbiased=True) + 1e-4)).mean()

    def correlation(z):
        centred = z - z.mean(0)
        return off_diagonal(centred.T @ centred / (n - 1)).square().sum() / k

    distance = (first - second).square().sum(1).mean()
    return -(
        invariance * distance
        + variance * (spread(first) + spread(second))
        + covariance * (correlation(first) + correlation(second))
    )


def siglip(scores, bias):
    """Minus the pairwise logistic loss: 1/N sum over i, j of log sigmoid(s_ij (T(i, j) + bias)), s = 1 on the diagonal,
    else -1. Zhai et al. 2023, "Sigmoid Loss for Language Image Pre-Training". scores [N, N], already over the temperature.
    """
    n = scores.shape[0]
    signs = 2 * torch.eye(n, dtype=scores.dtype) - 1
    return F.logsigmoid(signs * (scores + bias)).sum() / n
