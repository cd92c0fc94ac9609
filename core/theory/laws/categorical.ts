import {
  add,
  binary,
  constant,
  exp,
  labelled,
  log,
  logSumExp,
  mul,
  neg,
  parameter,
  reduce,
  slice,
  square,
  stop,
  sub,
  sum,
  unary,
  type Expr,
} from "../../program/expression";
import { total } from "./there";
import { averageEach } from "./average";
import type { Density, Distribution, Drawn, Law, Noise } from "./law";

/** Keeps a Gumbel draw finite: below any exponential draw that float32 tells from 0 but once in 10^12. */
const SMALLEST_EXPONENTIAL = 1e-12;

/** log p of each value; logits may be shifted by any number. */
export const logProbabilities = (logits: Expr): Expr => sub(logits, logSumExp(logits, -1, true));

/** -log of an exponential draw, which is half the squared length of two standard normal ones: [N, size]. */
function gumbel(size: number, noise: Noise): Expr {
  const normal = noise(2 * size);
  const [a, b] = [slice(normal, -1, 0, size), slice(normal, -1, size, size)];
  return neg(log(binary("max", mul(0.5, add(square(a), square(b))), SMALLEST_EXPONENTIAL)));
}

/**
 * The value whose logit and Gumbel noise are largest, as a one-hot row: a true draw. Its gradient is that of the softmax of
 * the same scores, a relaxed draw at temperature 1; at lower ones it is noisier, and labels were learned more slowly.
 */
function oneHot(unnamed: Expr): Expr {
  const scores = labelled("scores", unnamed);
  const behind = labelled("behind", sub(reduce("max", scores, -1, true), scores));
  const drawn = sub(1, unary("step", behind));
  const relaxed = labelled("relaxed", exp(logProbabilities(scores)));
  return add(relaxed, stop(sub(drawn, relaxed)));
}

const density: Density = {
  parameters: ["logits"],
  uniform: true,
  // Its coordinates depend on each other, so an expert is raised to one power as a whole.
  powers: () => [],
  independent: false,
  divergence(q, r) {
    const own = logProbabilities(q.logits!);
    const other = r ? logProbabilities(r.logits!) : -Math.log(own.shape.at(-1) as number);
    return sum(mul(exp(own), sub(own, other)), -1, true);
  },
  logDensity: (z, q) => sum(mul(z, logProbabilities(q.logits!)), -1),
  natural: ({ logits }) => logits!,
  statistic: (z) => z,
  trained: (name, size) => ({ logits: parameter(`${name}.logits`, [size], { kind: "constant", value: 0 }) }),
  /** Logits add; a power multiplies them. The uniform prior adds nothing. */
  product: (experts) => ({
    logits: total(
      experts.map(({ says, weight }) => (weight === undefined ? says.logits! : mul(weight, says.logits!))),
    ),
  }),
  mixed: ({ logits }) => ({ logits: logSumExp(logProbabilities(logits!), 0) }),
  formula: {
    standard: "⟨Σ p (log p + log k)⟩ for the uniform prior",
    given: "⟨Σ p (log p − log p_Q)⟩",
  },
};

/**
 * One of several values. The draw is a true one, so that rates and likelihoods are those of a discrete code; its gradient
 * is that of a relaxed draw (straight-through Gumbel-softmax).
 */
export const categorical: Law = {
  name: "categorical",
  doc: "The encoder gives logits. Each sample is a one-hot row, so all values are those of a discrete code; the gradient is that of a relaxed sample at temperature 1 (straight-through Gumbel-softmax). The default prior is uniform. Probes read the probabilities.",
  citation: "Jang, Gu, Poole 2017, section 2.2; Maddison, Mnih, Teh 2017",
  deterministic: false,
  least: { size: 2, because: "a code with a single value carries no information" },
  handed: "logits, [N, k]",
  outputs: (size) => size,
  read: (logits) => ({ logits }),
  draw({ logits }: Distribution, noise): Drawn {
    const size = logits!.shape.at(-1) as number;
    return { mean: exp(logProbabilities(logits!)), sample: oneHot(add(logits!, gumbel(size, noise))) };
  },
  standard: (size, noise) => ({
    mean: constant(1 / size, ["N", size]),
    sample: oneHot(gumbel(size, noise)),
  }),
  average: averageEach,
  density,
};
