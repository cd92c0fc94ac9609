/** Words that every JavaScript object has are words as any other: names, options, settings, bounds, methods. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "../../core/catalogue/index";
import { exportTargets } from "../../core/export/index";
import { scan } from "../../core/language/scanner";
import { faults } from "../../core/language/faults";
import { buildObjective } from "../../core/theory/objective/objective";
import { diagnostics } from "../../services/diagnostics";
import { openDocument } from "../../services/document";
import { hover } from "../../services/hover";
import { inlayHints } from "../../services/hints";
import { semanticTokens } from "../../services/semantic-tokens";
import { documentSymbols } from "../../services/symbols";
import { completions } from "../../services/completion";

const WORDS = ["__proto__", "constructor", "toString", "hasOwnProperty"];

/** All that reads a text, at the place of a word. */
function readAll(text: string, at: number): void {
  const document = openDocument("file:///a.bottleneck", 1, text);
  diagnostics(document);
  const position = document.lines.positionAt(at + 1);
  hover(document, position);
  completions(document, position, { snippets: true });
  semanticTokens(document);
  documentSymbols(document);
  inlayHints(document, { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } });
  for (const { valid, derived } of document.analysis.specs)
    if (valid) {
      buildObjective(derived!);
      for (const target of exportTargets) target.write(derived!, "a");
    }
}

const texts = [
  ...catalogue()
    .filter((_, i) => i % 6 === 0)
    .map(({ text }) => text),
  `spec A {
  data "planted-factors" { samples = 100, noise = 0.1 }
  modality X : vector(64)
  modality X2 = augment(X, noise)
  observe label : label(8)
  missing X rate 0.1
  latent Z : gaussian(2) from X by poe
  prior Z = mixture(4)
  network encoder Z = mlp(8)
  compress I(X; Z) by kl
  keep I(X; Z) by gaussian(learned) as second
  want forget(label) in Z
  train { epochs = 1, optimizer = adam(1e-3) }
}
spec B extends A(X = Q) {
  drop Z
}
`,
];

test("one word of a file exchanged for one of every object's", () => {
  let count = 0;
  for (const text of texts)
    for (const { kind, start, end } of scan(text).tokens) {
      if (kind !== "word") continue;
      const word = WORDS[count++ % WORDS.length]!;
      const changed = text.slice(0, start) + word + text.slice(end);
      assert.doesNotThrow(() => readAll(changed, start), `${word} at ${start} of\n${text}`);
    }
  assert.ok(count > 400);
});

test("such a word as a name, everywhere, is a name", () => {
  for (const word of WORDS) {
    const text = `spec A {
  modality X : vector(4)
  latent ${word} : gaussian(2) from X
  compress I(X; ${word})
  keep I(X; ${word})
}
`;
    const document = openDocument("file:///a.bottleneck", 1, text);
    assert.deepEqual(document.analysis.diagnostics, [], word);
    readAll(text, text.indexOf(word));
    const renamedView = text.replaceAll(word, "Z").replaceAll("X", word);
    assert.deepEqual(openDocument("file:///a.bottleneck", 1, renamedView).analysis.diagnostics, [], word);
    readAll(renamedView, renamedView.indexOf(word));
  }
});

test("as a term it is unknown, and nothing more", () => {
  for (const word of WORDS) {
    const text = `spec A {\n  modality X : vector(4)\n  latent Z : gaussian(2) from X\n  compress I(X; Z)\n  keep ${word}(Z)\n}\n`;
    const found = openDocument("file:///a.bottleneck", 1, text).analysis.diagnostics;
    assert.deepEqual(
      found.map(({ code }) => code),
      ["unknown-term"],
    );
    assert.ok(Object.hasOwn(faults, found[0]!.code));
    assert.match(found[0]!.message, new RegExp(`\`${word}\``));
  }
});
