import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import temml from "temml";
import { catalogue } from "../../core/catalogue/index";
import { faults } from "../../core/language/faults";
import { signatureOf, vocabulary } from "../../core/language/vocabulary";
import { analyse } from "../../core/theory/analyse";
import { bounds } from "../../core/theory/bounds/index";
import { critics } from "../../core/theory/critics/index";
import { rules } from "../../core/theory/diagnostics/index";
import { refusals } from "../../core/train/refusals";
import { diagnostics } from "../../services/diagnostics";
import { openDocument } from "../../services/document";
import { parts } from "../../scripts/manual/parts";
import { manualPages } from "../../scripts/manual/pages";

const folder = fileURLToPath(new URL("../../docs/manual", import.meta.url));
const pages = manualPages();

test("the pages in docs/manual are those that the code describes", () => {
  const present = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".md"));
  assert.deepEqual(present.sort(), [...pages.keys()].sort(), "run `node scripts/manual.mjs`");
  for (const [name, text] of pages)
    assert.equal(readFileSync(join(folder, name), "utf8"), text, `${name}: run \`node scripts/manual.mjs\``);
});

test("what follows from a list in files written by hand is as the list has it", () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  for (const { file, write } of parts) {
    const text = readFileSync(join(root, file), "utf8");
    assert.equal(text, write(text), `${file} differs from the lists: run \`node scripts/manual.mjs\``);
  }
});

test("every word, bound, critic, diagnostic and fault is described", () => {
  const all = [...pages.values()].join("\n");
  for (const entry of Object.values(vocabulary).flat())
    assert.ok(all.includes(signatureOf(entry)) && all.includes(entry.doc), `${entry.category} ${entry.word}`);
  for (const { id, gap } of bounds) assert.ok(pages.get(`bounds/${id}.md`)?.includes(gap), id);
  for (const { doc } of critics) assert.ok(pages.get("critics.md")?.includes(doc), doc);
  for (const { code, doc } of [...rules, ...refusals])
    assert.ok(pages.get(`diagnostics/${code}.md`)?.includes(doc), code);
  for (const [code, { doc }] of Object.entries(faults))
    assert.ok(pages.get(`diagnostics/${code}.md`)?.includes(doc), code);
});

test("every diagnostic's page says what is told of its example", () => {
  for (const code of [...[...rules, ...refusals].map((rule) => rule.code), ...Object.keys(faults)])
    assert.match(pages.get(`diagnostics/${code}.md`) ?? "", /\nIt is reported as:\n\n> .+\n/, code);
});

test("every method's derivation is worked out: from the ideal, by a bound for each term, to a verdict", () => {
  for (const { file, method, text } of catalogue()) {
    const written = pages.get(`methods/${file}.md`)!;
    const { derived } = analyse(text).specs[0]!;
    for (const heading of ["The ideal", "Is the loss a bound?"])
      assert.match(written, new RegExp(`### \\d+\\. ${heading.replace("?", "\\?")}`), method);
    for (const { bound } of derived!.terms) {
      assert.ok(written.includes(bound.gap) && written.includes(bound.citation), `${method}: ${bound.id}`);
    }
  }
});

test("every page is reached from the manual's first", () => {
  const reached = new Set(["README.md"]);
  for (const name of reached)
    for (const [, target = ""] of (pages.get(name) ?? "").matchAll(/\]\(([^)#]+\.md)\)/g))
      reached.add(posix.normalize(posix.join(dirname(name), target)));
  assert.deepEqual(
    [...pages.keys()].filter((name) => !reached.has(name)),
    [],
  );
});

test("links between the pages lead somewhere", () => {
  for (const [name, text] of pages) {
    for (const [, target = ""] of text.matchAll(/\]\(([^)#]+\.md)\)/g)) {
      const path = posix.normalize(posix.join(dirname(name), target));
      assert.ok(pages.has(path), `${name} links to ${target}`);
    }
  }
});

test("every formula can be read as LaTeX", () => {
  for (const [name, text] of pages) {
    for (const [, latex = ""] of text.matchAll(/^\$\$\n(.*?)\n\$\$$/gms))
      assert.doesNotThrow(() => temml.renderToString(latex, { throwOnError: true }), `${name}: ${latex}`);
  }
});

test("a finding links to its page, where the manual's place is known", () => {
  const document = openDocument("file:///a.bottleneck", 1, "spec A {\n}\n");
  const base = "file:///installed/docs/manual/";
  const [found] = diagnostics(document, { manual: base });
  const href = found?.codeDescription?.href ?? "";
  assert.equal(href, `${base}diagnostics/no-terms.md`);
  assert.ok(pages.has(href.slice(base.length)));
  assert.equal(diagnostics(document)[0]?.codeDescription, undefined);
});
