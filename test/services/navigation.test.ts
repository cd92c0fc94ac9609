import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "../../core/catalogue/index";
import { definition, highlights, references } from "../../services/navigation";
import { prepareRename, rename, RenameError } from "../../services/rename";
import { applied, fixture, inSpec, twoViews, type Fixture } from "./fixture";

const textAt = (
  { document }: Fixture,
  { start, end }: { start: { line: number; character: number }; end: { line: number; character: number } },
): string => document.text.slice(document.lines.offsetAt(start), document.lines.offsetAt(end));

/** Renames at the mark and compares the text. */
function check(marked: string, newName: string, expected: string): void {
  const { document, position } = fixture(marked);
  const change = rename([document], document, position, newName).documentChanges![0]!;
  assert.ok("edits" in change);
  assert.equal(change.textDocument.version, 1, "the edit is of one version");
  assert.equal(applied(document, change.edits as never), expected);
}

test("definition: from a use in a term to the declaration", () => {
  const found = fixture(
    inSpec("modality X : vector(4)", "latent Z : gaussian(2) from X", "compress I(X; Z$0)"),
  );
  const place = definition(found.document, found.position);
  assert.equal(place?.range.start.line, 2);
  assert.equal(textAt(found, place!.range), "Z");
});

test("definition of a spec that is extended", () => {
  const found = fixture(`${inSpec("modality X : vector(4)")}spec B extends A$0 {\n}\n`);
  assert.equal(definition(found.document, found.position)?.range.start.line, 0);
});

test("definition of a method and of what it declares: its text, where the editor can open it", () => {
  const methods = "file:///package/core/catalogue/";
  const goesTo = (marked: string): string | undefined => {
    const { document, position } = fixture(marked);
    const found = definition(document, position, methods);
    if (found === null) return undefined;
    assert.equal(found.uri, `${methods}dvsib.bottleneck`);
    const { text } = catalogue().find(({ file }) => file === "dvsib")!;
    const { line, character } = found.range.start;
    const [first, second] = [text.split("\n")[line]!, found.range.end];
    assert.equal(second.line, line);
    return `${first.slice(0, character)}«${first.slice(character, second.character)}»`;
  };
  assert.equal(goesTo("spec Mine extends DV$0SIB {\n}\n"), "spec «DVSIB»");
  assert.equal(goesTo("spec Mine extends DVSIB(X$0 = photo) {\n}\n"), "  modality «X»");
  assert.equal(goesTo("spec Mine extends DVSIB {\n  compress TC(Zx$0)\n}\n"), "  latent «Zx»");
  assert.equal(goesTo("spec Mine extends DVS$0 {\n}\n"), undefined);
  const { document, position } = fixture("spec Mine extends DV$0SIB {\n}\n");
  assert.equal(definition(document, position), null);
});

test("references and highlights are the uses of one meaning", () => {
  const found = fixture(twoViews.replace("latent Zx", "latent Z$0x"));
  const lines = references([found.document], found.document, found.position, true).map(
    ({ range }) => range.start.line,
  );
  assert.deepEqual(lines, [8, 14, 16, 17]);
  assert.equal(references([found.document], found.document, found.position, false).length, 3);
  assert.equal(highlights(found.document, found.position).length, 4);
});

test("the same name in another spec is another thing", () => {
  const two = `${inSpec("modality X$0 : vector(4)")}${inSpec("modality X : vector(4)").replace("A", "B")}`;
  const { document, position } = fixture(two);
  assert.equal(references([document], document, position, true).length, 1);
});

test("rename changes every use, weights, labels and `each` included", () => {
  check(
    inSpec("modality X : vector(4)", "latent Z : gaussian(2) from X$0", "compress I(X; Z)"),
    "photo",
    inSpec("modality photo : vector(4)", "latent Z : gaussian(2) from photo", "compress I(photo; Z)"),
  );
  check(
    inSpec("knob w$0 = 1 in 0.1 .. 10", "keep 2 * w * I(X; Z)"),
    "v",
    inSpec("knob v = 1 in 0.1 .. 10", "keep 2 * v * I(X; Z)"),
  );
  check(inSpec("each V$0 in X, Y: keep I(V; Z)"), "S", inSpec("each S in X, Y: keep I(S; Z)"));
});

test("rename reaches the specs that extend", () => {
  const base = inSpec("modality X$0 : vector(4)");
  const check2 = "spec B extends A {\n  latent Z : gaussian(2) from X\n}\n";
  check(base + check2, "P", base.replace("X$0", "P") + check2.replace("X", "P"));
});

test("rename refuses words of the language, taken names and what is no name, and says why", () => {
  const refuse = (marked: string, newName: string, reason: RegExp): void => {
    const { document, position } = fixture(marked);
    assert.throws(
      () => rename([document], document, position, newName),
      (error) => error instanceof RenameError && reason.test(error.message),
    );
  };
  refuse(inSpec("moda$0lity X : vector(4)"), "Y", /Only a name that this file declares can be renamed/);
  refuse(inSpec("modality X$0 : vector(4)", "modality Y : vector(4)"), "Y", /already declared/);
  refuse(inSpec("modality X$0 : vector(4)"), "2x", /not a name/);
  const { document, position } = fixture(inSpec("modality X$0 : vector(4)"));
  assert.equal(prepareRename(document, position).placeholder, "X");
});

test("names inherited from a method of the catalogue have no place in the file", () => {
  const { document, position } = fixture(
    "spec Mine extends DVSIB(X = photo) {\n  keep I(photo; Z$0x) by gaussian\n}\n",
  );
  assert.equal(definition(document, position), null);
  assert.throws(() => prepareRename(document, position), RenameError);
});
