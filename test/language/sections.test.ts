/** A text that is read again after an edit gives what reading it from nothing gives, and reads little. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "../../core/catalogue/index";
import { parse } from "../../core/language/parser";
import type { Parse } from "../../core/language/sections";
import { Random } from "../theory/rewriting/random";

const specs = catalogue()
  .slice(0, 12)
  .map(({ text }) => text);

/** Beside whole specs: lines before them, specs in one line, twice the same, comments and faults between them. */
const texts = [
  specs.join("\n"),
  `language 1\nuse "a.bottleneck" // one\n\n/// Of the first.\n${specs[0]} // after\n/// Of the second.\n${specs[1]}}\n`,
  "spec A { }\nspec A { }\nspec A { }\n/// c\nspec B { modality X : scalar } spec C { }\n spec D extends A {\n}",
  `spce A {\n}\n${specs[2]}keep I(X; Z)\n}\nuse "late"\n${specs[3]}\nlanguage 1\nspec "title"\n{\n`,
].flatMap((text) => [text, text.replaceAll("\n", "\r\n")]);

const written = [
  ...'{}()"/ \n1x=;',
  "",
  "// ",
  "\n// c\n",
  "/// d\n",
  "spec B {\n}\n",
  "\nspec B {",
  "spec ",
  "spec = 3",
  "\r\n",
  'use "b"\n',
  "language 1\n",
];

const said = ({ tree, diagnostics, tokens, trivia }: Parse) => ({ tree, diagnostics, tokens, trivia });

/** The text after an edit of some characters, often a line or a copy of another part of the text. */
function edited(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const until = at + (random.below(3) === 0 ? random.below(120) : random.below(3));
  const from = random.below(text.length + 1);
  const by = random.below(6) === 0 ? text.slice(from, from + random.below(200)) : random.pick(written);
  return text.slice(0, at) + by + text.slice(until);
}

test("after any edits, a text is read as from nothing", () => {
  const random = new Random(11);
  for (const text of texts) {
    let [now, before] = [text, parse(text)];
    for (let i = 0; i < 150; i++) {
      now = i % 25 === 24 ? text : edited(now, random);
      before = parse(now, before);
      assert.deepEqual(said(before), said(parse(now)), JSON.stringify(now));
    }
  }
});

test("an edit reads its own spec alone, and moves the others only where they are asked for", () => {
  const text = specs.join("\n");
  const before = parse(text);
  const at = text.indexOf("gaussian(", before.sections[5]!.part.range.start) + "gaussian(".length;
  const after = parse(`${text.slice(0, at)}1${text.slice(at)}`, before);
  const again = after.sections.flatMap(({ part }, i) => (part === before.sections[i]!.part ? [] : [i]));
  assert.deepEqual(again, [5]);
  assert.equal(after.tree.specs[4], before.tree.specs[4]);
  const moved = Object.getOwnPropertyDescriptor(after.tree.specs[6], "statements");
  assert.equal(typeof moved?.get, "function");
});
