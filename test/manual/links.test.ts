/** Links of the pages that are written by hand lead somewhere, also where the extension's page is shown. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { analyse } from "../../core/theory/analyse";
import { editorCommands } from "../../services/commands";

const root = join(import.meta.dirname, "..", "..");
const EXTENSION = "docs/extension.md";
const read = (page: string): string => readFileSync(join(root, page), "utf8");
const pages = ["", "docs"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name)),
);

/** Targets of links and pictures, outside of code. */
const targets = (page: string): string[] =>
  [
    ...read(page)
      .replace(/```[^]*?```|`[^`\n]*`/g, "")
      .matchAll(/\]\(([^()\s]+(?:\([^()]*\)[^()\s]*)?)\)/g),
  ].map(([, target]) => target!);

/** The anchors of a page's headings, as GitHub and VS Code make them. */
const anchors = (page: string): string[] =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

for (const page of pages)
  test(`links of ${page} lead to files and headings`, () => {
    for (const target of targets(page)) {
      if (/^https:/.test(target)) continue;
      const [path = "", anchor] = target.split("#");
      const to = path === "" ? page : join(dirname(page), path);
      assert.ok(existsSync(join(root, to)), `${target} is missing`);
      if (anchor !== undefined)
        assert.ok(anchors(to).includes(anchor), `${to} has no heading for #${anchor}`);
    }
  });

test("the extension's page has only what the editor shows there: links to the web, and no pictures", () => {
  assert.ok(targets(EXTENSION).length > 0);
  for (const target of targets(EXTENSION)) assert.match(target, /^(https:\/\/|#)/);
  assert.doesNotMatch(read(EXTENSION), /!\[|<img/);
});

test("the extension's page begins with a spec without findings, and names only commands that there are", () => {
  const [, language, spec] = /```(\w*)\n([^]*?)```/.exec(read(EXTENSION))!;
  assert.equal(language, "bottleneck");
  const { diagnostics, specs } = analyse(spec!);
  assert.deepEqual([diagnostics, specs.length], [[], 1]);
  const titles: string[] = editorCommands.map(({ title }) => title);
  const named = [...read(EXTENSION).matchAll(/\*\*Bottleneck: ([^*]+)\*\*/g)].map(([, title]) => title!);
  assert.ok(named.length >= 6);
  for (const title of named) assert.ok(titles.includes(title), title);
});
