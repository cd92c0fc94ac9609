import {
  add,
  binary,
  div,
  exp,
  logSumExp,
  mean,
  mul,
  slice,
  square,
  sub,
  sum,
  constant,
  type Expr,
} from "../../program/expression";
import type { BoundRequest } from "../spec";
import { likelihood } from "./likelihood";

/** Squares of shares below this are those of a class without rows. */
const NOTHING = 1e-30;

type Args = Record<"target" | "logits", Expr> & Record<string, Expr>;

export const categorical = likelihood<Args>({
  id: "categorical",
  title: "Categorical likelihood",
  doc: "Minus the cross-entropy of a label; the decoder gives logits. For a text it is the sum over its words, each drawn from the same distribution over the vocabulary, so it keeps which words appear, not their order. If the input determines the label, every beta above 1 has the same best code, and below 1 nothing is kept (Kolchinsky, Tracey, Van Kuyk 2019). To reach codes in between, ask for a rate, as in `compress 20 * I(X; Z) at 1`. With `weights = balanced` every class counts the same, however rare: the value is then about labels of equal shares, whose information is at most log K for K classes.",
  citation: "Barber and Agakov 2003, equation 4; Alemi et al. 2017",
  example: "keep I(L; Z) by categorical",
  density: "log p = logit of the label − log Σ exp logits, summed over the words of a text",
  densityLatex: "\\log p = \\sum_{\\ell} \\left( a_{\\ell} - \\log \\sum_{c} e^{a_{c}} \\right)",
  kinds: ["label", "text"],
  otherwise: "use `gaussian`, or declare the stream `label(classes)`.",
  options: [
    {
      name: "weights",
      doc: "How much each class of a label counts: `balanced`, which is N / (K n) for a class with n of the N training rows, or a number for each class in brackets, of which only the ratios matter.",
      values: ["balanced"],
      list: "a number above 0 for each class in brackets, as in `[1, 2, 5]`",
      default: "all classes as often as they are",
    },
  ],
  unfit({ name, kind, width }, request) {
    const weights = request?.options["weights"];
    if (weights === undefined) return undefined;
    if (kind.name !== "label")
      return `\`weights\` are those of the classes of a label, and \`${name}\` is a \`${kind.name}\`. Remove \`weights\`.`;
    if (typeof weights === "object" && weights.length !== width)
      return `\`weights\` has ${weights.length} numbers, and \`${name}\` has ${width} classes. Write a number for each class, or \`weights = balanced\`.`;
    return undefined;
  },
  written({ options: { weights } }) {
    if (weights === undefined) return undefined;
    const how =
      weights === "balanced"
        ? "each class counts by one over its share of the training rows, divided by the number of classes"
        : "the classes count by their weights, of mean 1 over the training rows";
    return {
      note: how,
      breaks:
        "`weights` changes how often each class counts, so the term bounds information about labels with those shares, not about the labels of the data",
    };
  },
  arguments: (stream, output, model, request) => ({
    target: model.stream(stream.name),
    logits: output,
    ...weightOperands(stream.name, model.shares.bind(model), request),
  }),
  value({ target, logits, shares, ...weights }) {
    // One-hot rows of a label, counts of the words of a text.
    const log = sum(mul(target, sub(logits, logSumExp(logits, 1, true))), 1);
    if (shares === undefined) return mean(log);
    const listed = Object.values(weights);
    const weightsOf = listed.length > 0 ? listedIn(listed) : balancedBy(shares);
    // The mean weight of the training rows is 1.
    return div(mean(mul(weightsOf(target), log)), weightsOf(shares));
  },
  logDensity(request, { total }) {
    if (request?.options["weights"] !== undefined) return undefined;
    // One-hot values of a label, counts of a text: their means are shares of the classes, or of all words.
    return (x, mean) => (x === 0 ? 0 : x * Math.log(mean / total));
  },
  reconstruct: (output) => exp(sub(output, logSumExp(output, 1, true))),
});

/** What weights read: the shares of the classes, and the numbers of a list. */
function weightOperands(
  name: string,
  shares: (label: string) => Expr,
  request: BoundRequest | undefined,
): Record<string, Expr> {
  const weights = request?.options["weights"];
  if (weights === undefined) return {};
  const listed = typeof weights === "object" ? weights : [];
  return {
    shares: shares(name),
    ...Object.fromEntries(listed.map((weight, i) => [`weight${i}`, constant(weight)])),
  };
}

/** The mean weight of classes that are given as shares or as one-hot rows: one over the share of a class that has rows. */
const balancedBy = (shares: Expr) => {
  const weights = div(shares, binary("max", square(shares), NOTHING));
  return (classes: Expr): Expr => sum(mul(classes, weights), -1);
};

const listedIn =
  (weights: readonly Expr[]) =>
  (classes: Expr): Expr =>
    sum(
      weights
        .map((weight, i) => mul(weight, slice(classes, -1, i, 1)))
        .reduce((total, each) => add(total, each)),
      -1,
    );
