import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { catalogue } from "../../core/catalogue/index";
import { outsideMethods } from "../../core/catalogue/outside";

const rows = readFileSync(new URL("../../docs/citations.md", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (Method|---) /.test(line))
  .map((line) =>
    line
      .slice(2, -2)
      .split(" | ")
      .map((cell) => cell.trim()),
  );

const inside = catalogue().map(({ method, source }) => ({ method, source, cells: 5 }));
const outside = outsideMethods.map(({ method, source }) => ({ method, source, cells: 4 }));
const methods = [...inside, ...outside];

/** Names and year: a citation up to its first year. */
const cited = (source: string): string | undefined => /^.*?\b(19|20)\d\d\b/.exec(source)?.[0];

test("docs/citations.md has one row for every method, in and outside the catalogue", () => {
  assert.deepEqual(
    rows.map(([method]) => method),
    methods.map(({ method }) => method),
    "give a new method its row: the page that confirms its citation, or `unchecked`",
  );
});

for (const { method, source, cells } of methods)
  test(`the citation of ${method} is the one that was checked, or is said unchecked`, () => {
    const row = rows.find(([name]) => name === method);
    assert.equal(row?.length, cells, "a cell is missing, or one too many is there");
    const [, asCited, page, confirms = "", loss] = row;
    assert.equal(asCited, cited(source), "the citation changed: check it anew");
    assert.ok(page, "no page, and not `unchecked`");
    const words = confirms.split(", ").filter(Boolean);
    assert.deepEqual(
      words.filter((word) => !["authors", "year", "venue", "title"].includes(word)),
      [],
    );
    assert.equal(words.length === 0, page === "unchecked", "a page that was looked at confirms something");
    if (cells === 5) assert.ok(loss, "say what was seen of the loss, or `not seen`");
  });
