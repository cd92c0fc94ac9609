"""Any loss as a list of terms: the sum of weighted compress terms minus beta times the sum of weighted keep terms."""

import re

import torch
from torch.distributions import Categorical, Independent, MixtureSameFamily, Normal

import bounds
import laws
from networks import mlp
from pairs import between, label, names

LIKELIHOODS = ("gaussian", "gaussian-learned", "bernoulli", "laplace", "categorical", "poisson")
MWS = {
    "information": bounds.mws_information,
    "total-correlation": bounds.mws_total_correlation,
    "gap": bounds.mws_gap,
    "gap-each": bounds.mws_gap_each,
}


def composed(case, terms):
    """(loss, {name: unweighted value})."""
    values, loss = {}, 0.0
    for term in terms:
        name = term.get("name") or default_name(term)
        if name in values:
            raise ValueError(f"two terms are named {name}: give one a name")
        values[name] = evaluate(case.on(term["rows"]) if "rows" in term else case, term)
        weight = term.get("weight", 1.0)
        if "drawn" in term:  # Counts at the steps at which it is drawn.
            draw, index = term["drawn"]
            weight = weight * case.inputs[f"chosen.{draw}"][index]
        value = towards(case, name, values[name], term) if "target" in term else values[name]
        loss = loss + (weight if term["side"] == "compress" else -case.beta * weight) * value
    return loss, values


def towards(case, name, rate, term):
    """What stands in the loss for a rate: its distance from some nats, at least some nats, or a multiplier times its
    excess. The multiplier climbs where all else descends: it is updated along minus its gradient."""
    mode, nats = term["target"]
    if mode == "floor each":
        code = case.code(term["args"][1])
        against = given(case, term["given"], "gaussian") if "given" in term else case.prior(term["args"][1])
        return bounds.free_bits(code.mean, code.log_variance, nats, *(against or (None, None))[:2])
    if mode == "at":
        return (rate - nats).abs()
    if mode == "floor":
        return rate.clamp(min=nats)
    multiplier = torch.exp(10 * case.parameters[f"multiplier.{re.sub('[^A-Za-z0-9]+', '_', name).strip('_')}.log"])
    descends, climbs = multiplier.detach() * rate, multiplier * (rate.detach() - nats)
    return descends - multiplier.detach() * nats - (climbs - climbs.detach())


def default_name(term):
    """`compress I(X; Zx)`, `keep I(X; Z, Wx)`, `compress TC(Z)`, `compress gap(Z, each)`."""
    args = [", ".join(names(argument)) for argument in term["args"]]
    if term["kind"] == "mws" and term["of"] != "information":
        head = {"total-correlation": "TC({})", "gap": "gap({})", "gap-each": "gap({}, each)"}[term["of"]]
        return f"{term['side']} {head.format(args[-1])}"
    if term["kind"] in ("together", "density-ratio"):
        return f"{term['side']} TC({args[0]})"
    if term["kind"] in ("mmd", "adversary"):
        return f"{term['side']} gap({args[0]})"
    if term["kind"] in ("cross-entropy", "plug-in"):
        return f"{term['side']} H({args[0]})"
    return f"{term['side']} I({'; '.join(args)})"


def evaluate(case, term):
    """The value of one term, in nats."""
    kind = term["kind"]
    if kind == "kl":
        return sum(rate(case, latent) for latent in names(term["args"][1]))
    if kind in ("cross-entropy", "plug-in"):
        return entropy(case, names(term["args"][0])[0], kind)
    if kind == "conditional":
        code = case.code(term["args"][1])
        if code.distribution is not None:
            return other_kl(code.distribution, given(case, term["given"], case.settings["latents"][term["args"][1]]["law"]))
        return bounds.conditional(code.mean, code.log_variance, *given(case, term["given"]))
    if kind == "club":
        code = case.code(term["args"][1])
        chosen = case.inputs[f"permutation.{label(*term['args'])}"] if term.get("product") == "permutation" else None
        return bounds.club(*code[:3], chosen)
    if kind == "l1out":
        return bounds.l1out(*case.code(term["args"][1])[:3])
    if kind == "mws":
        return MWS[term["of"]](*case.code(term["args"][-1])[:3], term["samples"])
    if kind in LIKELIHOODS:
        stream, read = term["args"]
        options = {key: term[key] for key in ("decoder", "scale", "output", "weights") if key in term}
        return case.likelihood(stream, names(read), {**options, "likelihood": kind})
    if kind == "chain":
        return chain(case, term)
    if kind in ("mmd", "adversary"):
        return gap(case, term)
    if kind == "density-ratio":
        return density_ratio(case, term)
    if kind == "together":
        return together(case, names(term["args"][0]), term)
    return between(case, *term["args"], term)


def chain(case, term):
    """Rates of the codes less the log-likelihoods of the streams given codes and what is known: I(Z; W) = I(X; Z) + I(X; W)
    - I(X; Z, W) up to H(X), for codes independent given X (Hwang et al. 2020, "Variational Interaction Information
    Maximization for Cross-domain Disentanglement"), or I(Z; S) up to H(X | S) (Moyer et al. 2018, "Invariant
    Representations without Adversarial Training"). codes, known, streams: lists of names; likelihoods: one for each stream.
    """
    value = sum(rate(case, code) for code in term["codes"])
    for stream, options in zip(term["streams"], term["likelihoods"]):
        value = value - case.likelihood(stream, [*term["codes"], *term.get("known", [])], options)
    return value


