import {
  add,
  concat,
  constant,
  div,
  exp,
  log,
  mul,
  neg,
  parameter,
  slice,
  square,
  sub,
  sum,
  type Expr,
} from "../../program/expression";
import { total } from "./there";
import { averageEach } from "./average";
import { boundedLogVariance } from "./bounded";
import type { Density, Distribution, Law } from "./law";

/** log N(x; mean, exp logVariance) of each coordinate; shapes broadcast. */
export const logDensity = (x: Expr, mean: Expr, logVariance: Expr): Expr =>
  mul(-0.5, add(div(square(sub(x, mean)), exp(logVariance)), add(logVariance, Math.log(2 * Math.PI))));

type Gaussian = Record<"mean" | "logVariance", Expr>;

/** Kingma and Welling 2014, appendix B. */
function divergence(q: Distribution, r?: Distribution): Expr {
  const { mean: mu, logVariance } = q as Gaussian;
  if (r === undefined) return mul(0.5, sub(sub(add(square(mu), exp(logVariance)), 1), logVariance));
  const { mean: centre, logVariance: width } = r as Gaussian;
  const spread = div(add(square(sub(mu, centre)), exp(logVariance)), exp(width));
  return mul(0.5, add(sub(sub(spread, 1), logVariance), width));
}

const density: Density = {
  parameters: ["mean", "logVariance"],
  uniform: false,
  independent: true,
  divergence,
  logDensity(z, q) {
    const { mean, logVariance } = q as Gaussian;
    return sum(logDensity(z, mean, logVariance), -1);
  },
  natural(q) {
    const { mean, logVariance } = q as Gaussian;
    const precision = exp(neg(logVariance));
    return concat([mul(mean, precision), mul(-0.5, precision)]);
  },
  statistic: (z) => concat([z, square(z)]),
  trained: (name, size, count) => ({
    mean: parameter(
      `${name}.mean`,
      count === undefined ? [size] : [count, size],
      count === undefined ? { kind: "constant", value: 0 } : { kind: "uniform", fanIn: 1 },
    ),
    logVariance: boundedLogVariance(
      parameter(`${name}.logVariance`, count === undefined ? [size] : [count, size], {
        kind: "constant",
        value: 0,
      }),
    ),
  }),
  powers: (size) => [size],
  /** Precisions add, and means are weighed by them; a power multiplies the precision. */
  product(experts, prior) {
    const precisions = experts.map(({ says, weight }) => {
      const precision = exp(neg(says.logVariance!));
      return weight === undefined ? precision : mul(weight, precision);
    });
    const sum = total(precisions);
    const precision = prior === 0 ? sum : add(sum, prior);
    const weighed = experts.map(({ says }, i) => mul(says.mean!, precisions[i]!));
    return { mean: div(total(weighed), precision), logVariance: neg(log(precision)) };
  },
  formula: {
    standard: "½ ⟨Σ (μ² + σ² − 1 − log σ²)⟩ for a standard prior",
    given: "½ ⟨Σ (((μ − μ_Q)² + σ²)/σ_Q² − 1 − log σ²/σ_Q²)⟩",
  },
};

/**
 * A Gaussian with independent coordinates; sample = mean + exp(logVariance / 2) * noise.
 * Kingma and Welling 2014, "Auto-Encoding Variational Bayes", section 2.4.
 */
export const gaussian: Law = {
  name: "gaussian",
  doc: "A Gaussian with independent coordinates. The encoder gives means and log-variances; log-variances are limited to −30 to 20.",
  citation: "Kingma and Welling 2014",
  deterministic: false,
  handed: "(mean, log-variance), [N, k] each",
  outputs: (size) => 2 * size,
  read: (output, size) => ({
    mean: slice(output, -1, 0, size),
    logVariance: boundedLogVariance(slice(output, -1, size, size)),
  }),
  draw(distribution, noise) {
    const { mean, logVariance } = distribution as Gaussian;
    const size = mean.shape.at(-1) as number;
    return { mean, sample: add(mean, mul(exp(mul(0.5, logVariance)), noise(size))) };
  },
  standard: (size, noise) => ({ mean: constant(0, ["N", size]), sample: noise(size) }),
  average: averageEach,
  density,
};
