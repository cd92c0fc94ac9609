import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "../../core/language/parser";
import type { Statement } from "../../core/language/tree";
import { signatureOf, vocabulary, type Category, type Entry } from "../../core/language/vocabulary";
import { fileWords, functionalWords, statementWords } from "../../core/language/words";

const entries = Object.entries(vocabulary).flatMap(([category, list]) =>
  list.map((entry) => ({ category: category as Category, entry })),
);

/** The example as a file. */
function fileOf({ category, example }: Entry): string {
  if (category === "file") return example.endsWith("{") ? `${example}\n}` : example;
  return example.startsWith("spec") ? `${example}\n}` : `spec A {\n  ${example}\n}`;
}

test("every word stands in the category it says, once", () => {
  for (const [category, list] of Object.entries(vocabulary)) {
    assert.deepEqual(
      [...new Set(list.map(({ word }) => word))],
      list.map(({ word }) => word),
      category,
    );
    for (const entry of list) assert.equal(entry.category, category, entry.word);
  }
});

for (const { category, entry } of entries) {
  test(`${category} ${entry.word}: its example uses it and has no errors`, () => {
    const text = fileOf(entry);
    assert.deepEqual(parse(text).diagnostics, []);
    assert.match(entry.example, new RegExp(`(?<![\\w-])${entry.word}(?![\\w-])`));
    assert.match(entry.doc, /^[A-Z].*\.$/, "one sentence");
    assert.match(signatureOf(entry), new RegExp(entry.word));
  });
}

test("the statements, lines and terms that are read are those described", () => {
  const words = (list: readonly Entry[]): string[] => list.map(({ word }) => word).sort();
  assert.deepEqual(words(vocabulary.statement), Object.keys(statementWords).sort());
  assert.deepEqual(words(vocabulary.file), Object.keys(fileWords).sort());
  assert.deepEqual(words(vocabulary.functional), [...functionalWords].sort());
});

test("a statement's example is a statement of that word", () => {
  const wordOf = (statement: Statement): string => {
    if (statement.kind === "stream") return statement.role;
    return statement.kind === "term" ? statement.side : statement.kind;
  };
  for (const entry of vocabulary.statement) {
    const statement = parse(fileOf(entry)).tree.specs[0]?.statements[0];
    assert.equal(statement && wordOf(statement), entry.word);
  }
});