def trainable(case, prefix):
    """A critic with one output, as a function of (rows, whether its parameters are trained): [N]."""
    fixed = {name: value.detach() for name, value in case.parameters.items()}
    return lambda x, trained: mlp(case.parameters if trained else fixed, prefix, x)[:, 0]


def gap(case, term):
    (latent,) = names(term["args"][0])
    sample, draw = case.code(latent).sample, case.code(f"{latent}[]").sample
    if term["kind"] == "mmd":
        return bounds.mmd(sample, draw)
    return bounds.adversary(trainable(case, f"critic.{latent}-prior"), sample, draw)


def density_ratio(case, term):
    """Shuffled part by part: the coordinates of one code, or several codes; part i (from 1) by permutation.NAMES/i."""
    latents = names(term["args"][0])
    samples = [case.code(latent).sample for latent in latents]
    parts = samples if len(samples) > 1 else samples[0].split(1, 1)
    prefix = "+".join(latents)
    shuffled = [part[case.inputs[f"permutation.{prefix}/{i + 1}"]] for i, part in enumerate(parts)]
    critic = trainable(case, f"critic.{prefix}-shuffled")
    return bounds.density_ratio(critic, torch.cat(samples, 1), torch.cat(shuffled, 1))


def together(case, latents, term):
    """The critic is the sum over coordinates of the product of all codes, over sqrt(k) and the temperature. For each anchor
    the first of the other codes keeps its order, and each further one is shuffled by permutation.Z1-Z2-Z3/NAME."""
    prefix = "-".join(latents)
    samples = {latent: case.code(latent).sample for latent in latents}
    shuffled = {
        latent: samples[latent][order] for latent in latents
        if (order := case.inputs.get(f"permutation.{prefix}/{latent}")) is not None
    }
    heat = term.get("temperature", 1.0)
    heat = torch.exp(case.parameters[f"critic.{prefix}.logTemperature"]) if heat == "learned" else heat
    scale = samples[latents[0]].shape[1] ** 0.5 * heat
    true = torch.stack(list(samples.values())).prod(0).sum(1) / scale
    scores = []
    for anchor in latents[:1] if term.get("oneWay") else latents:
        first, *rest = [latent for latent in latents if latent != anchor]
        tuples = torch.stack([samples[first], *(shuffled[latent] for latent in rest)]).prod(0)
        scores.append(torch.einsum("ik,jk->ij", samples[anchor], tuples) / scale)
    return bounds.infonce_together(true, scores)


def rate(case, latent):
    """The rate of a latent against its prior; at one sample, log q - log r, where the prior is a mixture or is made from
    a code that is inferred from this one."""
    code = case.code(latent)
    base = latent.split("[")[0]
    found = case.prior(base)
    if code.distribution is not None:
        return other_rate(case, code, base, found)
    if found is None:
        return bounds.kl(code.mean, code.log_variance)
    mean, log_variance, weights = found
    if weights is None and not case.settings["latents"][base].get("below"):
        return bounds.conditional(code.mean, code.log_variance, mean, log_variance)
    own = gaussian(code.mean, code.log_variance).log_prob(code.sample)
    if weights is None:
        return (own - gaussian(mean, log_variance).log_prob(code.sample)).mean()
    prior = MixtureSameFamily(Categorical(logits=weights), gaussian(mean, log_variance))
    return (own - prior.log_prob(code.sample)).mean()


def other_kl(distribution, other=None):
    """KL of two categorical or two von Mises-Fisher distributions."""
    if len(distribution) == 1:
        return laws.categorical_kl(distribution[0], None if other is None else other[0])
    return laws.vmf_kl(*distribution, other)


def other_rate(case, code, base, found):
    """The rate of a categorical or von Mises-Fisher code, as `rate` has it."""
    below = case.settings["latents"][base].get("below")
    mixed = found is not None and len(found) > len(code.distribution)
    if not mixed and not below:
        return other_kl(code.distribution, found)
    log_prob = laws.categorical_log_prob if len(code.distribution) == 1 else laws.vmf_log_prob
    own = log_prob(code.sample, *code.distribution)
    if not mixed:
        return (own - log_prob(code.sample, *found)).mean()
    components = torch.stack(
        [weight + log_prob(code.sample, *(part.expand(len(own), -1) for part in parts)) for *parts, weight in zip(*found)]
    )
    return (own - torch.logsumexp(components, 0)).mean()


def entropy(case, latent, kind):
    """The entropy of a categorical code; a mixture's probabilities are the mean of its components'."""
    probabilities = case.code(latent).mean
    if kind == "plug-in":
        return laws.plug_in(torch.log(probabilities))
    return laws.cross_entropy(torch.log(probabilities), case.prior(latent.split("[")[0])[0])


def gaussian(mean, log_variance):
    return Independent(Normal(mean, torch.exp(log_variance / 2)), 1)


def given(case, q, law="gaussian"):
    """The distribution of Q: another code's, or that of a network of other variables."""
    if isinstance(q, str) and q.startswith("prior "):
        return case.prior(q.removeprefix("prior "))[:2]
    if isinstance(q, str):
        code = case.code(q)
        return code.distribution or (code.mean, code.log_variance)
    return case.read(law, mlp(case.parameters, q["network"], case.values(q["inputs"])))
