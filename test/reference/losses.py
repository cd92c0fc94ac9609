"""The nine losses of "Deep Variational Multivariate Information Bottleneck".

E. Abdelaleem, I. Nemenman, K. M. Martini, arXiv 2310.03311, JMLR 2025.

Each is an explicit sum: what the encoders pay minus beta times what the decoders keep. E(X; Z) is the rate, D(X; Z) the
mean log-likelihood, C(Zx; Zy) a bound between codes. A function takes a Case with the latents of FROM and returns
(loss, terms).
"""

from bounds import kl
from pairs import between


def complete(loss, settings):
    """The settings with what the named loss knows of its latents: their sources, and that DSIB's are noiseless."""
    law = {"law": "deterministic"} if loss == "DSIB" else {}
    given = settings.get("latents", {})
    latents = {name: {**law, **given.get(name, {}), "from": sources} for name, sources in FROM[loss].items()}
    return {**settings, "latents": latents}


def rate(case, latent):
    """E(X; Z): the rate of a latent against the standard normal."""
    code = case.code(latent)
    return kl(code.mean, code.log_variance)


def beta_vae(case):
    """E(X; Z) - b D(X; Z). Higgins et al. 2017, with b = 1 / beta_VAE."""
    e = rate(case, "Z")
    d = case.likelihood("X", ["Z"])
    return e - case.beta * case.weight("X") * d, {"compress I(X; Z)": e, "keep I(X; Z)": d}


def dvib(case):
    """E(X; Z) - b D(Y; Z). Alemi et al. 2017."""
    e = rate(case, "Z")
    d = case.likelihood("Y", ["Z"])
    return e - case.beta * case.weight("Y") * d, {"compress I(X; Z)": e, "keep I(Y; Z)": d}


def beta_dvcca(case):
    """E(X; Z) - b [D(X; Z) + D(Y; Z)]. Wang et al. 2016 at b = 1."""
    e = rate(case, "Z")
    dx = case.likelihood("X", ["Z"])
    dy = case.likelihood("Y", ["Z"])
    loss = e - case.beta * (case.weight("X") * dx + case.weight("Y") * dy)
    return loss, {"compress I(X; Z)": e, "keep I(X; Z)": dx, "keep I(Y; Z)": dy}


def beta_joint_dvcca(case):
    """E(X, Y; Z) - b [D(X; Z) + D(Y; Z)]: Z is inferred from X and Y."""
    e = rate(case, "Z")
    dx = case.likelihood("X", ["Z"])
    dy = case.likelihood("Y", ["Z"])
    loss = e - case.beta * (case.weight("X") * dx + case.weight("Y") * dy)
    return loss, {"compress I(X, Y; Z)": e, "keep I(X; Z)": dx, "keep I(Y; Z)": dy}


def _private(case, shared):
    e, ex, ey = rate(case, "Z"), rate(case, "Wx"), rate(case, "Wy")
    dx = case.likelihood("X", ["Z", "Wx"])
    dy = case.likelihood("Y", ["Z", "Wy"])
    loss = e + ex + ey - case.beta * (case.weight("X") * dx + case.weight("Y") * dy)
    return loss, {
        f"compress I({shared}; Z)": e,
        "compress I(X; Wx)": ex,
        "compress I(Y; Wy)": ey,
        "keep I(X; Z, Wx)": dx,
        "keep I(Y; Z, Wy)": dy,
    }


def beta_dvcca_private(case):
    """E(X; Z) + E(X; Wx) + E(Y; Wy) - b [D(X; Z, Wx) + D(Y; Z, Wy)]. Wang et al. 2016 at b = 1."""
    return _private(case, "X")


def beta_joint_dvcca_private(case):
    """E(X, Y; Z) + E(X; Wx) + E(Y; Wy) - b [D(X; Z, Wx) + D(Y; Z, Wy)]."""
    return _private(case, "X, Y")


def dvsib(case):
    """E(X; Zx) + E(Y; Zy) - b [C(Zx; Zy) + D(X; Zx) + D(Y; Zy)]."""
    ex, ey = rate(case, "Zx"), rate(case, "Zy")
    c = between(case, "Zx", "Zy", case.settings["between"])
    dx = case.likelihood("X", ["Zx"])
    dy = case.likelihood("Y", ["Zy"])
    kept = case.weight("between") * c + case.weight("X") * dx + case.weight("Y") * dy
    return ex + ey - case.beta * kept, {
        "compress I(X; Zx)": ex,
        "compress I(Y; Zy)": ey,
        "keep I(Zx; Zy)": c,
        "keep I(X; Zx)": dx,
        "keep I(Y; Zy)": dy,
    }


def dvsib_private(case):
    """E(X; Zx) + E(Y; Zy) + E(X; Wx) + E(Y; Wy) - b [C(Zx; Zy) + D(X; Zx, Wx) + D(Y; Zy, Wy)]."""
    ex, ey, ewx, ewy = rate(case, "Zx"), rate(case, "Zy"), rate(case, "Wx"), rate(case, "Wy")
    c = between(case, "Zx", "Zy", case.settings["between"])
    dx = case.likelihood("X", ["Zx", "Wx"])
    dy = case.likelihood("Y", ["Zy", "Wy"])
    kept = case.weight("between") * c + case.weight("X") * dx + case.weight("Y") * dy
    return ex + ey + ewx + ewy - case.beta * kept, {
        "compress I(X; Zx)": ex,
        "compress I(Y; Zy)": ey,
        "compress I(X; Wx)": ewx,
        "compress I(Y; Wy)": ewy,
        "keep I(Zx; Zy)": c,
        "keep I(X; Zx, Wx)": dx,
        "keep I(Y; Zy, Wy)": dy,
    }


def dsib(case):
    """- b [C(Zx; Zy) + D(X; Zx) + D(Y; Zy)]: DVSIB with noiseless encoders, whose width is the only bottleneck."""
    c = between(case, "Zx", "Zy", case.settings["between"])
    dx = case.likelihood("X", ["Zx"])
    dy = case.likelihood("Y", ["Zy"])
    kept = case.weight("between") * c + case.weight("X") * dx + case.weight("Y") * dy
    return -case.beta * kept, {"keep I(Zx; Zy)": c, "keep I(X; Zx)": dx, "keep I(Y; Zy)": dy}


LOSSES = {
    "beta-VAE": beta_vae,
    "DVIB": dvib,
    "beta-DVCCA": beta_dvcca,
    "beta-joint-DVCCA": beta_joint_dvcca,
    "beta-DVCCA-private": beta_dvcca_private,
    "beta-joint-DVCCA-private": beta_joint_dvcca_private,
    "DVSIB": dvsib,
    "DVSIB-private": dvsib_private,
    "DSIB": dsib,
}

_X, _Y, _BOTH = ["X"], ["Y"], ["X", "Y"]

#: What each loss infers its latents from.
FROM = {
    "beta-VAE": {"Z": _X},
    "DVIB": {"Z": _X},
    "beta-DVCCA": {"Z": _X},
    "beta-joint-DVCCA": {"Z": _BOTH},
    "beta-DVCCA-private": {"Z": _X, "Wx": _X, "Wy": _Y},
    "beta-joint-DVCCA-private": {"Z": _BOTH, "Wx": _X, "Wy": _Y},
    "DVSIB": {"Zx": _X, "Zy": _Y},
    "DVSIB-private": {"Zx": _X, "Zy": _Y, "Wx": _X, "Wy": _Y},
    "DSIB": {"Zx": _X, "Zy": _Y},
}
