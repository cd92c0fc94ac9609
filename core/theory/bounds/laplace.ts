import { abs, mean, neg, sub, sum } from "../../program/expression";
import { likelihood, location, numeric } from "./likelihood";

export const laplace = likelihood({
  id: "laplace",
  title: "Laplace likelihood",
  doc: "The mean log-density of the stream under a Laplace distribution of unit scale around the decoder's output: absolute instead of squared errors.",
  citation: "Barber and Agakov 2003, equation 4",
  example: "keep I(X; Z) by laplace",
  density: "log p = −Σ (|x − x̂| + log 2)",
  densityLatex: "\\log p = -\\sum \\left( |x - \\hat{x}| + \\log 2 \\right)",
  kinds: numeric,
  otherwise: "use `categorical`.",
  arguments: (stream, output, model) => ({
    target: model.stream(stream.name),
    mean: location(output, stream),
  }),
  value({ target, mean: mu }) {
    const dimensions = target.shape.at(-1) as number;
    return sub(neg(mean(sum(abs(sub(target, mu)), 1))), dimensions * Math.LN2);
  },
  logDensity: () => (x, mean) => -Math.abs(x - mean) - Math.LN2,
  reconstruct: location,
});
