"""Any loss as a list of terms: the sum of weighted compress terms minus beta times the sum of weighted keep terms."""

import bounds
from networks import mlp, split
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
        values[name] = evaluate(case, term)
        weight = term.get("weight", 1.0)
        loss = loss + (weight if term["side"] == "compress" else -case.beta * weight) * values[name]
    return loss, values


def default_name(term):
    """`compress I(X; Zx)`, `keep I(X; Z, Wx)`, `compress TC(Z)`, `compress gap(Z, each)`."""
    args = [", ".join(names(argument)) for argument in term["args"]]
    if term["kind"] == "mws" and term["of"] != "information":
        head = {"total-correlation": "TC({})", "gap": "gap({})", "gap-each": "gap({}, each)"}[term["of"]]
        return f"{term['side']} {head.format(args[-1])}"
    return f"{term['side']} I({'; '.join(args)})"


def evaluate(case, term):
    """The value of one term, in nats."""
    kind = term["kind"]
    if kind == "kl":
        return sum(rate(case, latent) for latent in names(term["args"][1]))
    if kind == "conditional":
        code = case.code(term["args"][1])
        return bounds.conditional(code.mean, code.log_variance, *given(case, term["given"]))
    if kind == "club":
        code = case.code(term["args"][1])
        chosen = case.inputs[f"permutation.{label(*term['args'])}"] if term.get("product") == "permutation" else None
        return bounds.club(*code, chosen)
    if kind == "l1out":
        return bounds.l1out(*case.code(term["args"][1]))
    if kind == "mws":
        return MWS[term["of"]](*case.code(term["args"][-1]), term["samples"])
    if kind in LIKELIHOODS:
        stream, read = term["args"]
        options = {key: term[key] for key in ("decoder", "scale", "output") if key in term}
        return case.likelihood(stream, names(read), {**options, "likelihood": kind})
    return between(case, *term["args"], term)


def rate(case, latent):
    """The rate of a latent against its prior: standard, or a learned gaussian."""
    code = case.code(latent)
    base = latent.split("[")[0]
    if case.settings["latents"][base].get("prior", "standard") == "standard":
        return bounds.kl(code.mean, code.log_variance)
    prior = case.parameters[f"prior.{base}.mean"], case.parameters[f"prior.{base}.logVariance"]
    return bounds.conditional(code.mean, code.log_variance, *prior)


def given(case, q):
    """The mean and log-variance of Q: another code's, or those of a network of other variables."""
    if isinstance(q, str):
        code = case.code(q)
        return code.mean, code.log_variance
    return split(mlp(case.parameters, q["network"], case.values(q["inputs"])))
