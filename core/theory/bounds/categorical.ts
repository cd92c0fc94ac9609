import { exp, logSumExp, mean, mul, sub, sum, type Expr } from "../../program/expression";
import { likelihood } from "./likelihood";

export const categorical = likelihood({
  id: "categorical",
  title: "Categorical likelihood",
  doc: "Minus the cross-entropy of a label; the decoder gives logits.",
  citation: "Barber and Agakov 2003, equation 4; Alemi et al. 2017",
  example: "keep I(L; Z) by categorical",
  density: "log p = logit of the label − log Σ exp logits",
  densityLatex: "\\log p = a_{\\ell} - \\log \\sum_{c} e^{a_{c}}",
  kinds: ["label"],
  otherwise: "use `gaussian`, or declare the stream `label(classes)`.",
  arguments: (stream, output, model) => ({ target: model.stream(stream.name), logits: output }),
  value(args) {
    const { target, logits } = args as Record<"target" | "logits", Expr>;
    return mean(sum(mul(target, sub(logits, logSumExp(logits, 1, true))), 1));
  },
  reconstruct: (output) => exp(sub(output, logSumExp(output, 1, true))),
});
