/** The listed words are in nothing that a person reads, and in comments and names their number only falls. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { count } from "../../core/language/text";
import { codeOf, filesOf, literalsOf, manifestTexts, read, root } from "./texts";
import { habits, hits } from "./words";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const SOURCES = ["core", "services", "server", "client", "trainer", "webview", "cli", "scripts"];

const sourcesOf = (folder: string): string[] => filesOf(folder, ".ts", ".tsx", ".mjs");

test("pages, the catalogue, the examples and the manifest use plain words", () => {
  const pages = [
    "README.md",
    "CHANGELOG.md",
    "ARCHITECTURE.md",
    "docs/decisions.md",
    "docs/extension.md",
    ...filesOf("docs/manual", ".md"),
    ...filesOf("core/catalogue", ".bottleneck"),
    ...filesOf("examples", ".bottleneck"),
  ];
  for (const path of pages) assert.deepEqual(hits(read(path)), [], path);
  for (const text of manifestTexts()) assert.deepEqual(hits(text), [], "package.json");
});

for (const folder of SOURCES)
  test(`messages and labels of ${folder} use plain words`, () => {
    for (const path of sourcesOf(folder))
      assert.deepEqual(
        literalsOf(path).flatMap((text) => hits(text)),
        [],
        path,
      );
  });

const known = JSON.parse(readFileSync(join(root, "test/style/counts.json"), "utf8")) as Record<
  string,
  number
>;

for (const folder of [...SOURCES, "test"])
  test(`comments and names of ${folder}: the number of listed words only falls`, (t) => {
    const found = sourcesOf(folder)
      .filter((path) => !path.startsWith("test/style/"))
      .flatMap((path) => hits(codeOf(path)).map((hit) => `${path}: ${hit}`));
    const listed = known[folder] ?? 0;
    assert.ok(
      found.length <= listed,
      `${found.length} instead of ${listed}; write these plainly:\n${found.join("\n")}`,
    );
    if (found.length < listed)
      t.diagnostic(`${found.length} instead of ${listed}: lower "${folder}" in test/style/counts.json`);
  });

test("each listed word is found where it is written, and plain words are not", () => {
  const examples = [
    "the codes are told apart",
    "it stands in the file",
    "Z is no latent",
    "the same file mended",
    "the stream is redrawn",
    "I(X; Z) weighed apart",
    "its rate is paid",
    "the code holds the digit",
    "what it holds",
    "two terms, of which one is kept",
    "1 where it is not said",
    "What a row counts is 2.",
    "Train on",
    "to be rid of information",
    "a batch of 1 rows",
  ];
  assert.equal(examples.length, habits.length);
  examples.forEach((text, i) =>
    assert.match(text, new RegExp(habits[i]!.pattern.source, habits[i]!.pattern.flags)),
  );
  for (const text of [
    "There is no such file.",
    "It is no longer needed.",
    "What is kept?",
    "The verdict of a code: it keeps the digit.",
    "The method, which is exact, holds.",
  ])
    assert.deepEqual(hits(text), []);
});

test("a number agrees with its noun", () => {
  assert.equal(count(1, "row"), "1 row");
  assert.equal(count(2, "row"), "2 rows");
  assert.equal(count(0, "entry", "entries"), "0 entries");
});
