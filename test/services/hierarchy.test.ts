import assert from "node:assert/strict";
import { test } from "node:test";
import type { TypeHierarchyItem } from "vscode-languageserver-types";
import { openDocument, type Document } from "../../services/document";
import { prepareHierarchy, subtypes, supertypes } from "../../services/hierarchy";

const methods = "file:///package/core/catalogue/";
const [base, heir] = ["file:///w/base.bottleneck", "file:///w/later/heir.bottleneck"];
const texts: Record<string, string> = {
  [base]: 'spec Base "First" extends DVSIB {\n}\n\nspec Twin extends Base {\n}\n',
  [heir]:
    'use "../base.bottleneck"\n\nspec Heir extends Base(X = photo) {\n}\nspec Last extends Heir {\n}\nspec Lost extends Nothing {\n}\n',
};
const uses = Object.fromEntries(Object.entries(texts).map(([uri, text]) => [uri, { text }]));
const documents = Object.entries(texts).map(([uri, text]) => openDocument(uri, 1, text, uses));
const [ofBase, ofHeir] = documents as [Document, Document];

const at = (document: Document, mark: string) => document.lines.positionAt(document.text.indexOf(mark) + 1);
const prepared = (document: Document, mark: string) =>
  prepareHierarchy(document, at(document, mark), methods);
const item = (document: Document, mark: string): TypeHierarchyItem => prepared(document, mark)![0]!;
const named = (items: readonly TypeHierarchyItem[]): string[] =>
  items.map(({ name, uri }) => `${name} ${uri.split("/").at(-1)}`);

test("a spec is prepared from its own name and after `extends`, with its place and title", () => {
  const own = item(ofBase, "Base");
  assert.deepEqual(own, {
    name: "Base",
    detail: "First",
    kind: 5,
    uri: base,
    range: { start: { line: 0, character: 0 }, end: { line: 1, character: 1 } },
    selectionRange: { start: { line: 0, character: 5 }, end: { line: 0, character: 9 } },
  });
  assert.deepEqual(item(ofHeir, "Base(X"), own, "the same from a file that uses it");
  assert.equal(item(ofBase, "DVSIB").uri, `${methods}dvsib.bottleneck`);
  assert.equal(
    prepareHierarchy(ofBase, at(ofBase, "DVSIB")),
    null,
    "no editor opens a text without an address",
  );
  assert.equal(prepared(ofHeir, "photo"), null);
  assert.equal(prepared(ofHeir, "Nothing"), null);
});

test("up the hierarchy: over files, to a method, to nothing", () => {
  const up = (of: TypeHierarchyItem): TypeHierarchyItem[] => supertypes(documents, of, methods);
  assert.deepEqual(named(up(item(ofHeir, "Last"))), ["Heir heir.bottleneck"]);
  assert.deepEqual(named(up(item(ofHeir, "Heir"))), ["Base base.bottleneck"]);
  assert.deepEqual(named(up(item(ofBase, "Base"))), ["DVSIB dvsib.bottleneck"]);
  assert.deepEqual(up(item(ofBase, "DVSIB")), []);
  assert.deepEqual(up(item(ofHeir, "Lost")), []);
  // The file that is used need not be one of the workspace.
  assert.deepEqual(named(supertypes([ofHeir], item(ofHeir, "Base(X"), methods)), ["DVSIB dvsib.bottleneck"]);
});

test("down the hierarchy: every spec of the workspace that extends it, none that only extends an heir", () => {
  const down = (of: TypeHierarchyItem): string[] => named(subtypes(documents, of, methods));
  assert.deepEqual(down(item(ofBase, "DVSIB")), ["Base base.bottleneck"]);
  assert.deepEqual(down(item(ofBase, "Base")), ["Twin base.bottleneck", "Heir heir.bottleneck"]);
  assert.deepEqual(down(item(ofHeir, "Last")), []);
  const elsewhere = { ...item(ofBase, "Base"), uri: "file:///w/other/base.bottleneck" };
  assert.deepEqual(down(elsewhere), [], "one of the same name in another file is another");
});

test("specs that extend each other in a circle have a hierarchy, level by level", () => {
  const circle = openDocument("file:///w/c.bottleneck", 1, "spec A extends B {\n}\nspec B extends A {\n}\n");
  const a = prepareHierarchy(circle, { line: 0, character: 5 }, methods)![0]!;
  assert.deepEqual(named(supertypes([circle], a, methods)), ["B c.bottleneck"]);
  assert.deepEqual(named(subtypes([circle], a, methods)), ["B c.bottleneck"]);
});
