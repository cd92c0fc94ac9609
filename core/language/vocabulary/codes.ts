import type { Entry, Parameter } from "./entry";

const width: Parameter = { name: "size", doc: "How many dimensions the code has." };
const around: Parameter = { name: "size", doc: "How many dimensions the sphere lies in, 2 or more." };
const classes: Parameter = { name: "size", doc: "How many values the code can take, 2 or more." };
const components: Parameter = { name: "components", doc: "How many components the mixture has." };

export const lawEntries: readonly Entry[] = [
  {
    word: "gaussian",
    category: "law",
    doc: "A normal code with a mean and a variance of its own for each dimension, both inferred.",
    parameters: [width],
    formula: "q(z | x) = N(z; μ(x), diag σ²(x))",
    example: "latent Z : gaussian(8) from X",
  },
  {
    word: "deterministic",
    category: "law",
    doc: "A code without noise: its width is the only bottleneck, so it takes no rate.",
    parameters: [width],
    formula: "z = f(x)",
    example: "latent Z : deterministic(8) from X",
  },
  {
    word: "sphere",
    category: "law",
    doc: "A code without noise on the unit sphere.",
    parameters: [width],
    formula: "z = f(x) / ‖f(x)‖",
    example: "latent Z : sphere(8) from X",
  },
  {
    word: "vmf",
    category: "law",
    doc: "A von Mises-Fisher code on the unit sphere, with an inferred direction and concentration.",
    parameters: [around],
    formula: "q(z | x) ∝ exp(κ(x) · μ(x)ᵀz), ‖z‖ = 1",
    example: "latent Z : vmf(8) from X",
  },
  {
    word: "categorical",
    category: "law",
    doc: "A code that is one of several values, with inferred probabilities.",
    parameters: [classes],
    formula: "q(z = j | x) = softmax(f(x))ⱼ",
    example: "latent Z : categorical(10) from X",
  },
];

export const fusionEntries: readonly Entry[] = [
  {
    word: "concat",
    category: "fusion",
    doc: "One network reads all inputs side by side.",
    formula: "q(z | x, y) = one network of (x, y)",
    example: "latent Z : gaussian(16) from X, Y by concat",
  },
  {
    word: "poe",
    category: "fusion",
    doc: "A product of experts: each input has its own encoder and precisions add, of a categorical code logits, of a von Mises-Fisher code κμ; with `prior` the code's own prior is an expert too.",
    parameters: [
      {
        name: "prior",
        doc: "The code's own prior is one of the experts: `standard`, `learned` or `from`. A product with `mixture` or `vamp` would not be of the code's law.",
        optional: true,
        values: ["prior"],
      },
      {
        name: "weights",
        doc: "How much each expert counts, for each coordinate of a Gaussian code.",
        optional: true,
        named: true,
        values: ["learned"],
      },
    ],
    formula: "q(z | x, y) ∝ q(z | x) · q(z | y)",
    example: "latent Z : gaussian(16) from X, Y by poe(prior)",
  },
  {
    word: "mean",
    category: "fusion",
    doc: "Means and log-variances of the inputs' encoders are averaged; of a categorical code logits, of a von Mises-Fisher code κμ.",
    formula: "μ = ½ (μ₁ + μ₂), log σ² = ½ (log σ₁² + log σ₂²)",
    example: "latent Z : gaussian(16) from X, Y by mean",
  },
  {
    word: "moe",
    category: "fusion",
    doc: "A mixture of experts: the code comes from one input's encoder at a time.",
    formula: "q(z | x, y) = ½ q(z | x) + ½ q(z | y)",
    example: "latent Z : gaussian(16) from X, Y by moe",
  },
  {
    word: "mopoe",
    category: "fusion",
    doc: "A mixture over the subsets of inputs, each a product of experts.",
    formula: "q(z | x, y) = mean over subsets S of ∏ q(z | s), s in S",
    example: "latent Z : gaussian(16) from X, Y by mopoe",
  },
];

export const priorEntries: readonly Entry[] = [
  {
    word: "standard",
    category: "prior",
    doc: "The standard normal distribution, of a categorical or von Mises-Fisher code the uniform one; the default.",
    formula: "r(z) = N(z; 0, 1)",
    example: "prior Z = standard",
  },
  {
    word: "mixture",
    category: "prior",
    doc: "A mixture of distributions of the code's law that is learned.",
    parameters: [components],
    formula: "r(z) = Σ πⱼ N(z; mⱼ, diag sⱼ²)",
    example: "prior Z = mixture(10)",
  },
  {
    word: "vamp",
    category: "prior",
    doc: "The mean of the encoder's own posteriors at learned pseudo-inputs.",
    parameters: [components],
    formula: "r(z) = mean over j of q(z | uⱼ)",
    example: "prior Z = vamp(50)",
  },
  {
    word: "learned",
    category: "prior",
    doc: "A distribution of the code's law whose parameters are learned.",
    formula: "r(z) = N(z; m, diag s²)",
    example: "prior Z = learned",
  },
  {
    word: "from",
    category: "prior",
    doc: "A distribution of the code's law that a network makes of another variable.",
    syntax: "prior NAME = from NAMES",
    formula: "r(z | b)",
    example: "prior Z1 = from Z2",
  },
];
