/** Pages of measured results are as new as what they were made from. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { markOf } from "../../scripts/pages";
import { page, sources } from "../verify/bounds";

test("docs/bounds.md is not stale", () => {
  const root = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");
  const text = readFileSync(`${root}/${page}`, "utf8");
  assert.ok(
    text.endsWith(markOf(root, sources)),
    `${page} is older than its sources: run \`npm run verify\``,
  );
});
