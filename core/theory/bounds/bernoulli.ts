import { mean, mul, sigmoid, softplus, sub, sum } from "../../program/expression";
import { likelihood, numeric } from "./likelihood";

/** x log p, where that is 0 at x = 0. */
const times = (x: number, p: number): number => (x === 0 ? 0 : x * Math.log(p));

export const bernoulli = likelihood({
  id: "bernoulli",
  title: "Bernoulli likelihood",
  doc: "Minus the cross-entropy of values between 0 and 1, summed over the stream; the decoder gives logits.",
  breaks:
    "with values between 0 and 1, `bernoulli` bounds the information about coin flips with these probabilities, not about the values",
  citation: "Barber and Agakov 2003, equation 4; Kingma and Welling 2014, appendix C.1",
  example: "keep I(X; Z) by bernoulli",
  density: "log p = Σ (x log x̂ + (1 − x) log(1 − x̂))",
  densityLatex: "\\log p = \\sum \\left( x \\log \\hat{x} + (1 - x) \\log (1 - \\hat{x}) \\right)",
  support: { low: 0, high: 1 },
  kinds: numeric,
  otherwise: "use `categorical`.",
  arguments: (stream, output, model) => ({ target: model.stream(stream.name), logits: output }),
  value({ target, logits }) {
    return mean(sum(sub(mul(target, logits), softplus(logits)), 1));
  },
  logDensity: () => (x, mean) => times(x, mean) + times(1 - x, 1 - mean),
  reconstruct: (output) => sigmoid(output),
});
