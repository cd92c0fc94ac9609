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
    doc: "The network that computes a stream's likelihood from codes.",
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
    doc: "Fully connected layers with ReLU between them. The default has two hidden layers of 128. For a text it reads how often each word occurs.",
    parameters: [widths],
    example: "network encoder X = mlp(256, 256)",
  },
  {
    word: "cnn",
    category: "network",
    doc: "Convolutions with kernel 3 and stride 2 over one image, spectrogram, signal or video (frames are channels), then a linear layer to the code. A decoder is the reverse: a linear layer, then transposed convolutions back to the original size.",
    parameters: [
      {
        name: "channels",
        doc: "Output channels of each convolution of an encoder, or input channels of each convolution of a decoder, in order.",
        many: true,
      },
    ],
    example: "network encoder X = cnn(16, 32)",
  },
  {
    word: "bag",
    category: "network",
    doc: "An encoder of one text: the mean of learned word vectors, independent of word order, then layers like those of `mlp`. The default for an encoder that reads one text is `bag(64, 128)`.",
    parameters: [
      { name: "size", doc: "Width of the word vectors." },
      { name: "widths", doc: "Width of each hidden layer after them; none by default.", many: true },
    ],
    example: "network encoder T = bag(64)",
  },
  {
    word: "torch",
    category: "network",
    doc: "Your own PyTorch module. The exported code, and a preview with the executor `torch`, import the package and call `Module(inputs, outputs)`; the module gets rows of `inputs` values (for a text, word numbers) and returns rows of `outputs` values. It is in training mode at each step, and in evaluation mode for everything that is measured. Its parameters are trained and saved with the others, under their names in PyTorch; those that do not require a gradient stay as they are. Other executors cannot train it.",
    parameters: [{ name: "module", doc: "Its full Python name, in quotes." }],
    example: 'network encoder X = torch("pkg.Module")',
  },
];

export const optimizerEntries: readonly Entry[] = [
  {
    word: "adam",
    category: "optimizer",
    doc: "Adam with the usual decay rates (0.9 and 0.999).",
    parameters: [{ name: "rate", doc: "The step size.", default: "1e-3" }],
    example: "train { optimizer = adam(1e-3) }",
  },
];

export const settingEntries: readonly Entry[] = [
  {
    word: "epochs",
    category: "setting",
    doc: "Number of passes over the data.",
    syntax: "epochs = COUNT",
    example: "train { epochs = 10 }",
  },
  {
    word: "steps",
    category: "setting",
    doc: "Number of training steps, in place of `epochs`: a training of fixed steps is as long on little data as on much. A step reads one batch.",
    syntax: "steps = COUNT",
    example: "train { steps = 2000 }",
  },
  {
    word: "batch",
    category: "setting",
    doc: "Number of samples per step. `infonce` cannot report more than the logarithm of this number.",
    syntax: "batch = COUNT",
    example: "train { batch = 128 }",
  },
  {
    word: "optimizer",
    category: "setting",
    doc: "The optimizer.",
    syntax: "optimizer = OPTIMIZER",
    example: "train { optimizer = adam(1e-3) }",
  },
  {
    word: "seed",
    category: "setting",
    doc: "The seed of all random numbers of a run.",
    syntax: "seed = NUMBER",
    example: "train { seed = 1 }",
  },
];
