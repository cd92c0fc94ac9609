/** Every action, completion and formatting keeps to the hand of a text, and brings no error, whatever that hand is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CompletionItem, TextEdit } from "vscode-languageserver-types";
import { hashText } from "../../core/random";
import { analyse } from "../../core/theory/analyse";
import { codeActions } from "../../services/actions";
import { completions } from "../../services/completion";
import { openDocument, positionAt, type Document } from "../../services/document";
import { applied } from "../services/fixture";
import { hands, strayed } from "./hands";
import { originals } from "./mutations";

const errorsOf = (text: string): number =>
  analyse(text).diagnostics.filter(({ severity }) => severity === "error").length;

/** Some words of the statements of a text, the same at every run. */
function places(text: string, count: number): number[] {
  const lines = [...text.matchAll(/^[ \t]+\w[^\r\n]*/gm)];
  const words = lines.flatMap(({ 0: line, index }) =>
    [...line.replace(/\/\/.*/, "").matchAll(/\w+/g)].map((word) => index + word.index + 1),
  );
  return words
    .map((at, i) => ({ at, key: hashText(`${text.length} ${i}`) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, count)
    .map(({ at }) => at);
}

const open = (text: string): Document => openDocument("file:///specs/a.bottleneck", 1, text);

/** Texts of one fault: a word of a statement is missing. */
const faulty = (text: string): string => text.replace(/\bkeep I\((\w+);/, "keep I(unknown;");

for (const [hand, write] of Object.entries(hands)) {
  test(`actions on a text ${hand}`, () => {
    let seen = 0;
    for (const { name, text: plain } of originals.filter((_, i) => i % 5 === 0))
      for (const text of [write(plain), write(faulty(plain))]) {
        const document = open(text);
        const had = errorsOf(text);
        for (const offset of places(text, 6)) {
          const at = positionAt(document, offset);
          for (const { title, edit } of codeActions(document, { start: at, end: at })) {
            const [change] = edit?.documentChanges ?? [];
            if (change === undefined || !("edits" in change)) continue;
            seen++;
            const after = applied(document, change.edits as TextEdit[]);
            const says = `${name}: ${title}\n${after}`;
            assert.deepEqual(strayed(text, after), [], says);
            assert.ok(errorsOf(after) <= had, says);
          }
        }
      }
    assert.ok(seen > 15, `only ${seen} actions`);
  });

  test(`completions in a text ${hand}`, () => {
    let seen = 0;
    for (const { name, text: plain } of originals.filter((_, i) => i % 7 === 0)) {
      const text = write(plain);
      const document = open(text);
      for (const offset of places(text, 6))
        for (const item of completions(document, positionAt(document, offset), { snippets: false })) {
          seen++;
          const edits = [asInserted(item, text), ...(item.additionalTextEdits ?? [])];
          const after = applied(document, edits);
          assert.deepEqual(
            strayed(kept(text, item, document), after),
            [],
            `${name}: ${item.label}\n${after}`,
          );
        }
    }
    assert.ok(seen > 30, `only ${seen} items`);
  });
}

/** The text of an item as an editor inserts it: with the line ends and the indent of the document. */
function asInserted({ textEdit }: CompletionItem, text: string): TextEdit {
  const { range, newText } = textEdit as TextEdit;
  const indented = /^\t/m.test(text) ? newText.replaceAll(/^ {2}/gm, "\t") : newText;
  return { range, newText: text.includes("\r\n") ? indented.replaceAll("\n", "\r\n") : indented };
}

/** The text without what the item replaces. */
const kept = (text: string, { textEdit }: CompletionItem, document: Document): string => {
  const { start, end } = (textEdit as TextEdit).range;
  return text.slice(0, document.lines.offsetAt(start)) + text.slice(document.lines.offsetAt(end));
};
