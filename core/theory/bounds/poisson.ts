import { add, exp, mean, mul, sub, sum, unary } from "../../program/expression";
import { logGamma } from "../../program/numbers";
import { likelihood } from "./likelihood";

export const poisson = likelihood({
  id: "poisson",
  title: "Poisson likelihood",
  doc: "The mean log-probability of counts under independent Poisson distributions, summed over the stream; the decoder gives log-rates.",
  citation: "Barber and Agakov 2003, equation 4",
  example: "keep I(X; Z) by poisson",
  density: "log p = Σ (x log λ − λ − log x!)",
  densityLatex: "\\log p = \\sum \\left( x \\log \\lambda - \\lambda - \\log x! \\right)",
  kinds: ["counts"],
  otherwise: "use `gaussian`, or declare the stream `counts(d)`.",
  arguments: (stream, output, model) => ({ target: model.stream(stream.name), logRate: output }),
  value({ target, logRate }) {
    const logFactorial = unary("logGamma", add(target, 1));
    return mean(sum(sub(sub(mul(target, logRate), exp(logRate)), logFactorial), 1));
  },
  logDensity: () => (x, mean) => (x === 0 ? 0 : x * Math.log(mean)) - mean - logGamma(x + 1),
  reconstruct: (output) => exp(output),
});
