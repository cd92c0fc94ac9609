/** Errors in the further bounds between two codes. */
import type { Fault, Kind } from "./fault";

/** A fault of a kind: a text of the bound's file, or of another in its folder, and their replacements. */
export const fault =
  (kind: Kind) =>
  (from: string, to: string, file?: string): Fault => ({
    kind,
    edits: { [from]: to },
    ...(file === undefined ? {} : { file }),
  });

const sign = fault("a wrong sign");
const factor = fault("a factor of 2");
const sumForMean = fault("a sum for a mean");
const meanForSum = fault("a mean for a sum");
const missingLogN = fault("a missing log N");
const other = fault("other");

const trueForAll = sumForMean("mean(diagonal(scores))", "sum(diagonal(scores))");
const overOthers = [
  missingLogN("log(mul(batchSize(), others()))", "0", "pairs.ts"),
  other("untrue(scores), 1)", "scores, 1)", "pairs.ts"),
];

export const betweenFaults: Record<string, Fault[]> = {
  nwj: [
    sign("sub(mean(diagonal(scores)), ", "add(mean(diagonal(scores)), "),
    factor("mean(diagonal(scores)), ", "mul(2, mean(diagonal(scores))), "),
    other("logMeanExpOfOthers(scores), 1", "logMeanExpOfOthers(scores), 0"),
    trueForAll,
    ...overOthers,
  ],
  smile: [
    sign("sub(mean(diagonal(scores)), ", "add(mean(diagonal(scores)), "),
    factor("mean(diagonal(scores)), ", "mul(2, mean(diagonal(scores))), "),
    other("neg(clip)", "0"),
    other("OfOthers(clipped)", "OfOthers(scores)"),
    other("stop(sub(reported, trained))", "sub(reported, trained)"),
    other("add(trained, stop(sub(reported, trained)))", "trained"),
    trueForAll,
    ...overOthers,
  ],
  js: [
    sign("neg(diagonal(scores))", "diagonal(scores)"),
    factor("softplus(untrue(scores))", "mul(2, softplus(untrue(scores)))"),
    sumForMean("mean(softplus", "sum(softplus"),
    other("softplus(untrue(scores))", "softplus(scores)"),
    other("mul(batchSize(), others()));", "mul(batchSize(), batchSize()));", "pairs.ts"),
  ],
  flo: [
    sign("sub(1, mean", "add(1, mean"),
    sign("diagonal(scores)), baseline)", "diagonal(scores)), neg(baseline))"),
    factor("add(baseline, contrast)", "add(baseline, mul(2, contrast))"),
    sumForMean("log(others())", "0"),
    other("untrue(scores)", "scores"),
  ],
  siglip: [
    sign("sub(mean(diagonal(logits)), ", "add(mean(diagonal(logits)), "),
    sign("add(scores, bias)", "sub(scores, bias)"),
    factor("sum(softplus(logits))", "mul(2, sum(softplus(logits)))"),
    meanForSum("sum(softplus(logits))", "mean(softplus(logits))"),
  ],
  canonical: [
    sign("log(diagonal(whitener(rest)))", "neg(log(diagonal(whitener(rest))))"),
    factor("diagonal(whitener(rest))", "mul(diagonal(whitener(rest)), diagonal(whitener(rest)))"),
    meanForSum("return sum(", "return mean("),
    other("sub(x, mean(x, 0, true))", "x", "covariance.ts"),
  ],
  cca: [
    sign("stop(polar(c))", "neg(stop(polar(c)))"),
    factor("stop(polar(c))", "mul(2, stop(polar(c)))"),
    meanForSum("return sum(", "return mean("),
    other("stop(polar(c))", "c"),
  ],
  barlow: [
    sign("sub(1, alike)", "add(1, alike)"),
    sign("return neg(", "return ("),
    factor("mul(weight, apart)", "mul(mul(2, weight), apart)"),
    meanForSum("sum(square(sub(1, alike)))", "mean(square(sub(1, alike)))"),
    other("centred(x)", "x"),
  ],
  vicreg: [
    sign("sub(1, sqrt", "add(1, sqrt"),
    factor("mul(invariance, distance)", "mul(2, mul(invariance, distance))"),
    meanForSum("mean(sum(square(sub(first, second)), 1))", "mean(square(sub(first, second)))"),
    other("sub(batchSize(), 1)", "batchSize()"),
    other("add(a.covariance, b.covariance)", "a.covariance"),
  ],
};
