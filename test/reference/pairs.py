"""Estimates of the information between two things, each a latent, a stream or a list: a critic, a bound on its scores."""

import bounds
import critics
from networks import mlp


def names(argument):
    """A name or a list of names, as a list."""
    return [argument] if isinstance(argument, str) else list(argument)


def label(a, b):
    """The name of a pair in parameters and permutations: `Zx-Zy`, lists joined by +."""
    return "+".join(names(a)) + "-" + "+".join(names(b))


def between(case, a, b, options):
    """The value of the bound options["kind"] for I(a; b)."""
    kind = options["kind"]
    u, v = case.values(names(a)), case.values(names(b))
    if kind == "canonical":
        return bounds.canonical(u, v)
    if kind == "cca":
        return bounds.cca(u, v)
    if kind == "barlow":
        return bounds.barlow(u, v, options.get("offDiagonal", 0.005))
    if kind == "vicreg":
        weights = {name: options[name] for name in ("invariance", "variance", "covariance") if name in options}
        return bounds.vicreg(u, v, **weights)

    chosen = options.get("critic", {})
    network = chosen.get("network", f"critic.{label(a, b)}")
    critic = (
        case.parameters,
        network,
        chosen.get("kind", "concat" if kind == "mine" else "dot"),
        chosen.get("temperature", 1.0),
    )
    if kind == "infonce":
        return bounds.infonce(critics.matrix(*critic, u, v), options.get("oneWay", False))
    if kind == "siglip":
        return bounds.siglip(critics.matrix(*critic, u, v), case.parameters[f"{network}.bias"])

    product_of = options.get("product", "permutation" if kind == "mine" else "off-diagonal")
    if product_of == "permutation":
        joint = critics.rows(*critic, u, v)
        product = critics.rows(*critic, u, v[case.inputs[f"permutation.{label(a, b)}"]])[:, None]
    else:
        scores = critics.matrix(*critic, u, v)
        joint, product = scores.diagonal(), bounds.off_diagonal(scores)
    if kind == "mine":
        return bounds.mine(joint, product)
    if kind == "nwj":
        return bounds.nwj(joint, product)
    if kind == "js":
        return bounds.js(joint, product)
    if kind == "smile":
        return bounds.smile(joint, product, options["clip"])
    if kind == "flo":
        baseline = critics.rows(case.parameters, f"baseline.{label(a, b)}", "concat", 1.0, u, v)
        return bounds.flo(baseline, joint, product)
    raise ValueError(f"no bound between codes named {kind}")
