/** Networks written out as products, gathers and activations. */
import {
  add,
  binary,
  concat,
  constant,
  div,
  fold,
  gather,
  matmul,
  mul,
  parameter,
  reshape,
  sum,
  transpose,
  unary,
  unfold,
  type Expr,
  type Layer,
  type NetworkShape,
} from "./expression";

type Of<K extends Layer["kind"]> = Extract<Layer, { kind: K }>;

/**
 * A network applied to x, whose batch is bound. Layer i is that of a PyTorch `nn.Sequential`, with its parameters
 * (`<name>.0.weight` [out, in], `<name>.0.bias` [out], `<name>.2.weight`, ...) and PyTorch's own start, U(+-1/sqrt(in)).
 */
export const expandNetwork = ({ name, layers }: NetworkShape, x: Expr): Expr =>
  layers.reduce((value, layer, i) => apply(layer, `${name}.${i}`, value), x);

function apply(layer: Layer, name: string, x: Expr): Expr {
  switch (layer.kind) {
    case "linear":
      return linear(layer, name, x);
    case "activation":
      return unary(layer.f, x);
    case "convolution":
      return convolution(layer, name, x);
    case "transposedConvolution":
      return transposedConvolution(layer, name, x);
    case "flatten":
      return channelsFirst(x);
    case "unflatten":
      return channelsLast(x, layer.channels, layer.picture);
    case "embeddingBag":
      return embeddingBag(layer, name, x);
  }
}

function linear({ input, output }: Of<"linear">, name: string, x: Expr): Expr {
  const initial = { kind: "uniform", fanIn: input } as const;
  const product = matmul(x, parameter(`${name}.weight`, [output, input], initial), false, true);
  return add(product, parameter(`${name}.bias`, [output], initial));
}

/**
 * Between layers pictures are [N, height, width, channels]: what a window sees of one row of a picture then lies together.
 * Rows of data, and what a linear layer reads, have their channels first, as in PyTorch.
 */
function channelsLast(x: Expr, channels: number, [height, width]: readonly [number, number]): Expr {
  const rows = x.shape[0]!;
  return reshape(transpose(reshape(x, [rows, channels, height * width])), [rows, height, width, channels]);
}

function channelsFirst(x: Expr): Expr {
  const [rows, height, width, channels] = x.shape as number[];
  const places = height! * width!;
  return reshape(transpose(reshape(x, [rows!, places, channels!])), [rows!, places * channels!]);
}

/** A weight [a, b, height, width] as [a, height * width * b]: its taps in the order of a patch. */
const taps = (weight: Expr, a: number, b: number, size: number): Expr =>
  reshape(transpose(reshape(weight, [a, b, size])), [a, size * b]);

/** Weight [out, in, height, width]. A product over the patches under the window (im2col; Chellapilla et al. 2006). */
function convolution({ window, input, output }: Of<"convolution">, name: string, x: Expr): Expr {
  const size = window.kernel[0] * window.kernel[1];
  const initial = { kind: "uniform", fanIn: input * size } as const;
  const weight = parameter(`${name}.weight`, [output, input, ...window.kernel], initial);
  const picture = x.shape.length === 2 ? channelsLast(x, input, window.picture) : x;
  const product = matmul(unfold(picture, window), taps(weight, output, input, size), false, true);
  return add(product, parameter(`${name}.bias`, [output], initial));
}

/** Weight [in, out, height, width]; it starts by its outputs, as PyTorch's does. */
function transposedConvolution(
  { window, input, output }: Of<"transposedConvolution">,
  name: string,
  x: Expr,
): Expr {
  const size = window.kernel[0] * window.kernel[1];
  const initial = { kind: "uniform", fanIn: output * size } as const;
  const weight = parameter(`${name}.weight`, [input, output, ...window.kernel], initial);
  const product = matmul(x, taps(weight, input, output, size));
  return add(fold(product, window), parameter(`${name}.bias`, [output], initial));
}

/**
 * Word numbers [N, L] to [N, size]; a row without words gives zeros. The vectors start with variance 1, as those of
 * PyTorch do; the last row of the table stands for no word, is never read into a mean, and has no gradient.
 */
function embeddingBag({ words, size }: Of<"embeddingBag">, name: string, x: Expr): Expr {
  const [rows, length] = x.shape as [number, number];
  const table = parameter(`${name}.weight`, [words + 1, size], { kind: "uniform", fanIn: 1 / 3 });
  const isWord = concat([constant(1, [words, 1]), constant(0, [1, 1])], 0);
  const index = reshape(x, [rows * length]);
  const present = reshape(gather(isWord, index), [rows, length, 1]);
  const vectors = reshape(gather(table, index), [rows, length, size]);
  return div(sum(mul(vectors, present), 1), binary("max", sum(present, 1), 1));
}
