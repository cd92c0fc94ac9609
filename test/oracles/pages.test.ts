/** Pages of measured results are as new as what they were made from. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { catalogue } from "../../core/catalogue/index";
import { markOf } from "../../scripts/pages";
import * as bounds from "../verify/bounds";
import * as methods from "../verify/catalogue";
import { exceptions } from "../verify/catalogue/exceptions";

const root = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");
const textOf = (page: string): string =>
  existsSync(`${root}/${page}`) ? readFileSync(`${root}/${page}`, "utf8") : "";

for (const { page, sources } of [bounds, methods])
  test(`${page} is not stale`, () => {
    assert.ok(
      textOf(page).endsWith(markOf(root, sources)),
      `${page} is older than its sources: run \`npm run verify\``,
    );
  });

test("every method has a measured verdict, and none disagrees with its own words", () => {
  const verdicts = new Map(
    [...textOf(methods.page).matchAll(/^\| \[.*\]\(manual\/methods\/(.*)\.md\) \| (.*) \|$/gm)].map(
      ([, file, verdict]) => [file!, verdict!],
    ),
  );
  for (const { file } of catalogue())
    assert.match(verdicts.get(file) ?? "none", /^agrees/, `${file}: ${verdicts.get(file) ?? "no verdict"}`);
});

test("every exception speaks of a claim that its method makes and that does not hold", () => {
  const text = textOf(methods.page);
  for (const { file, claim, because } of exceptions) {
    const { method } = catalogue().find((entry) => entry.file === file)!;
    const section = text.split(/^## /m).find((part) => part.startsWith(`${method}\n`)) ?? "";
    const line = section.split("\n").find((row) => row.startsWith(`| \`${claim}\` |`)) ?? "";
    assert.match(line, /\| exception: /, `${file}: ${claim}`);
    assert.ok(because.length > 40);
  }
});
