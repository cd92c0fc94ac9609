import type { Diagnostic } from "../../language/diagnostic";
import type { UseStatement } from "../../language/tree";
import { fix, report, type Rule, type Worded } from "./rule";

/** A spec that extends one of a used file. */
export const wellUsed: Pick<Rule, "fixed" | "files"> = {
  fixed: `use "./common.bottleneck"

spec A extends Views {
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`,
  files: { "common.bottleneck": "spec Views {\n  modality X : vector(4)\n}\n" },
};

export const unusedUse = {
  code: "unused-use",
  severity: "hint",
  unnecessary: true,
  doc: "The file is used, but no spec extends one of its specs, so the line has no effect. A name after `extends` is looked up in the file itself, then in the files that it uses, then in the catalogue.",
  example: `use "./common.bottleneck"

spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`,
  ...wellUsed,

  at: ({ path, range }: UseStatement): Diagnostic =>
    report(
      unusedUse,
      range,
      `No spec in this file extends a spec of "${path.value}". Remove this line, or extend one of its specs.`,
      fix("Remove this line", range, ""),
    ),
} satisfies Worded;
