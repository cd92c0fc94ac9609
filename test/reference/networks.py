"""Networks, codes and decoders over a dict of named parameters. No modules: every step is written out."""

import itertools
import math
import re
from collections import namedtuple

import torch
import torch.nn.functional as F

import bounds
import laws

#: mean [N, k]; log_variance [N, k], or None for a code that is no gaussian; sample [N, k]; of a categorical or vmf code its
#: distribution as laws.py has it.
Code = namedtuple("Code", "mean log_variance sample distribution", defaults=(None,))

DEFAULT_LIKELIHOOD = {
    "vector": "gaussian", "image": "gaussian", "label": "categorical", "counts": "poisson", "text": "categorical"
}
SQUASHED = ("gaussian", "gaussian-learned", "laplace")


def layers_of(parameters, prefix):
    """The numbers of the layers of a network that have weights, in order."""
    pattern = re.compile(re.escape(prefix) + r"\.(\d+)\.weight")
    layers = sorted(int(found[1]) for name in parameters if (found := pattern.fullmatch(name)))
    if not layers:
        raise ValueError(f"no parameters named {prefix}.0.weight, ...")
    return layers


def mlp(parameters, prefix, x, first=0):
    """Linear, ReLU, ..., Linear with the weights prefix.0, prefix.2, ..., from layer `first` on. x: [N, in] -> [N, out]."""
    layers = [layer for layer in layers_of(parameters, prefix) if layer >= first]
    for layer in layers:
        x = F.linear(x, parameters[f"{prefix}.{layer}.weight"], parameters[f"{prefix}.{layer}.bias"])
        if layer != layers[-1]:
            x = torch.relu(x)
    return x


def bag(parameters, prefix, words, vocabulary):
    """The mean of the vectors of the words that stand there, then a perceptron. Iyyer et al. 2015. words: [N, L] numbers,
    `vocabulary` where none stands."""
    present = words < vocabulary
    vectors = F.embedding(words, parameters[f"{prefix}.0.weight"]) * present[:, :, None]
    return mlp(parameters, prefix, vectors.sum(1) / present.sum(1).clamp(min=1)[:, None], first=1)


def convolutions(parameters, prefix, x, network):
    """Convolutions with ReLU after each, then linear layers. x: rows that flatten `picture` [channels, height, width];
    `layers`: stride and padding of each convolution, by height and width."""
    x = x.reshape(-1, *network["picture"])
    *convolved, last = layers_of(parameters, prefix)
    for layer, given in zip(convolved, network["layers"], strict=True):
        weight, bias = parameters[f"{prefix}.{layer}.weight"], parameters[f"{prefix}.{layer}.bias"]
        x = torch.relu(F.conv2d(x, weight, bias, stride=given["stride"], padding=given["padding"]))
    return F.linear(x.flatten(1), parameters[f"{prefix}.{last}.weight"], parameters[f"{prefix}.{last}.bias"])


def transposed_convolutions(parameters, prefix, x, network):
    """A linear layer to `picture` [channels, height, width], then transposed convolutions, with ReLU between all.
    `layers`: stride, padding and output_padding of each."""
    first, *transposed = layers_of(parameters, prefix)
    x = F.linear(x, parameters[f"{prefix}.{first}.weight"], parameters[f"{prefix}.{first}.bias"])
    x = x.reshape(-1, *network["picture"])
    for layer, given in zip(transposed, network["layers"], strict=True):
        weight, bias = parameters[f"{prefix}.{layer}.weight"], parameters[f"{prefix}.{layer}.bias"]
        x = F.conv_transpose2d(torch.relu(x), weight, bias, **given)
    return x.flatten(1)


def split(output):
    """The first half of the last layer is the mean, the second the log-variance."""
    return torch.chunk(output, 2, dim=1)


