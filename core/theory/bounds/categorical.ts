import { exp, logSumExp, mean, mul, sub, sum } from "../../program/expression";
import { likelihood } from "./likelihood";

export const categorical = likelihood({
  id: "categorical",
  title: "Categorical likelihood",
  doc: "Minus the cross-entropy of a label; the decoder gives logits. For a text it is the sum over its words, each drawn from the same distribution over the vocabulary, so it keeps which words appear, not their order. If the input determines the label, every beta above 1 has the same best code, and below 1 nothing is kept (Kolchinsky, Tracey, Van Kuyk 2019). To reach codes in between, ask for a rate, as in `compress 20 * I(X; Z) at 1`.",
  citation: "Barber and Agakov 2003, equation 4; Alemi et al. 2017",
  example: "keep I(L; Z) by categorical",
  density: "log p = logit of the label − log Σ exp logits, summed over the words of a text",
  densityLatex: "\\log p = \\sum_{\\ell} \\left( a_{\\ell} - \\log \\sum_{c} e^{a_{c}} \\right)",
  kinds: ["label", "text"],
  otherwise: "use `gaussian`, or declare the stream `label(classes)`.",
  arguments: (stream, output, model) => ({ target: model.stream(stream.name), logits: output }),
  value({ target, logits }) {
    // One-hot rows of a label, counts of the words of a text.
    return mean(sum(mul(target, sub(logits, logSumExp(logits, 1, true))), 1));
  },
  reconstruct: (output) => exp(sub(output, logSumExp(output, 1, true))),
});
