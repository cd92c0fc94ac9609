/** Networks written out as products, biases and activations. */
import { add, matmul, parameter, unary, type Expr, type NetworkShape } from "./expression";

/**
 * A fully connected network applied to the last axis of x. Layer i is a PyTorch `nn.Linear` in an `nn.Sequential` where
 * activations count too: with hidden layers its parameters are `<name>.0.weight` [out, in], `<name>.0.bias` [out],
 * `<name>.2.weight`, ...; all start as U(+-1/sqrt(in)), PyTorch's own choice.
 */
export function expandNetwork(network: NetworkShape, x: Expr): Expr {
  const widths = [...network.widths, network.output];
  const stride = network.activation === "none" ? 1 : 2;
  let fanIn = network.input;
  let value = x;
  for (const [layer, width] of widths.entries()) {
    const name = `${network.name}.${layer * stride}`;
    const initial = { kind: "uniform", fanIn } as const;
    const product = matmul(value, parameter(`${name}.weight`, [width, fanIn], initial), false, true);
    value = add(product, parameter(`${name}.bias`, [width], initial));
    if (layer < widths.length - 1 && network.activation !== "none") value = unary(network.activation, value);
    fanIn = width;
  }
  return value;
}
