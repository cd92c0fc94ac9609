import assert from "node:assert/strict";
import { test } from "node:test";
import { openDocument } from "../../services/document";
import {
  execute,
  readArgument,
  serverCommands,
  type ExecuteArgument,
  type Outcome,
  type ServerCommandId,
} from "../../services/execute";
import { Refusal } from "../../services/refusal";
import { fixture, inSpec, twoViews } from "./fixture";

const second = "spec Second extends Shared {\n  knob w = 0.5 in 0.001 .. 1 log\n}\n";
const { document } = fixture(twoViews + second);
const textDocument = { uri: document.uri };

type Done = Exclude<Outcome, { error: string }>;
const run = (id: ServerCommandId, argument: Partial<ExecuteArgument> = {}, on = document): Done => {
  const outcome = execute(id, on, { textDocument, ...argument });
  assert.ok("text" in outcome, JSON.stringify(outcome));
  return outcome;
};
const refused = (id: ServerCommandId, argument: Partial<ExecuteArgument> = {}, on = document): string => {
  const outcome = execute(id, on, { textDocument, ...argument });
  assert.ok("error" in outcome, JSON.stringify(outcome));
  return outcome.error;
};

test("a spec is meant by its name, by a place in it, or as the first", () => {
  const line = document.text.split("\n").indexOf("spec Second extends Shared {");
  const nameOf = (argument: Partial<ExecuteArgument>): string | undefined =>
    run("bottleneck.server.derive", argument).page?.name;
  assert.equal(nameOf({}), "Shared-derivation.md");
  assert.equal(nameOf({ spec: "Second" }), "Second-derivation.md");
  assert.equal(nameOf({ position: { line, character: 3 } }), "Second-derivation.md");
  assert.equal(nameOf({ position: { line: 3, character: 0 } }), "Shared-derivation.md");
  assert.equal(refused("bottleneck.server.derive", { spec: "Third" }), "This file has no spec `Third`.");
});

test("derive gives the derivation as a page, recognise the method", () => {
  const { text, page, message } = run("bottleneck.server.derive");
  assert.match(text, /^# Shared: What do two views share\?/);
  assert.equal(page?.text, text);
  assert.equal(message, "Shared: L = R(Zx) + R(Zy) − β[NCE(Zx; Zy) + w(D(X; Zx) + D(Y; Zy))]");
  const method = run("bottleneck.server.recognise");
  assert.match(method.text, /\*\*DVSIB/);
  assert.match(method.message, /^Shared: Closest method: DVSIB/);
  const exact = fixture("spec Mine extends DVSIB {\n}\n").document;
  assert.match(run("bottleneck.server.recognise", {}, exact).message, /^Mine: Known as: DVSIB/);
  const odd = inSpec(
    "modality X : vector(4)",
    "modality Y : vector(4)",
    "modality V : vector(3)",
    "latent Zx : gaussian(2) from X",
    "latent Z : categorical(2) from Y, V",
    "latent Zv : gaussian(2) from V",
    "compress I(X; Zx)",
    "compress I(Y, V; Z)",
    "keep I(Y; Zx | V)",
    "keep I(X; Z)",
    "keep I(V; Zv)",
    "keep I(Zx; Zv) by mine",
  );
  assert.equal(
    run("bottleneck.server.recognise", {}, fixture(odd).document).message,
    "A: Not a method of the catalogue, and not close to one.",
  );
});

test("export gives the files of a target and asks for one", () => {
  const { made, text } = run("bottleneck.server.export", { target: "pytorch" });
  assert.deepEqual(
    made?.files.map(({ name }) => name),
    ["shared.py"],
  );
  assert.match(made!.files[0]!.text, /import torch/);
  assert.equal(text, "Exported `Shared` to shared.py. Save the new file.");
  assert.equal(
    made!.inTerminal,
    "bottleneck export /specs/a.bottleneck --spec Shared --to pytorch --output /specs/shared.py",
  );
  assert.match(
    run("bottleneck.server.export", { target: "svg" }).made!.inTerminal,
    / --to svg --output \/specs\/$/,
  );
  const unsaved = openDocument("untitled:Untitled-1", 1, twoViews);
  assert.match(refused("bottleneck.server.export", { target: "svg" }, unsaved), /Save it, then export it/);
  assert.match(refused("bottleneck.server.export"), /one of pytorch, /);
  assert.match(refused("bottleneck.server.export", { target: "onnx" }), /Unknown export target `onnx`/);
});

test("preview gives a command line that a shell reads as it is meant, and no page", () => {
  const at = (uri: string) => openDocument(uri, 1, twoViews);
  const line = (uri: string): string => run("bottleneck.server.preview", {}, at(uri)).text;
  assert.equal(
    line("file:///specs/a.bottleneck"),
    "bottleneck preview /specs/a.bottleneck --spec Shared --serve",
  );
  assert.equal(
    line("file:///my%20specs/it's%20%24HOME.bottleneck"),
    "bottleneck preview '/my specs/it'\\''s $HOME.bottleneck' --spec Shared --serve",
  );
  assert.equal(
    line("file:///c%3A/My%20Specs/a.bottleneck"),
    'bottleneck preview "c:/My Specs/a.bottleneck" --spec Shared --serve',
  );
  assert.match(refused("bottleneck.server.preview", {}, at("untitled:Untitled-1")), /Save it/);
});

test("what has errors is refused with what to do", () => {
  const broken = fixture(inSpec("modality X : vektor(4)")).document;
  for (const id of ["bottleneck.server.derive", "bottleneck.server.recognise"] as const)
    assert.match(refused(id, {}, broken), /`A` has errors\. Fix/);
  assert.match(refused("bottleneck.server.export", { target: "svg" }, broken), /has errors\. Fix/);
  const empty = fixture("").document;
  for (const { id } of serverCommands) assert.equal(refused(id, {}, empty), "This file has no spec.");
});

test("arguments are one object, checked", () => {
  const read = (...given: unknown[]) => readArgument("bottleneck.server.derive", given);
  const position = { line: 0, character: 2 };
  assert.deepEqual(read({ textDocument, spec: "A", position, more: 1 }), {
    textDocument,
    spec: "A",
    position,
  });
  assert.deepEqual(read({ textDocument, spec: null }), { textDocument }, "null is absent");
  const wrong: unknown[][] = [
    [],
    [document.uri],
    [null],
    [{ textDocument: document.uri }],
    [{ textDocument, spec: 3 }],
    [{ textDocument, target: {} }],
    [{ textDocument, position: { line: "1" } }],
    [{ textDocument }, "Shared"],
  ];
  for (const given of wrong) assert.throws(() => read(...given), Refusal, JSON.stringify(given));
  assert.throws(
    () => readArgument("bottleneck.server.derive", undefined),
    /needs one argument, `\{ "textDocument"/,
  );
});
