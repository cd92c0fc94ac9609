import type { Diagnostic, Range } from "../../language/diagnostic";
import { fix, report, type Worded, edited } from "./rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  latent W : gaussian(2) from X
  compress I(X; W)
  compress I(X; Z)
  keep I(X; Z, W)
  keep I(Z; W) by gaussian
}
`;

export const decodedLatent = {
  code: "decoded-latent",
  severity: "error",
  doc: "A likelihood bounds I(X; Z) up to the entropy of the decoded stream, which is a constant of the data. The entropy of a latent is not a constant: it changes as the encoder trains, so its likelihood bounds nothing.",
  example,
  fixed: edited(example, [["keep I(Z; W) by gaussian", "keep I(Z; W) by infonce"]]),

  /** @param written whether the text names the bound, at `range` */
  at: (
    range: Range,
    { bound, text, written }: { bound: string; text: string; written: boolean },
  ): Diagnostic =>
    report(
      decodedLatent,
      range,
      `\`${bound}\` would decode a latent in \`${text}\`, whose entropy changes as the encoder trains. A likelihood only bounds information about an observed stream. Use \`infonce\` or \`mine\`.`,
      written ? fix("Use `infonce`", range, "infonce") : {},
    ),
} satisfies Worded;
