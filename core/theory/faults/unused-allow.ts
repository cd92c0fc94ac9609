import type { Diagnostic, Range } from "../../language/diagnostic";
import { fix, report, type Worded, edited } from "./rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z) // allow: unkept-latent
}
`;

export const unusedAllow = {
  code: "unused-allow",
  severity: "hint",
  unnecessary: true,
  doc: "`// allow: CODE` hides warnings, information and hints of this code on its line or, on a line of its own, on the next line. Several codes are separated by commas. Nothing of this code is reported there, so the comment has no effect. An error cannot be allowed.",
  example,
  fixed: edited(example, [["keep I(X; Z) // allow: unkept-latent", "keep I(X; Z)"]]),

  /** @param error whether an error of this code is there */
  at: (range: Range, code: string, error: boolean): Diagnostic =>
    report(
      unusedAllow,
      range,
      error
        ? `\`${code}\` is an error here, and errors cannot be allowed. Fix it, and remove this comment.`
        : `\`${code}\` is not reported here. Remove this comment.`,
      fix("Remove this comment", range, ""),
    ),
} satisfies Worded;
