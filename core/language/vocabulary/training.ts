import type { Entry, Parameter } from "./entry";

const widths: Parameter = { name: "widths", doc: "Width of each hidden layer.", many: true };

export const roleEntries: readonly Entry[] = [
  {
    word: "encoder",
    category: "role",
    doc: "The network that infers codes from a stream.",
    syntax: "network encoder STREAM = NETWORK",
    example: "network encoder X = mlp(256, 256)",
  },
  {
    word: "decoder",
    category: "role",
    doc: "The network that makes a stream's likelihood from codes.",
    syntax: "network decoder STREAM = NETWORK",
    example: "network decoder X = mlp(256, 256)",
  },
  {
    word: "critic",
    category: "role",
    doc: "The network that scores pairs of codes for a bound between them.",
    syntax: "network critic LATENT, LATENT = NETWORK",
    example: "network critic Zx, Zy = mlp(256)",
  },
];

export const networkEntries: readonly Entry[] = [
  {
    word: "linear",
    category: "network",
    doc: "One linear layer.",
    formula: "A x + b",
    example: "network encoder X = linear",
  },
  {
    word: "mlp",
    category: "network",
    doc: "Layers of units with rectifiers between them: the default, of two layers of 128. Of a text it reads how often each word occurs.",
    parameters: [widths],
    example: "network encoder X = mlp(256, 256)",
  },
  {
    word: "cnn",
    category: "network",
    doc: "Convolutions over one image, spectrogram, signal or video (whose frames are channels), each with kernels of 3 that halve the picture, and a linear layer to the code. A decoder is its mirror: a linear layer, then transposed convolutions back to the picture's size.",
    parameters: [
      {
        name: "channels",
        doc: "Channels that each convolution of an encoder makes, or that each of a decoder reads, in their order.",
        many: true,
      },
    ],
    example: "network encoder X = cnn(16, 32)",
  },
  {
    word: "bag",
    category: "network",
    doc: "An encoder of one text: the mean of learned vectors of its words, in whatever order they stand, then layers as of `mlp`. The default for a text that an encoder reads alone is `bag(64, 128)`.",
    parameters: [
      { name: "size", doc: "Width of the word vectors." },
      { name: "widths", doc: "Width of each hidden layer after them; none where none is said.", many: true },
    ],
    example: "network encoder T = bag(64)",
  },
  {
    word: "torch",
    category: "network",
    doc: "A module of your own in PyTorch, for the exported code alone: it imports the package and makes `Module(inputs, outputs)`, which takes rows of so many values (of a text its words by number) and gives rows. Nothing is imported or run here; the preview trains the default network in its place, and says so.",
    parameters: [{ name: "module", doc: "Its full name in Python, in quotes." }],
    example: 'network encoder X = torch("pkg.Module")',
  },
];

export const optimizerEntries: readonly Entry[] = [
  {
    word: "adam",
    category: "optimizer",
    doc: "Adam, with the usual averages (0.9 and 0.999).",
    parameters: [{ name: "rate", doc: "The step size.", default: "1e-3" }],
    example: "train { optimizer = adam(1e-3) }",
  },
];

export const settingEntries: readonly Entry[] = [
  {
    word: "epochs",
    category: "setting",
    doc: "How often training passes over the data.",
    syntax: "epochs = COUNT",
    example: "train { epochs = 10 }",
  },
  {
    word: "batch",
    category: "setting",
    doc: "How many samples a step sees; it also limits what `infonce` can report, to its logarithm.",
    syntax: "batch = COUNT",
    example: "train { batch = 128 }",
  },
  {
    word: "optimizer",
    category: "setting",
    doc: "How weights follow the gradient.",
    syntax: "optimizer = OPTIMIZER",
    example: "train { optimizer = adam(1e-3) }",
  },
  {
    word: "seed",
    category: "setting",
    doc: "Fixes everything random in a run.",
    syntax: "seed = NUMBER",
    example: "train { seed = 1 }",
  },
];
