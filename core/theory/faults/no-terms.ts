import type { Diagnostic, Range } from "../../language/diagnostic";
import { report, type Worded, edited } from "./rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
}
`;

export const noTerms = {
  code: "no-terms",
  severity: "error",
  doc: "The loss is the compressed terms minus beta times the kept terms. A spec without `compress` and `keep` has no loss.",
  example,
  fixed: edited(example, [
    ["latent Z : gaussian(2) from X", "latent Z : gaussian(2) from X\n  compress I(X; Z)\n  keep I(X; Z)"],
  ]),

  at: (range: Range, name: string): Diagnostic =>
    report(noTerms, range, `\`${name}\` has no loss yet. Add a \`compress\` and a \`keep\` term.`),
} satisfies Worded;
