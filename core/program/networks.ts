/** Networks written out as products, gathers and activations. */
import {
  add,
  binary,
  concat,
  constant,
  div,
  gather,
  matmul,
  mul,
  parameter,
  reshape,
  sum,
  unary,
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
