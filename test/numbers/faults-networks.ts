/** Errors that a person makes in networks and in what carries them out, to be planted in their files. */
export interface NetworkFault {
  what: string;
  /** File under core/. */
  file: string;
  from: string;
  to: string;
}

const inNetworks = (what: string, from: string, to: string): NetworkFault => ({
  what,
  file: "program/networks.ts",
  from,
  to,
});

export const networkFaults: readonly NetworkFault[] = [
  inNetworks("words that are not there are read", "sum(mul(vectors, present), 1)", "sum(vectors, 1)"),
  inNetworks("a mean over all places", 'binary("max", sum(present, 1), 1)', "constant(length)"),
  inNetworks("a sum for a mean", 'binary("max", sum(present, 1), 1)', "constant(1)"),
  inNetworks("nothing counts as a word", "constant(0, [1, 1])", "constant(1, [1, 1])"),
  inNetworks(
    "taps of a kernel in the order of the file",
    "reshape(transpose(reshape(weight, [a, b, size])), [a, size * b])",
    "reshape(weight, [a, size * b])",
  ),
  inNetworks(
    "channels last where a linear layer reads them",
    "reshape(transpose(reshape(x, [rows!, places, channels!])),",
    "reshape(reshape(x, [rows!, places, channels!]),",
  ),
  inNetworks(
    "a picture whose channels are taken for its last axis",
    "reshape(transpose(reshape(x, [rows, channels, height * width])),",
    "reshape(reshape(x, [rows, channels, height * width]),",
  ),
  {
    what: "a wrong stride",
    file: "theory/networks/cnn.ts",
    from: "{ kernel: 3, stride: 2, padding: 1 }",
    to: "{ kernel: 3, stride: 1, padding: 1 }",
  },
  {
    what: "no padding",
    file: "theory/networks/cnn.ts",
    from: "{ kernel: 3, stride: 2, padding: 1 }",
    to: "{ kernel: 3, stride: 2, padding: 0 }",
  },
  {
    what: "frames side by side",
    file: "theory/networks/cnn.ts",
    from: "{ channels: a * d, size: [b, c] }",
    to: "{ channels: a * d, size: [c, b] }",
  },
  {
    what: "a window that starts in the picture",
    file: "program/window.ts",
    from: "p * stride[0] - padding[0] + i",
    to: "p * stride[0] + i",
  },
  {
    what: "a window that moves by one",
    file: "program/window.ts",
    from: "q * stride[1] - padding[1] + j",
    to: "q - padding[1] + j",
  },
  {
    what: "patches that forget the gradient of their picture",
    file: "program/gradient.ts",
    from: "unfold: (y, g) => [fold(g, y.window)]",
    to: "unfold: () => [undefined]",
  },
  {
    what: "a factor of 2 in the gradient of summed patches",
    file: "program/gradient.ts",
    from: "fold: (y, g) => [unfold(g, y.window)]",
    to: "fold: (y, g) => [mul(2, unfold(g, y.window))]",
  },
];
