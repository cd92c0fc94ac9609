import type { Diagnostic, Range } from "../../language/diagnostic";
import { fix, report, type Worded, edited } from "./rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  network encoder X = bag(8)
  compress I(X; Z)
  keep I(X; Z)
}
`;

export const unfitNetwork = {
  code: "unfit-network",
  severity: "error",
  doc: "The network cannot read or write the values that it is used for: word vectors need words, convolutions need a picture or a signal, and a critic scores codes.",
  example,
  fixed: edited(example, [["network encoder X = bag(8)", "network encoder X = mlp(8)"]]),

  critic: (range: Range, network: string): Diagnostic =>
    report(
      unfitNetwork,
      range,
      `A critic must be \`mlp\` or \`linear\`, not \`${network}\`.`,
      fix("Use `mlp(256)`", range, "mlp(256)"),
    ),

  /** @param reason why, as the network says it */
  refused: (range: Range, reason: string): Diagnostic => report(unfitNetwork, range, reason),
} satisfies Worded;
