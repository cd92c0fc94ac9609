/** `// allow: code`, severities as settings, and marks of what has no effect. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DiagnosticSeverity, DiagnosticTag, type TextEdit } from "vscode-languageserver-types";
import { codeActions } from "../../services/actions";
import { diagnostics } from "../../services/diagnostics";
import { severitiesOf, severitySetting } from "../../services/severities";
import { applied, fixture, inSpec } from "./fixture";

const lines = [
  "modality X : vector(4)",
  "latent Z : gaussian(2) from X",
  "latent W : gaussian(2) from X",
  "compress I(X; Z)",
  "compress I(X; W)",
  "keep I(X; Z)",
];
const codes = (text: string): string[] =>
  diagnostics(fixture(text).document).map(({ code, severity }) => `${code} ${severity}`);
const unkept = inSpec(...lines);
const at = (line: string, by: string): string => unkept.replace(line, by);
const latentW = "latent W : gaussian(2) from X";

test("a warning is allowed on its line, or above it", () => {
  assert.deepEqual(codes(unkept), ["unkept-latent 2"]);
  assert.deepEqual(codes(at(latentW, `${latentW} // allow: unkept-latent`)), []);
  assert.deepEqual(codes(at(latentW, `// allow: wider-latent, unkept-latent\n  ${latentW}`)), [
    "unused-allow 4",
  ]);
  assert.deepEqual(codes(at(latentW, `// allow: unkept-latent\n\n  // because\n  ${latentW}`)), []);
  assert.deepEqual(codes(at(lines[0]!, `${lines[0]} // allow: unkept-latent`)), [
    "unused-allow 4",
    "unkept-latent 2",
  ]);
});

test("an error is never allowed, and the comment says so", () => {
  const text = at("keep I(X; Z)", "keep I(X; Q) // allow: unknown-name");
  const { document } = fixture(text);
  const found = diagnostics(document);
  assert.deepEqual(
    found.map(({ code }) => code),
    ["unknown-name", "unused-allow"],
  );
  assert.match(found[1]!.message as string, /errors cannot be allowed/);
});

test("a finding is offered to be allowed, and a comment without effect to be removed", () => {
  for (const marked of [unkept, at(latentW, `${latentW} // the other code`)]) {
    const { document } = fixture(marked);
    const [finding] = diagnostics(document);
    const allow = codeActions(document, finding!.range).find(({ title }) => title.startsWith("Allow"))!;
    assert.equal(allow.title, "Allow `unkept-latent` here");
    const change = allow.edit!.documentChanges![0]!;
    assert.ok("edits" in change);
    assert.deepEqual(codes(applied(document, change.edits as TextEdit[])), []);
  }
  const { document } = fixture(at(lines[0]!, `${lines[0]} // allow: wider-latent`));
  const [hint] = diagnostics(document);
  const [remove] = codeActions(document, hint!.range);
  assert.equal(remove?.title, "Remove this comment");
});

test("severities: any level but for errors, and nothing that is no level", () => {
  const { document } = fixture(unkept);
  const shown = (setting: unknown): (number | undefined)[] =>
    diagnostics(document, { severities: severitiesOf(setting) }).map(({ severity }) => severity);
  assert.deepEqual(shown({ "unkept-latent": "error" }), [DiagnosticSeverity.Error]);
  assert.deepEqual(shown({ "unkept-latent": "hint" }), [DiagnosticSeverity.Hint]);
  assert.deepEqual(shown({ "unkept-latent": "off" }), []);
  for (const odd of [undefined, null, 3, "off", ["off"], { "unkept-latent": "loud" }, { "unkept-latent": 1 }])
    assert.deepEqual(shown(odd), [DiagnosticSeverity.Warning]);
  const broken = fixture(at("keep I(X; Z)", "keep I(X; Q)")).document;
  const [error] = diagnostics(broken, { severities: { "unknown-name": "off" } });
  assert.equal(error?.severity, DiagnosticSeverity.Error);
  assert.deepEqual(severitySetting({ bottleneck: { severity: { a: "off" } } }), { a: "off" });
  for (const odd of [undefined, null, { bottleneck: 3 }, {}]) assert.equal(severitySetting(odd), undefined);
});

test("what has no effect is marked, and the other of two places is named", () => {
  const unused = fixture(at("keep I(X; Z)", "keep I(X; Z, W)\n  knob w = 1 in 0.1 .. 2")).document;
  assert.deepEqual(
    diagnostics(unused).map(({ code, tags }) => [code, tags]),
    [["unused-knob", [DiagnosticTag.Unnecessary]]],
  );
  const twice = fixture(at("from X\n  latent W", "from X, X\n  latent W")).document;
  const [found] = diagnostics(twice);
  assert.equal(found?.code, "duplicate-name");
  assert.equal(found.relatedInformation?.length, 1);
});
