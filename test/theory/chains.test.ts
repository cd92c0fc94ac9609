/** Chains of `extends`: each spec reads its base once, so a chain takes time linear in its length, in any order. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "../../core/language/parser";
import { symbolsOf } from "../../core/language/symbols";
import { analyse } from "../../core/theory/analyse";
import { flatten } from "../../core/theory/resolution/extension";
import { Library } from "../../core/theory/resolution/library";
import { Scope } from "../../core/theory/resolution/scope";

const root = `spec A0 {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;

/** Specs that each extend the one before. */
const chain = (length: number): string[] => [
  root,
  ...Array.from({ length }, (_, i) => `spec A${i + 1} extends A${i} { }\n`),
];

/** A library that counts how often a base is looked up. */
class Counting extends Library {
  lookups = 0;
  override find(...asked: Parameters<Library["find"]>): ReturnType<Library["find"]> {
    this.lookups++;
    return super.find(...asked);
  }
}

function lookupsOf(text: string): number {
  const library = new Counting(text);
  for (const tree of library.own.file.specs)
    assert.ok(flatten(new Scope(), tree, { library, errorsOf: () => [] }), tree.name.text);
  return library.lookups;
}

test("twice the chain takes twice the look-ups, written forwards or backwards", () => {
  for (const written of [(specs: string[]) => specs, (specs: string[]) => specs.toReversed()]) {
    const [short, long] = [200, 400].map((length) => lookupsOf(written(chain(length)).join("")));
    assert.ok(long! <= 2.1 * short!, `${short} look-ups, then ${long}`);
  }
});

test("every spec of a chain of 300 is valid and has the terms of the first", () => {
  const { specs, diagnostics } = analyse(chain(300).join(""));
  assert.deepEqual(diagnostics, []);
  assert.equal(specs.length, 301);
  for (const { valid, derived } of specs) {
    assert.ok(valid);
    assert.deepEqual(
      derived!.terms.map(({ term }) => term.id),
      ["compress I(X; Z)", "keep I(X; Z)"],
    );
  }
});

test("a chain longer than the stack is deep is read from its end", () => {
  const specs = chain(20_000);
  const text = specs.toReversed().join("");
  const library = new Library(text);
  const last = library.own.file.specs[0]!;
  assert.equal(flatten(new Scope(), last, { library, errorsOf: () => [] })!.statements.length, 4);
  const { tree } = parse(text);
  assert.deepEqual([...symbolsOf(tree).specs[0]!.scope.keys()], ["X", "Z"]);
});

test("an edit of one spec of a chain leaves those before it as they were", () => {
  const specs = chain(50);
  const first = analyse(specs.join(""));
  const edited = specs.with(25, "spec A25 extends A24 {\n  knob w = 2 in 1 .. 4\n}\n");
  const second = analyse(edited.join(""), undefined, first);
  const kept = second.specs.map((spec, i) => spec.derived === first.specs[i]!.derived);
  assert.deepEqual(
    kept,
    specs.map((_, i) => i < 25),
  );
});

test("a circle is an error at each spec of it, and what extends it has no loss", () => {
  const { specs, diagnostics } = analyse(
    "spec A extends B { }\nspec B extends C { }\nspec C extends B { }\n",
  );
  assert.deepEqual(
    diagnostics.map(({ code, range }) => [code, range.start]),
    [
      ["bad-extension", 36],
      ["bad-extension", 57],
    ],
  );
  assert.ok(specs.every(({ valid }) => !valid));
});
