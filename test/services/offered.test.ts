/** Nothing is offered that would be an error: items are chosen all over the catalogue and the examples. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { CompletionItem, TextEdit } from "vscode-languageserver-types";
import { catalogue } from "../../core/catalogue";
import { hashText } from "../../core/random";
import { analyse } from "../../core/theory/analyse";
import { completions } from "../../services/completion";
import { openDocument, positionAt } from "../../services/document";
import { applied } from "./fixture";

const examples = new URL("../../examples/", import.meta.url);
const texts = [
  ...catalogue().map(({ text }) => text),
  ...readdirSync(examples)
    .filter((name) => name.endsWith(".bottleneck"))
    .map((name) => readFileSync(new URL(name, examples), "utf8")),
];

/** Some of the places of a text: the same ones at every run. */
const sample = <T>(places: readonly T[], text: string, count: number): T[] =>
  places
    .map((place, i) => ({ place, key: hashText(`${text.length} ${i}`) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, count)
    .map(({ place }) => place);

const category = ({ data }: CompletionItem): unknown => (data as { category?: string } | undefined)?.category;

/** The items at a place that bring an error to their line, with it. */
function faulty(text: string, offset: number): string[] {
  const document = openDocument("file:///specs/a.bottleneck", 1, text);
  const [start, end] = [text.lastIndexOf("\n", offset - 1) + 1, text.indexOf("\n", offset)];
  const errorsIn = (now: string): string[] => {
    const last = end + now.length - text.length;
    return analyse(now)
      .diagnostics.filter(
        ({ severity, range }) => severity === "error" && range.start >= start && range.start <= last,
      )
      .map(({ code, message }) => `${code}: ${message}`);
  };
  const had = new Set(errorsIn(text));
  return completions(document, positionAt(document, offset), { snippets: false }).flatMap((item) => {
    // What only begins something is followed by more.
    const begins = /(= |\* )$/.test(item.textEdit!.newText) || category(item) === "clause";
    if (begins) return [];
    const after = applied(document, [item.textEdit as TextEdit, ...(item.additionalTextEdits ?? [])]);
    const found = item.additionalTextEdits ? [] : errorsIn(after).filter((error) => !had.has(error));
    return found
      .slice(0, 1)
      .map((error) => `${text.slice(start, offset).trim()}| ${item.label}\n    ${error}`);
  });
}

test("a statement that is offered on an empty line brings no error", () => {
  const wrong = texts.flatMap((text) => {
    const lines = [...text.matchAll(/\n(?= {2}\w)/g)].map(({ index }) => index);
    return sample(lines, text, 2).flatMap((at) =>
      faulty(`${text.slice(0, at)}\n  ${text.slice(at)}`, at + 3),
    );
  });
  assert.deepEqual([...new Set(wrong)], []);
});

test("a name, a bound or a value that is offered for one that is there brings no error", () => {
  const wrong = texts.flatMap((text) => {
    const terms = [...text.matchAll(/^ +(?:keep|compress|latent|prior|separate|share|network) .*/gm)];
    const words = terms.flatMap(({ 0: line, index }) =>
      [...line.matchAll(/(?<=[ (])\w+/g)].slice(1).map((word) => index + word.index),
    );
    return sample(words, text, 3).flatMap((at) => faulty(text, at));
  });
  assert.deepEqual([...new Set(wrong)], []);
});
