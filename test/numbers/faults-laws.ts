/** Errors in the laws of codes, which rates read. */
import type { Fault } from "./fault";
import { fault } from "./faults-between";

const sign = fault("a wrong sign");
const factor = fault("a factor of 2");
const meanForSum = fault("a mean for a sum");
const other = fault("other");

const gaussian = "../laws/gaussian.ts";
const categorical = "../laws/categorical.ts";
const vmf = "../laws/vmf.ts";
const cosine = "../laws/cosine.ts";

/** In the divergence from another distribution of the law. */
export const givenFaults: Fault[] = [
  sign("sub(mu, centre)", "add(mu, centre)", gaussian),
  sign("logVariance), width)", "logVariance), neg(width))", gaussian),
  factor("mul(0.5, add(sub(", "mul(1, add(sub(", gaussian),
  other("exp(width))", "exp(mul(0.5, width)))", gaussian),
  sign("sub(own, other)", "add(own, other)", categorical),
  meanForSum("sum(mul(exp(own)", "mean(mul(exp(own)", categorical),
  sign("add(sub(cosine(size, other)", "sub(sub(cosine(size, other)", vmf),
  sign("sub(1, mul(turned", "add(1, mul(turned", vmf),
  meanForSum("sum(mul(direction, r.direction!)", "mean(mul(direction, r.direction!)", vmf),
  other("cosine(size, other).logNorm", "cosine(size).logNorm", vmf),
];

/** In all that a rate reads, a code's own density and the divergence from the standard prior too. */
export const lawFaults: Fault[] = [
  ...givenFaults,
  sign("exp(logVariance)), 1), logVariance)", "exp(logVariance)), 1), neg(logVariance))", gaussian),
  factor("mul(0.5, sub(sub(", "mul(1, sub(sub(", gaussian),
  other("square(mu)", "mu", gaussian),
  other("-Math.log(own.shape.at(-1) as number)", "0", categorical),
  sign("add(mul(own, lack), logNorm)", "sub(mul(own, lack), logNorm)", vmf),
  factor("add(mul(own, lack), logNorm)", "add(mul(mul(2, own), lack), logNorm)", vmf),
  factor("mul(-0.5, sum(own, -1))", "mul(-1, sum(own, -1))", vmf),
  other("sum(logNorm, -1));", "0);", vmf),
  sign("sub(shape, mul(concentration", "add(shape, mul(concentration", cosine),
  factor("mul(2, below(s)))", "below(s))", cosine),
  other("mul(1 - size, logCosh(s))", "mul(2 - size, logCosh(s))", cosine),
];

/** In the draws of codes, which the model reads. */
export const drawFaults: Fault[] = [
  sign("add(logits!, gumbel(size, noise))", "sub(logits!, gumbel(size, noise))", categorical),
  other("neg(log(binary(", "neg((binary(", categorical),
  other("sub(drawn, relaxed)", "sub(0, relaxed)", categorical),
  other("add(relaxed, stop(sub(drawn, relaxed)))", "relaxed", categorical),
  sign("sub(along, mul(twice, lack))", "add(along, mul(twice, lack))", vmf),
  factor("mul(2, projected)", "projected", vmf),
  other("mul(sine, unit(", "mul(1, unit(", vmf),
  sign("add(cells.start, mul", "sub(cells.start, mul", cosine),
  factor("mul(-0.5, sum(square(normal)", "mul(-1, sum(square(normal)", cosine),
  meanForSum("sum(passed, -1, true)", "mean(passed, -1, true)", cosine),
  other("masses), 0.5)", "masses), 0)", cosine),
];
