import type { Diagnostic } from "../../language/diagnostic";
import type { UseStatement } from "../../language/tree";
import { fix, report, type Worded } from "./rule";
import { wellUsed } from "./unused-use";

export const unreadUse = {
  code: "unread-use",
  severity: "error",
  doc: "The file of a `use` cannot be read. Its path starts in the folder of the file that contains the `use`. Only files that end in `.bottleneck` are opened, each of at most 1 MB and at most 64 in all, and never a web address.",
  example: `use "./shared.bottleneck"

spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`,
  ...wellUsed,

  /** @param problem why, as the end of a sentence */
  at: ({ path, range }: UseStatement, problem: string): Diagnostic =>
    report(
      unreadUse,
      path.range,
      `"${path.value}" cannot be used: ${problem}. Give the path of a .bottleneck file, relative to this file's folder.`,
      fix("Remove this line", range, ""),
    ),
} satisfies Worded;
