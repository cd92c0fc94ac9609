/** Errors in the further bounds on the compress side. */
import type { Fault } from "./fault";
import { fault } from "./faults-between";

const sign = fault("a wrong sign");
const factor = fault("a factor of 2");
const sumForMean = fault("a sum for a mean");
const meanForSum = fault("a mean for a sum");
const other = fault("other");

export const togetherFaults: Fault[] = [
  other("gather(code, ", "gather(codes[0]!, ", "together.ts"),
  other("sub(1, eye)", "1", "together.ts"),
  other("contrasts.length", "1", "together.ts"),
];

export const paidFaults: Record<string, Fault[]> = {
  club: [
    sign("sub(centred, mul(0.5,", "add(centred, mul(0.5,"),
    factor("sub(centred, mul(0.5,", "sub(centred, mul(1,"),
    meanForSum("mean(sum(any, 1))", "mean(mean(any, 1))"),
    other("sub(second, square(first))", "second"),
    other("mul(-0.5, ", "mul(-1, ", "../laws/gaussian.ts"),
  ],
  l1out: [
    sign("sub(diagonal(densities), marginal)", "add(diagonal(densities), marginal)"),
    factor("sub(diagonal(densities), marginal)", "sub(diagonal(densities), mul(2, marginal))"),
    sumForMean("log(others())", "0"),
    other("untrue(densities), 0", "untrue(densities), 1"),
    other("untrue(densities)", "densities"),
  ],
  mws: [
    sign("sub(whole, coordinates)", "add(whole, coordinates)"),
    factor("sub(whole, coordinates)", "sub(whole, mul(2, coordinates))"),
    meanForSum("sum(logDensity(sample, mu, logVariance), 1)", "mean(logDensity(sample, mu, logVariance), 1)"),
    other("mul(batchSize(), samples)", "samples"),
    other("each === undefined ? whole : coordinates", "each !== undefined ? whole : coordinates"),
  ],
  chain: [
    sign("sub(total, value)", "add(total, value)"),
    factor("sub(total, value)", "sub(total, mul(2, value))"),
    meanForSum("(likelihood ?? kl).value(own)", "mul(0.5, (likelihood ?? kl).value(own))"),
    other("...likelihoodOf(stream, spec)", "bound: likelihoodOf(stream, spec).bound"),
  ],
  mmd: [
    sign("mul(2, mean(kernel(sample, draw)))", "mul(-2, mean(kernel(sample, draw)))"),
    factor("mul(2, mean(kernel(sample, draw)))", "mean(kernel(sample, draw))"),
    sumForMean("mean(kernel(sample, draw))", "sum(kernel(sample, draw))"),
    other("others()", "batchSize()"),
  ],
  adversary: [
    sign("neg(draws)", "draws"),
    factor("mul(2, loss)", "loss"),
    sumForMean("mean(softplus(codes))", "sum(softplus(codes))"),
    other("score(reversed(sample))", "score(sample)"),
  ],
  "density-ratio": [
    sign("softplus(neg(held))", "softplus(held)"),
    factor("add(stop(mean(held))", "add(mul(2, stop(mean(held)))"),
    sumForMean("mean(softplus(shuffled))", "sum(softplus(shuffled))"),
    other("stop(concat(shuffled))", "concat(shuffled)"),
    other("sub(mean(live), mean(held))", "mean(live)"),
  ],
};

export const entropyFaults: Record<string, Fault[]> = {
  "cross-entropy": [
    sign("neg(sum(mul", "(sum(mul"),
    factor("mul(together(probabilities)", "mul(mul(2, together(probabilities))"),
    sumForMean("mean(probabilities, 0)", "sum(probabilities, 0)", "entropy.ts"),
    other("logProbabilities(priorLogits)", "priorLogits"),
  ],
  "plug-in": [
    sign("neg(sum(mul", "(sum(mul"),
    factor("mul(shares,", "mul(mul(2, shares),"),
    sumForMean("mean(probabilities, 0)", "sum(probabilities, 0)", "entropy.ts"),
    meanForSum("sum(mul(", "mean(mul("),
  ],
};