def product_of_experts(experts, prior, there):
    """The product of gaussians: precisions add, means are weighted by them. Hinton 2002; Wu and Goodman 2018, section 2.2.

    prior: (mean, log-variance) of one more expert, which every row has, or None without it.

    there: for each expert 1 on the rows that have its input, else 0, [N, 1], or None where all do: a missing one is left
    out of the product (section 2.2 as well). A product of none is the standard normal.
    """
    precisions = [torch.exp(-log_variance) for _, log_variance in experts]
    precisions = [p if column is None else p.masked_fill(column == 0, 0) for p, column in zip(precisions, there)]
    if prior is not None:
        experts, precisions = [*experts, prior], [*precisions, torch.exp(-prior[1])]
    precision = sum(precisions)
    precision = torch.where(precision == 0, torch.ones_like(precision), precision)
    mean = sum(mean * p for (mean, _), p in zip(experts, precisions)) / precision
    return mean, -torch.log(precision)


def frozen(name, settings):
    """Whether a parameter is of an encoder, or of the power of an expert, of a latent that is not trained."""
    owner = re.match(r"(?:encoder|fusion)\.(\w+)", name)
    return owner is not None and settings.get("latents", {}).get(owner[1], {}).get("frozen", False)


class Case:
    """One batch under one loss: named parameters, inputs, and what the settings say of streams and latents."""

    def __init__(self, parameters, inputs, settings):
        self.parameters = {name: weight.detach() if frozen(name, settings) else weight for name, weight in parameters.items()}
        self.inputs = inputs
        self.settings = settings
        self.beta = settings.get("beta", 1.0)
        self._codes = {}

    def weight(self, name):
        """The multiplier of a kept term, inside beta."""
        return self.settings.get("weights", {}).get(name, 1.0)

    def stream(self, name):
        """What a network reads of a stream: [N, D], labels as one-hot."""
        x = self.inputs[name]
        settings = self.settings["streams"][name]
        if settings["kind"] == "label":
            dtype = next(iter(self.parameters.values())).dtype
            return F.one_hot(x, settings["shape"][0]).to(dtype)
        if settings["kind"] == "text":  # How often each word stands in each row.
            words = range(settings["shape"][1])
            return torch.stack([(x == word).sum(1) for word in words], 1).to(next(iter(self.parameters.values())).dtype)
        return x.reshape(x.shape[0], -1)

    def present(self, name):
        """1 on the rows that have a stream or a code, [N, 1]; None where all have it."""
        if name in self.settings["streams"]:
            return self.inputs.get(f"present.{name}")
        latent = self.settings["latents"][name]
        columns = [self.present(source) for source in latent["from"]]
        there = None if any(column is None for column in columns) else torch.cat(columns, 1).amax(1, keepdim=True)
        for given in map(self.present, latent.get("given", [])):
            there = given if there is None else there if given is None else there * given
        return there

    def on(self, clauses):
        """The rows on which, of each of several lists of streams, one at least is there."""
        kept = torch.stack([torch.cat([self.present(name) for name in names], 1).amax(1) for names in clauses]).amin(0)
        return Rows(self, torch.nonzero(kept)[:, 0])

    def value(self, name):
        """The rows [N, D] of a stream, or the sample of a latent."""
        return self.stream(name) if name in self.settings.get("streams", {}) else self.code(name).sample

    def values(self, names):
        """The rows of several names side by side, in the order written."""
        return torch.cat([self.value(name) for name in names], 1)

    def network(self, prefix, names, there=None):
        """The network with these parameters on the values named: a perceptron, unless `networks` says otherwise.

        there: by name the rows that have it; one perceptron on several reads zeros for what a row lacks, and columns that say so.
        """
        network = self.settings.get("networks", {}).get(prefix, {"kind": "mlp"})
        if network["kind"] == "bag":
            (text,) = names
            return bag(self.parameters, prefix, self.inputs[text], self.settings["streams"][text]["shape"][1])
        if network["kind"] == "convolutions":
            return convolutions(self.parameters, prefix, self.values(names), network)
        if network["kind"] == "transposed":
            return transposed_convolutions(self.parameters, prefix, self.values(names), network)
        if not there or len(there) == 1:
            return mlp(self.parameters, prefix, self.values(names))
        columns = {name: column for name, column in there.items() if column is not None}
        read = [self.value(name) * columns[name] if name in columns else self.value(name) for name in there]
        given = [self.value(name) for name in names if name not in there]
        return mlp(self.parameters, prefix, torch.cat([*read, *columns.values(), *given], 1))

    def code(self, name):
        """The code of a latent, of its subset `Z[X]`, or of a draw from the prior `Z[]`: one sample, shared by all terms."""
        if name not in self._codes:
            latent, chosen = re.fullmatch(r"([^\[\]]+)(?:\[(.*)\])?", name).groups()
            settings = self.settings["latents"][latent]
            if chosen == "":
                noise = self.inputs[f"noise.{name}"]
                self._codes[name] = self.prior_draw(name, latent, noise)
                return self._codes[name]
            sources = settings["from"] if chosen is None else [part.strip() for part in chosen.split(",")]
            mixed = {"moe": len(sources) > 1, "mopoe": chosen is None}.get(settings.get("fusion"), False)
            if mixed:
                self._codes[name] = self.mixture(name, latent, sources, settings)
            else:
                whole = chosen is not None and sources == settings["from"] and settings.get("fusion") != "mopoe"
                self._codes[name] = self.code(latent) if whole else self.encode(name, latent, sources, settings)
        return self._codes[name]

    def prior(self, latent):
        """Mean and log-variance of the prior, and the log-weights of a mixture's components; None for the standard normal."""
        settings = self.settings["latents"][latent]
        kind = settings.get("prior", "standard")
        if kind == "standard":
            return None
        if settings.get("law") in ("categorical", "vmf"):
            return self.other_prior(latent, settings, kind)
        if kind == "learned":
            return self.parameters[f"prior.{latent}.mean"], self.parameters[f"prior.{latent}.logVariance"], None
        if kind == "mixture":
            weights = torch.log_softmax(self.parameters[f"prior.{latent}.logits"], 0)
            return self.parameters[f"prior.{latent}.mean"], self.parameters[f"prior.{latent}.logVariance"], weights
        if kind == "vamp":
            # Tomczak and Welling 2018, equation 9: r(z) = mean over k of q(z | u_k).
            inputs = {source: self.pseudo(latent, source) for source in settings["from"]}
            there = {f"present.{source}": torch.ones(len(inputs[source]), 1) for source in settings["from"] if self.present(source) is not None}
            clone = Case(self.parameters, there, self.settings)
            clone.stream = lambda source: inputs[source]
            mixed = settings.get("fusion") == "moe"
            names = [f"{latent}[{source}]" for source in settings["from"]] if mixed else [latent]
            codes = [clone.code(name) for name in names]
            means, spreads = torch.cat([code.mean for code in codes]), torch.cat([code.log_variance for code in codes])
            return means, spreads, torch.full((len(means),), -math.log(len(means)), dtype=means.dtype)
        output = mlp(self.parameters, f"prior.{latent}", self.values(kind["from"]))
        return *split(output), None

    def other_prior(self, latent, settings, kind):
        """A categorical prior as (logits,), a von Mises-Fisher one as (direction, concentration); of a mixture the
        distribution of each component, with log-weights at the end."""
        own = f"prior.{latent}"
        if settings["law"] == "categorical" and kind == "learned":
            return (self.parameters[f"{own}.logits"],)
        if kind in ("learned", "mixture"):
            direction = F.normalize(self.parameters[f"{own}.direction"], dim=-1)
            concentration = F.softplus(self.parameters[f"{own}.concentration"])
            weights = torch.log_softmax(self.parameters[f"{own}.logits"], 0) if kind == "mixture" else None
            return (direction, concentration) if weights is None else (direction, concentration, weights)
        if kind == "vamp":
            inputs = {source: self.pseudo(latent, source) for source in settings["from"]}
            clone = Case(self.parameters, {}, self.settings)
            clone.stream = lambda source: inputs[source]
            code = clone.code(latent)
            if settings["law"] == "categorical":  # A mixture of categorical distributions is one of them.
                return (torch.log(code.mean.mean(0)),)
            count = len(code.mean)
            return (*code.distribution, torch.full((count,), -math.log(count), dtype=code.mean.dtype))
        return self.read(settings["law"], mlp(self.parameters, own, self.values(kind["from"])))

    def read(self, law, output):
        """The distribution that an encoder's output stands for."""
        if law == "gaussian":
            return split(output)
        if law == "categorical":
            return (output,)
        return F.normalize(output[:, :-1], dim=1), F.softplus(output[:, -1:])

    def pseudo(self, latent, source):
        """Learned inputs where the stream's values lie: pictures within 0 and 1, classes as probabilities."""
        free = self.parameters[f"pseudo.{latent}-{source}.inputs"]
        kind = self.settings["streams"][source]["kind"]
        return {"image": torch.sigmoid, "label": lambda x: x.softmax(1), "counts": F.softplus}.get(kind, lambda x: x)(free)

    def prior_draw(self, name, latent, noise):
        found = self.prior(latent)
        law = self.settings["latents"][latent].get("law", "gaussian")
        if law == "categorical":
            (logits,) = found or (torch.zeros(noise.shape[1] // 2, dtype=noise.dtype),)
            logits = logits.expand(len(noise), -1)
            return Code(torch.softmax(logits, 1), None, laws.categorical_draw(logits, noise))
        if law in ("vmf", "sphere") and found is None:
            return Code(None, None, F.normalize(noise, dim=1))
        if law == "vmf":
            direction, concentration = found[:2]
            chosen = self.component(name, found[2]) if len(found) == 3 else None
            pick = (lambda x: x.expand(len(noise), -1)) if chosen is None else (lambda x: chosen @ x)
            return Code(None, None, laws.vmf_draw(pick(direction), pick(concentration), noise))
        if found is None:
            return Code(torch.zeros_like(noise), torch.zeros_like(noise), noise)
        mean, log_variance, weights = found
        if weights is not None:
            chosen = self.component(name, weights)
            mean, log_variance = chosen @ mean, chosen @ log_variance
        return Code(mean, log_variance, mean + torch.exp(log_variance / 2) * noise)

    def component(self, name, weights):
        """The component of a prior that each row draws, one-hot: equally likely ones are handed in, others drawn by their weights."""
        noise = self.inputs.get(f"noise.component of {name}")
        if noise is None:
            return self.inputs[f"component.{name}"]
        return laws.categorical_draw(weights.expand(len(noise), -1), noise)

    def mixture(self, name, latent, inputs, settings):
        """A mixture's mean, and a sample: each row takes that of the component drawn for it. Shi et al. 2019; Sutter et al. 2021.

        moe has a component for each input, mopoe one for each subset of them, the smaller first.
        """
        sizes = [1] if settings["fusion"] == "moe" else range(1, len(inputs) + 1)
        parts = [part for size in sizes for part in itertools.combinations(inputs, size)]
        codes = [self.code(f"{latent}[{', '.join(part)}]") for part in parts]
        there = [[self.present(source) for source in part] for part in parts]
        if any(column is not None for columns in there for column in columns):
            return self.mixture_of_present(name, codes, there)
        drawn = self.inputs.get(f"component.{name}")
        sample = None
        if drawn is not None:
            chosen = drawn.argmax(1)
            sample = torch.stack([code.sample for code in codes], 1)[torch.arange(len(chosen)), chosen]
        return Code(torch.stack([code.mean for code in codes]).mean(0), None, sample)

    def mixture_of_present(self, name, codes, there):
        """The same over the components all of whose inputs a row has; the one with the largest draw gives the sample."""
        counts = torch.stack([torch.stack([torch.ones(len(codes[0].mean)) if column is None else column[:, 0] for column in columns]).amin(0) for columns in there], 1)
        means = torch.stack([code.mean for code in codes], 1)
        mean = (means * counts[:, :, None]).sum(1) / counts.sum(1, keepdim=True).clamp(min=1)
        draws = self.inputs.get(f"noise.component of {name}")
        if draws is None:
            return Code(mean, None, None)
        chosen = draws.masked_fill(counts == 0, -torch.inf).argmax(1)
        return Code(mean, None, torch.stack([code.sample for code in codes], 1)[torch.arange(len(chosen)), chosen])

    def encode(self, name, latent, sources, settings):
        """The code inferred from the sources. One encoder each under a fusion of experts, else one on all."""
        # `poe-prior`: p(z) of this code multiplies its experts. Wu and Goodman 2018, section 2.2; Dorent et al. 2023, equation 4.
        prior = self.prior(latent) if "prior" in settings.get("fusion", "") else None
        if "encoder" in settings:  # The encoders of another latent, whose inputs stand in the same order.
            parts = dict(zip(settings["from"], self.settings["latents"][settings["encoder"]]["from"]))
            latent, prefix = settings["encoder"], name.replace(latent, settings["encoder"], 1)
        else:
            parts, prefix = {source: source for source in settings["from"]}, name
        given = settings.get("given", [])
        fusion = settings.get("fusion", "concat")
        there = {source: self.present(source) if "[" not in name else None for source in sources}
        if fusion == "concat" or len(settings["from"]) == 1 and not fusion.startswith("poe"):
            output = self.network(f"encoder.{prefix}", [*sources, *given], there)
        elif settings.get("law") in ("categorical", "vmf"):
            outputs = [self.network(f"encoder.{latent}-{parts[source]}", [source, *given]) for source in sources]
            return self.other_code(name, settings["law"], self.fuse_other(settings["law"], fusion, outputs, latent, sources, list(there.values()), prior))
        else:
            experts = [(f"encoder.{latent}-{parts[source]}", [source, *given]) for source in sources]
            if len(settings["from"]) == 1:
                experts = [(f"encoder.{prefix}", [*sources, *given])]
            outputs = [self.network(prefix, read) for prefix, read in experts]
            output = self.fuse(fusion, outputs, latent, sources, list(there.values()), prior)
        code = self.draw(name, settings.get("law", "gaussian"), output)
        if "size" in settings and code.mean.shape[1] != settings["size"]:
            raise ValueError(f"latent {name} has {code.mean.shape[1]} dimensions, its settings say {settings['size']}")
        return code

    def fuse_other(self, law, fusion, outputs, latent, sources, there, prior):
        """Logits, or kappa mu, of the experts: their sum in a product, each times its power; their mean in an average."""
        says = [self.read(law, output) for output in outputs]
        powers = [1.0] * len(says)
        if fusion.endswith("weighed"):
            powers = [torch.exp(self.parameters[f"fusion.{latent}-{source}.logWeight"]) for source in sources]
        if fusion == "mean":
            powers = [1 / len(says)] * len(says)
        if any(column is not None for column in there):  # A missing one has the power 0; an average is over the others.
            there = [torch.ones(len(outputs[0]), 1) if column is None else column for column in there]
            if law == "vmf" and prior is None:  # A product of none has no direction; such rows are not read, and keep what all say.
                there = [torch.where(sum(there) == 0, torch.ones_like(column), column) for column in there]
            scale = len(says) / sum(there).clamp(min=1) if fusion == "mean" else 1.0
            powers = [power * column * scale for power, column in zip(powers, there)]
        if prior is not None:
            says, powers = [*says, prior], [*powers, 1.0]
        if law == "categorical":
            return (sum(power * logits for power, (logits,) in zip(powers, says)),)
        return laws.vmf_product([(*one, power) for one, power in zip(says, powers)])

    def other_code(self, name, law, distribution):
        noise = self.inputs.get(f"noise.{name}")
        mean = torch.softmax(distribution[0], 1) if law == "categorical" else distribution[0]
        draw = laws.categorical_draw if law == "categorical" else laws.vmf_draw
        return Code(mean, None, None if noise is None else draw(*distribution, noise), distribution)

    def fuse(self, fusion, outputs, latent, sources, there, prior):
        if fusion == "moe":
            (output,) = outputs  # A component is one expert.
            return output
        if fusion == "mopoe":
            fusion = "poe"  # A component is a product of experts.
        if fusion == "mean":
            weights = [torch.ones_like(outputs[0][:, :1]) if column is None else column for column in there]
            return sum(output * weight for output, weight in zip(outputs, weights)) / sum(weights).clamp(min=1)
        if fusion in ("poe", "poe-prior", "poe-weighed", "poe-prior-weighed"):
            experts = [split(output) for output in outputs]
            if fusion.endswith("weighed"):
                # Cao and Fleet 2014: q(z) ~ product of q_i(z)^w_i by coordinate, so that precisions are multiplied by w_i > 0.
                logs = [self.parameters[f"fusion.{latent}-{source}.logWeight"] for source in sources]
                experts = [(mean, log_variance - log) for (mean, log_variance), log in zip(experts, logs)]
            standard = (torch.zeros_like(experts[0][0]), torch.zeros_like(experts[0][0]))
            own = None if "prior" not in fusion else standard if prior is None else prior[:2]
            return torch.cat(product_of_experts(experts, own, there), 1)
        raise ValueError(f"no fusion named {fusion}")

    def draw(self, name, law, output):
        """A reparametrised sample: mean + exp(log-variance / 2) * noise. Kingma and Welling 2014, section 2.4."""
        if law == "gaussian":
            mean, log_variance = split(output)
            # A code of which only the distribution is read needs no noise.
            noise = self.inputs.get(f"noise.{name}")
            sample = None if noise is None else mean + torch.exp(log_variance / 2) * noise
            return Code(mean, log_variance, sample)
        if law in ("categorical", "vmf"):
            return self.other_code(name, law, self.read(law, output))
        if law == "deterministic":
            return Code(output, None, output)
        if law == "sphere":
            point = F.normalize(output, dim=1)
            return Code(point, None, point)
        raise ValueError(f"no law named {law}")

    def likelihood(self, stream, read, term=None):
        """Mean log p(stream | the values named in `read`), summed over dimensions. `term` overrides the stream's settings."""
        settings = {**self.settings["streams"][stream], **(term or {})}
        kind = settings.get("likelihood") or DEFAULT_LIKELIHOOD[settings["kind"]]
        output = self.network(settings.get("decoder", f"decoder.{stream}"), read)
        squash = settings.get("output") or ("sigmoid" if settings["kind"] == "image" and kind in SQUASHED else "none")
        if squash == "sigmoid":
            output = torch.sigmoid(output)
        target = self.inputs[stream]
        if kind == "categorical":
            words = settings["kind"] == "text"
            if "weights" in settings:
                return bounds.weighted_categorical(output, target, settings["weights"], self.inputs[f"shares.{stream}"])
            return bounds.words(output, target) if words else bounds.categorical(output, target)
        target = target.reshape(target.shape[0], -1)
        if kind == "gaussian":
            return bounds.gaussian(output, target, settings.get("scale", 1.0))
        if kind == "gaussian-learned":
            return bounds.gaussian_learned(output, target, self.parameters[f"likelihood.{stream}.logVariance"])
        plain = {"bernoulli": bounds.bernoulli, "laplace": bounds.laplace, "poisson": bounds.poisson}
        return plain[kind](output, target)


class Rows(Case):
    """Some rows of a batch, as a batch: codes are inferred in the whole one."""

    def __init__(self, whole, rows):
        streams = whole.settings["streams"]
        inputs = {name: value[rows] if name in streams else value for name, value in whole.inputs.items()}
        super().__init__(whole.parameters, inputs, whole.settings)
        self.whole, self.rows = whole, rows

    def code(self, name):
        return Code(*map(self.take, self.whole.code(name)))

    def take(self, part):
        """The rows of a tensor, or of each of several."""
        if isinstance(part, tuple):
            return tuple(map(self.take, part))
        return part if part is None else part[self.rows]
