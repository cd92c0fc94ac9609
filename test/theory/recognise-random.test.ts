import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue, type CatalogueEntry } from "../../core/catalogue/index";
import { canonicalForm } from "../../core/theory/recognition/canonical";
import { derive } from "../../core/theory/derivation/derive";
import type { DerivedLoss } from "../../core/theory/derivation/loss";
import { compare } from "../../core/theory/recognition/match";
import { recognise } from "../../core/theory/recognition/recognise";
import { Library } from "../../core/theory/resolution/library";
import { resolve } from "../../core/theory/resolution/resolve";
import { changes } from "./rewriting/changes";
import { Random } from "./rewriting/random";
import { renamed, rewritings } from "./rewriting/rewritings";
import { putTogether, takenApart } from "./rewriting/written";

/** The loss of a text; nothing where it has no loss. */
function lossOf(text: string): DerivedLoss | undefined {
  const library = new Library(text);
  const { file, syntax } = library.own;
  const { spec, diagnostics: found } = resolve(file.specs[0]!, library);
  const loss = spec && derive(spec);
  const all = [...syntax, ...found, ...(loss?.diagnostics ?? [])];
  return all.some(({ severity }) => severity === "error") ? undefined : loss;
}

const TEXTS = 100;
const MOST_AT_ONCE = 5;

for (const [i, entry] of catalogue().entries()) {
  test(`${entry.method} is recognised in ${TEXTS} other texts of the same loss`, () => {
    const random = new Random(i + 1);
    for (let at = 0; at < TEXTS; at++) {
      const names = random.shuffled(Object.keys(rewritings)).slice(0, 1 + random.below(MOST_AT_ONCE));
      const written = names.reduce((all, name) => rewritings[name]!(all, random), takenApart(entry.text));
      const text = renamed(
        putTogether(written, (lines) => random.shuffled(lines)),
        written,
        random,
      );
      const loss = lossOf(text);
      assert.ok(loss, `${names.join(", ")}: no loss\n${text}`);
      const { match, text: told } = recognise(loss);
      assert.deepEqual([match, told], ["exact", entry.method], `${names.join(", ")}\n${text}`);
    }
  });
}

const SINGLE_CHANGES = 500;

/** Whether two texts of methods are one loss, whichever is compared with which. */
const isSame = (loss: DerivedLoss, { text }: CatalogueEntry): boolean => {
  const [own, method] = [canonicalForm(loss), canonicalForm(lossOf(text)!)];
  return compare(own, method)?.distance === 0;
};

test(`${SINGLE_CHANGES} single changes are never claimed to be the method that was changed`, () => {
  const random = new Random(2026);
  const entries = catalogue();
  const names = Object.keys(changes);
  let count = 0;
  while (count < SINGLE_CHANGES) {
    const entry = random.pick(entries);
    const name = names[count % names.length]!;
    const changed = changes[name]!(takenApart(entry.text), random);
    const text = changed && putTogether(changed);
    const loss = text && lossOf(text);
    if (!loss) continue;
    count++;
    const { match, method, text: told } = recognise(loss);
    const what = `${entry.method}, ${name}: told ${match} ${told}\n${text}`;
    if (match !== "exact") continue;
    assert.notEqual(method, entry.method, what);
    assert.ok(
      isSame(
        loss,
        entries.find((each) => each.method === method)!,
      ),
      what,
    );
  }
});
