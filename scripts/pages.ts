/** Pages of measured results, and whether they are newer than what they were made from. */
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(join(path, name)));
}

/** A hash of all files under these paths. */
function hashOf(root: string, paths: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of paths)
    for (const file of filesOf(join(root, path)))
      hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}

/** The last line of a page: what it was made from. */
export const markOf = (root: string, sources: readonly string[]): string =>
  `<!-- made by npm run verify from sources ${hashOf(root, sources)} -->\n`;
