import { add, constant, exp, mean, mul, neg, square, sub, sum, type Expr } from "../../program/expression";
import type { BoundRequest, Stream } from "../spec";
import { boundedLogVariance } from "../laws/bounded";
import type { Model } from "../model-interface";
import { likelihood, location, numeric } from "./likelihood";

/** Unit variance, a standard deviation of the term's, or one learned for the stream. */
function logVariance(stream: Stream, model: Model, request: BoundRequest | undefined): Expr {
  const choice = request?.arguments[0];
  if (choice === "learned")
    return boundedLogVariance(model.parameter(`likelihood.${stream.name}.logVariance`, [], 0));
  return constant(typeof choice === "number" ? 2 * Math.log(choice) : 0);
}

export const gaussian = likelihood({
  id: "gaussian",
  title: "Gaussian likelihood",
  doc: "The mean log-density of the stream under a Gaussian around the decoder's output, summed over its values.",
  citation: "Barber and Agakov 2003, equation 4",
  example: "keep I(X; Z) by gaussian(0.5)",
  density: "log p = −½ Σ ((x − x̂)²/s² + log 2πs²)",
  densityLatex: "\\log p = -\\tfrac{1}{2} \\sum \\left( (x - \\hat{x})^2 / s^2 + \\log 2 \\pi s^2 \\right)",
  kinds: numeric,
  otherwise: "use `categorical`.",
  positional: {
    name: "scale",
    doc: "The standard deviation: a number, or `learned` (one for the whole stream).",
    values: ["learned"],
    number: true,
    default: "1",
  },
  arguments: (stream, output, model, request) => ({
    target: model.stream(stream.name),
    mean: location(output, stream),
    logVariance: logVariance(stream, model, request),
  }),
  value({ target, mean: mu, logVariance: spread }) {
    const dimensions = target.shape.at(-1) as number;
    const distance = mean(sum(square(sub(target, mu)), 1));
    const scaled = mul(distance, exp(neg(spread)));
    return mul(-0.5, add(scaled, mul(dimensions, add(spread, Math.log(2 * Math.PI)))));
  },
  logDensity(request, { variance }) {
    const choice = request?.arguments[0];
    const square = choice === "learned" ? variance : typeof choice === "number" ? choice ** 2 : 1;
    return (x, mean) => -0.5 * ((x - mean) ** 2 / square + Math.log(2 * Math.PI * square));
  },
  reconstruct: location,
});
