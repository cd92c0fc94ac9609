/** Where the terms for wants are offered. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CodeAction, TextEdit } from "vscode-languageserver-types";
import { codeActions } from "../../services/actions";
import { completions } from "../../services/completion";
import { diagnostics } from "../../services/diagnostics";
import { applied, fixture, inSpec } from "./fixture";

const streams = ["modality X : vector(4)", "modality Y : vector(4)"];

function offered(marked: string): { action: CodeAction; after: string } | undefined {
  const { document, position } = fixture(marked);
  const action = codeActions(document, { start: position, end: position }, { only: ["quickfix"] }).find(
    ({ title }) => title.startsWith("Write the terms for these wants"),
  );
  const change = action?.edit?.documentChanges?.[0];
  return change && "edits" in change
    ? { action: action!, after: applied(document, change.edits as TextEdit[]) }
    : undefined;
}

for (const [place, marked] of [
  ["on the want", inSpec(...streams, "want sha$0red(X, Y)")],
  ["at the spec without terms", inSpec(...streams, "want shared(X, Y)").replace("A {", "A$0 {")],
  ["at a name that a want names", inSpec(...streams, "want reconstruct(X) in Q$0")],
  [
    "at a name that a term uses",
    inSpec(...streams, "want shared(X, Y)", "knob beta = 2", "compress I(X; Z$0x)", "keep I(X; Zx)"),
  ],
] as const)
  test(`the terms are offered ${place}, and fix what is found there`, () => {
    const { action, after } = offered(marked)!;
    assert.equal(action.title, "Write the terms for these wants");
    const { document } = fixture(after);
    assert.deepEqual(
      diagnostics(document).filter(({ severity }) => severity === 1),
      [],
      after,
    );
  });

test("they are named as the fix of the finding that they remove", () => {
  const { action } = offered(inSpec(...streams, "want shared(X, Y)").replace("A {", "A$0 {"))!;
  assert.deepEqual(
    action.diagnostics?.map(({ code }) => code),
    ["no-terms"],
  );
});

test("they are not offered elsewhere, nor where every want is met", () => {
  assert.equal(offered(inSpec("modal$0ity X : vector(4)", "want reconstruct(X)")), undefined);
  const met = ["latent Z : gaussian(2) from X", "compress I(X; Z)", "keep I(X; Z)"];
  assert.equal(offered(inSpec(streams[0]!, "want recon$0struct(X)", ...met)), undefined);
});

test("the title says which want is left, and why", () => {
  const { action } = offered(inSpec(...streams, "observe s : scalar", "want sha$0red(X, Y), predict(s)"))!;
  assert.match(action.title, /^Write the terms for these wants \(not `predict\(s\)`: .*`observe`d/);
});

test("they are the first completion until there is a term", () => {
  const marked = inSpec(...streams, "want shared(X, Y)", "$0");
  const { document, position } = fixture(marked);
  const [first] = completions(document, position, { snippets: true });
  assert.equal(first?.label, "Write the terms for these wants");
  const after = applied(document, [first.textEdit as TextEdit, ...first.additionalTextEdits!]);
  assert.deepEqual(diagnostics(fixture(after).document), []);
  const started = fixture(inSpec(...streams, "want shared(X, Y)", "ke$0"));
  assert.equal(completions(started.document, started.position, { snippets: true })[0]?.label, first.label);
  for (const other of [
    inSpec(...streams, "want shared(X, Y)", "keep $0"),
    inSpec(...streams, "$0"),
    inSpec(...streams, "want shared(X, Y)", "latent Z : gaussian(2) from X", "keep I(X; Z)", "$0"),
  ]) {
    const there = fixture(other);
    const labels = completions(there.document, there.position, { snippets: true }).map(({ label }) => label);
    assert.ok(!labels.includes(first.label), other);
  }
});
