import type { Entry, Parameter } from "./entry";

const width: Parameter = { name: "size", doc: "Number of dimensions of the code." };
const around: Parameter = { name: "size", doc: "Dimensions of the space around the sphere, at least 2." };
const classes: Parameter = { name: "size", doc: "Number of values that the code can take, at least 2." };
const components: Parameter = { name: "components", doc: "Number of components of the mixture." };

export const lawEntries: readonly Entry[] = [
  {
    word: "gaussian",
    category: "law",
    doc: "A Gaussian code with an inferred mean and variance for each dimension.",
    parameters: [width],
    formula: "q(z | x) = N(z; μ(x), diag σ²(x))",
    example: "latent Z : gaussian(8) from X",
  },
  {
    word: "deterministic",
    category: "law",
    doc: "A code without noise. It has no rate, so only its width limits it.",
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
    doc: "A code that takes one of several values, with inferred probabilities.",
    parameters: [classes],
    formula: "q(z = j | x) = softmax(f(x))ⱼ",
    example: "latent Z : categorical(10) from X",
  },
];

export const fusionEntries: readonly Entry[] = [
  {
    word: "concat",
    category: "fusion",
    doc: "One network reads all inputs, concatenated.",
    formula: "q(z | x, y) = one network of (x, y)",
    example: "latent Z : gaussian(16) from X, Y by concat",
  },
  {
    word: "poe",
    category: "fusion",
    doc: "A product of experts: each input has its own encoder, and their precisions add up (for a categorical code the logits, for a von Mises-Fisher code κμ). With `prior` the code's own prior is also an expert.",
    parameters: [
      {
        name: "prior",
        doc: "The code's own prior is one of the experts: `standard`, `learned` or `from`. With `mixture` or `vamp` the product would not have the code's law.",
        optional: true,
        values: ["prior"],
      },
      {
        name: "weights",
        doc: "The weight of each expert, one for each coordinate of a Gaussian code.",
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
    doc: "The average over the inputs' encoders of their means and log-variances (for a categorical code the logits, for a von Mises-Fisher code κμ).",
    formula: "μ = ½ (μ₁ + μ₂), log σ² = ½ (log σ₁² + log σ₂²)",
    example: "latent Z : gaussian(16) from X, Y by mean",
  },
  {
    word: "moe",
    category: "fusion",
    doc: "A mixture of experts: each sample of the code comes from the encoder of one input.",
    formula: "q(z | x, y) = ½ q(z | x) + ½ q(z | y)",
    example: "latent Z : gaussian(16) from X, Y by moe",
  },
  {
    word: "mopoe",
    category: "fusion",
    doc: "A mixture over the subsets of the inputs; each component is a product of experts.",
    formula: "q(z | x, y) = mean over subsets S of ∏ q(z | s), s in S",
    example: "latent Z : gaussian(16) from X, Y by mopoe",
  },
];

export const priorEntries: readonly Entry[] = [
  {
    word: "standard",
    category: "prior",
    doc: "The standard normal distribution; for a categorical or von Mises-Fisher code the uniform distribution. This is the default.",
    formula: "r(z) = N(z; 0, 1)",
    example: "prior Z = standard",
  },
  {
    word: "mixture",
    category: "prior",
    doc: "A learned mixture of distributions of the code's law.",
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
    doc: "A distribution of the code's law, predicted by a network from another variable.",
    syntax: "prior NAME = from NAMES",
    formula: "r(z | b)",
    example: "prior Z1 = from Z2",
  },
];
