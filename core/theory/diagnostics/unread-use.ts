import type { Rule } from "./rule";
import { wellUsed } from "./unused-use";

export const unreadUse: Rule = {
  code: "unread-use",
  severity: "error",
  doc: "The file of a `use` cannot be read. Its path starts in the folder of the file that says it; only files that end in `.bottleneck` are opened, of at most 1 MB each and 64 in all, and no addresses of the web.",
  example: `use "./shared.bottleneck"

spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`,
  ...wellUsed,
};

/** @param problem why, as the end of a sentence */
export const unreadMessage = (path: string, problem: string): string =>
  `"${path}" cannot be used: ${problem}. Give the path of a .bottleneck file, which starts in this file's folder.`;
