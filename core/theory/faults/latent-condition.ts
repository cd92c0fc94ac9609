import type { Diagnostic, Range } from "../../language/diagnostic";
import { fix, report, type Worded, edited } from "./rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  latent W : gaussian(2) from X
  compress I(X; W)
  compress I(X; Z)
  keep I(X; Z | W)
}
`;

export const latentCondition = {
  code: "latent-condition",
  severity: "error",
  doc: "`keep I(A; B | Z)` with a latent Z needs the entropy of A given Z. That entropy changes as the encoder trains, so no likelihood gives a bound. Condition on an observed stream, or keep I(A; B, Z).",
  example,
  fixed: edited(example, [["keep I(X; Z | W)", "keep I(X; Z, W)"]]),

  /** @param joint the term with the condition among the codes */
  at: (
    range: Range,
    { condition, about, joint, weight }: { condition: string; about: string; joint: string; weight: string },
  ): Diagnostic =>
    report(
      latentCondition,
      range,
      `\`keep\` cannot condition on the latent \`${condition}\`: H(${about} given ${condition}) changes as the encoder trains, so no likelihood gives a bound. Condition on an observed stream, or write \`keep ${joint}\`.`,
      fix(`Write \`${joint}\``, range, weight === "1" ? joint : `${weight} * ${joint}`),
    ),
} satisfies Worded;
