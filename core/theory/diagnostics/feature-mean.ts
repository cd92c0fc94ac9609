import { rebuildings } from "../wants/duties";
import { evaluate, knobsOf } from "../terms/scalar";
import type { Scalar } from "../spec";
import { weightPlace, writtenTermAt } from "./places";
import type { Check } from "./check";
import { fix, report, edited } from "../faults/rule";
import { rounded } from "../../language/number-text";

/** Below this many values, one over their number is a weight like any other. */
const FEW = 8;

const example = `spec A {
  modality X : vector(50)
  latent Z : gaussian(2) from X
  knob beta = 4 in 1 .. 10
  compress I(X; Z)
  keep 1/50 * I(X; Z)
}
`;

export const featureMean: Check = {
  code: "feature-mean",
  severity: "warning",
  doc: "Rates and likelihoods are sums over dimensions. A likelihood divided by the number of its values is a mean over features, as many libraries compute it beside a rate that is a sum. Beta is then smaller by that number, and a direction is only encoded if its variance is larger by that number. Remove the divisor, or make it a knob.",
  example,
  fixed: edited(example, [["keep 1/50 * I(X; Z)", "keep I(X; Z)"]]),
  check(_, derived, tree) {
    return rebuildings(derived).flatMap(({ term, decoding }) => {
      const stream = decoding.streams[0]!;
      if (stream.size < FEW || knobsOf(term.weight).length > 0 || isRound(term.weight)) return [];
      const ratio = evaluate(term.weight, {}) * stream.size;
      // Two over D is what the mean of squares is, whose likelihood has a half.
      const squares = Math.abs(ratio - 2) < 0.01;
      if (!squares && Math.abs(ratio - 1) >= 0.01) return [];
      const what = squares ? "mean of squares" : "mean";
      const message = `This weight turns the likelihood into a ${what} over the ${stream.size} values of \`${stream.name}\`, while rates are sums: the effective beta is ${rounded(stream.size / ratio)} times smaller. Remove the weight, or make it a knob.`;
      const written = writtenTermAt(tree, term.range);
      const place = written && weightPlace(written);
      return [report(featureMean, term.range, message, place ? fix("Remove the weight", place, "") : {})];
    });
  },
};

/** A number of one digit, such as 0.02, is chosen; 1/50 and 0.00128 are computed. */
const isRound = (weight: Scalar): boolean =>
  weight.kind === "number" && Number(weight.value.toPrecision(1)) === weight.value;
