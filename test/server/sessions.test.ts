import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  CancellationTokenSource,
  LSPErrorCodes,
  type CodeLens,
  type CompletionItem,
  type Diagnostic,
  type Hover,
  type InlayHint,
  type Location,
  type ResponseError,
  type WorkspaceSymbol,
} from "vscode-languageserver/node";
import type { TableSummary } from "../../core/views/table-summary";
import type { SpecsAnswer } from "../../services/protocol";
import { inSpec, twoViews } from "../services/fixture";
import { able, at, Editor, overMemory, overStdio } from "./editor";

const uri = "file:///specs/a.bottleneck";
const textDocument = { uri };
const codes = (found: Diagnostic[]): (string | number | undefined)[] => found.map(({ code }) => code);
const failsWith = (code: number) => (error: unknown) => (error as ResponseError).code === code;

for (const [name, transport] of [
  ["in memory", overMemory],
  ["over standard input and output", overStdio],
] as const) {
  test(`a session ${name}: open, break, mend, ask`, async () => {
    const editor = await Editor.start(transport());
    assert.equal(editor.initialized.serverInfo?.name, "bottleneck-language-server");
    await editor.open(uri, twoViews);
    assert.deepEqual(await editor.diagnostics(uri), []);

    let text = await editor.replace(uri, twoViews, "latent Zy", "latnt Zy");
    assert.deepEqual(codes(await editor.diagnostics(uri)), ["misspelled-word"]);
    text = await editor.replace(uri, text, "latnt Zy", "latent Zy");
    assert.equal(text, twoViews);
    assert.deepEqual(await editor.diagnostics(uri), []);

    const position = at(text, text.indexOf("I(Zx; Zy)") + 3);
    const hover = await editor.request<Hover>("textDocument/hover", { textDocument, position });
    assert.match((hover.contents as { value: string }).value, /Encoded from/);
    const hints = await editor.request<InlayHint[]>("textDocument/inlayHint", {
      textDocument,
      range: { start: at(text, 0), end: at(text, text.length) },
    });
    assert.equal(hints.length, 5);
    const lenses = await editor.request<CodeLens[]>("textDocument/codeLens", { textDocument });
    assert.equal(lenses[0]?.command?.command, "bottleneck.preview");
    await editor.stop();
  });
}

test("the server as it is installed opens the text of a method", async () => {
  const editor = await Editor.start(overStdio(), able, false);
  const text = "spec Mine extends DVSIB {\n}\n";
  await editor.open(uri, text);
  const position = at(text, text.indexOf("SIB"));
  const place = await editor.request<Location>("textDocument/definition", { textDocument, position });
  const lines = readFileSync(new URL(place.uri), "utf8").split("\n");
  assert.match(lines[place.range.start.line]!.slice(place.range.start.character), /^DVSIB\b/);
  await editor.stop();
});

test("completion is asked for while a statement is being written", async () => {
  const editor = await Editor.start(overMemory());
  const text = inSpec("modality X : vector(4)", "latent Z : gaussian(2) from X", "compress I(X; Z) by ");
  await editor.open(uri, text);
  const position = at(text, text.indexOf("by ") + 3);
  const items = await editor.request<CompletionItem[]>("textDocument/completion", { textDocument, position });
  const labels = items.map(({ label }) => label);
  assert.equal(labels[0], "kl", "the default comes first");
  assert.ok(!labels.includes("infonce"), "a lower bound is not offered where an upper one is needed");
  const resolved = await editor.request<CompletionItem>("completionItem/resolve", items[0]);
  assert.ok(resolved.documentation);
  await editor.stop();
});

test("several files at once: each has its own findings and versions", async () => {
  const other = "file:///specs/b.bottleneck";
  const editor = await Editor.start(overMemory());
  await editor.open(uri, twoViews);
  await editor.open(other, inSpec("modality X : vektor(4)"));
  const broken = await editor.diagnostics(other);
  assert.ok(codes(broken).includes("unknown-word"));
  assert.deepEqual(await editor.diagnostics(uri), []);
  await editor.close(other);
  assert.deepEqual(await editor.diagnostics(other), [], "a closed file has no findings");
  assert.deepEqual(await editor.diagnostics(uri), []);
  await editor.stop();
});

test("an editor that does not ask is sent findings, of the newest version once it is quiet", async () => {
  const editor = await Editor.start(overMemory(), {}, false);
  assert.equal(editor.initialized.capabilities.diagnosticProvider, undefined);
  await editor.open(uri, twoViews);
  assert.deepEqual((await editor.sent(uri, 1))[0], { uri, version: 1, diagnostics: [] });
  const text = await editor.replace(uri, twoViews, "latent Zy", "latnt Zy");
  await editor.replace(uri, text, "modality Y", "modalty Y");
  const sent = await editor.sent(uri, 2);
  assert.equal(sent.length, 2, "two quick edits are told once");
  assert.equal(sent[1]!.version, 3);
  assert.deepEqual(codes(sent[1]!.diagnostics), ["misspelled-word"], "the line being typed waits");
  const later = await editor.sent(uri, 3);
  assert.equal(later[2]!.version, 3);
  assert.deepEqual(
    codes(later[2]!.diagnostics),
    ["misspelled-word", "misspelled-word"],
    "after a pause, all",
  );
  await editor.close(uri);
  assert.deepEqual((await editor.sent(uri, 4))[3]!.diagnostics, []);
  await editor.stop();
});

test("severities are settings: from the start, and when they change, for any editor", async () => {
  const unkept = twoViews.replace(
    "  keep link: I(Zx; Zy) by infonce(critic = dot) one-way\n  keep w * I(X; Zx)\n",
    "",
  );
  const levels = async (editor: Editor) =>
    (await editor.diagnostics(uri)).map(({ code, severity }) => [code, severity]);
  const editor = await Editor.start(overMemory());
  await editor.open(uri, unkept);
  assert.deepEqual(await levels(editor), [["unkept-latent", 2]]);
  const severity = (level: string) => ({
    settings: { bottleneck: { severity: { "unkept-latent": level } } },
  });
  await editor.notify("workspace/didChangeConfiguration", severity("hint"));
  assert.deepEqual(await levels(editor), [["unkept-latent", 4]]);
  await editor.notify("workspace/didChangeConfiguration", severity("off"));
  assert.deepEqual(await levels(editor), []);
  await editor.stop();
  const told = await Editor.start(overMemory(), {}, false);
  await told.open(uri, unkept);
  assert.equal((await told.sent(uri, 1))[0]!.diagnostics[0]?.severity, 2);
  await told.notify("workspace/didChangeConfiguration", severity("information"));
  assert.equal((await told.sent(uri, 2))[1]!.diagnostics[0]?.severity, 3);
  await told.stop();
});

test("names are found in every open document, with the spec they belong to", async () => {
  const other = "file:///specs/b.bottleneck";
  const editor = await Editor.start(overMemory());
  assert.equal(editor.initialized.capabilities.workspaceSymbolProvider, true);
  await editor.open(uri, twoViews);
  await editor.open(other, "spec Second { modality Photo : vector(3)\n latent Zx : gaussian(2) from Photo }");
  const find = async (query: string): Promise<string[]> => {
    const found = await editor.request<WorkspaceSymbol[]>("workspace/symbol", { query });
    return found.map(({ name, containerName }) => (containerName ? `${containerName}.${name}` : name)).sort();
  };
  assert.deepEqual(await find("zx"), ["Second.Zx", "Shared.Zx"]);
  assert.deepEqual(await find("sec"), ["Second"]);
  assert.deepEqual(await find("phto"), ["Second.Photo"]);
  assert.deepEqual(await find("nowhere"), []);
  const all = await find("");
  assert.ok(
    all.includes("Shared") && all.includes("Shared.beta") && !all.some((name) => name.includes("I(")),
  );
  await editor.close(other);
  assert.deepEqual(await find("zx"), ["Shared.Zx"]);
  await editor.stop();
});

test("a cancelled request is not answered", async () => {
  const editor = await Editor.start(overMemory());
  await editor.open(uri, twoViews);
  const source = new CancellationTokenSource();
  const asked = editor.request(
    "textDocument/hover",
    { textDocument, position: { line: 1, character: 1 } },
    source.token,
  );
  source.cancel();
  await assert.rejects(asked, failsWith(LSPErrorCodes.RequestCancelled));
  await editor.stop();
});

test("an answer asked of one version is not given from another", async () => {
  // The server's next turn comes only when it has heard the request that follows the edit, and so the edit.
  let heard = 0;
  let arrive = (): void => undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const turn = (): Promise<void> => (++heard === 2 && arrive(), arrived);
  const editor = await Editor.start(overMemory({ turn }));
  await editor.open(uri, twoViews);
  const asked = editor.request("textDocument/semanticTokens/full", { textDocument });
  await editor.replace(uri, twoViews, "latent Zy", "latent Q");
  const later = editor.request("textDocument/foldingRange", { textDocument });
  await assert.rejects(asked, failsWith(LSPErrorCodes.ContentModified));
  await later;
  await editor.stop();
});

test("an answer that waits for files is not given from a later version either", async () => {
  let hand: (text: string) => void = () => undefined;
  const handed = new Promise<string>((resolve) => (hand = resolve));
  const editor = await Editor.start(overMemory({ readUse: () => handed }));
  const text = `use "./other.bottleneck"\n${twoViews}`;
  await editor.open(uri, text);
  const position = at(text, text.indexOf("Zx :"));
  const asked = editor.request("textDocument/rename", { textDocument, position, newName: "Code" });
  await new Promise((resolve) => setTimeout(resolve, 20));
  await editor.replace(uri, text, "latent Zy", "latent Q");
  // Answered only once the edit has been read.
  await editor.diagnostics(uri);
  hand("");
  await assert.rejects(asked, failsWith(LSPErrorCodes.ContentModified));
  await editor.stop();
});

test("a rename that cannot be done says why; a fault is logged and answered", async () => {
  const editor = await Editor.start(overMemory());
  await editor.open(uri, twoViews);
  const position = at(twoViews, twoViews.indexOf("Zx :"));
  await assert.rejects(
    editor.request("textDocument/rename", { textDocument, position, newName: "Zy" }),
    (error: Error) => /already declared/.test(error.message),
  );
  assert.equal(await editor.request("textDocument/hover", { textDocument, position: null }), null);
  assert.match(editor.logged.join("\n"), /hover failed/);
  await editor.stop();
});

test("requests of the extension: specs, derivation, places", async () => {
  const editor = await Editor.start(overMemory());
  await editor.open(uri, twoViews);
  const specs = await editor.request<SpecsAnswer>("bottleneck/specs", { textDocument });
  assert.deepEqual(
    specs.map(({ name }) => name),
    ["Shared"],
  );
  assert.match(specs[0]!.method!, /DVSIB/);
  assert.match(
    await editor.request<string>("bottleneck/derivation", { textDocument, spec: "Shared" }),
    /^# Shared/,
  );
  const place = await editor.request<{ version: number }>("bottleneck/place", { textDocument, name: "beta" });
  assert.equal(place.version, 1);
  assert.equal(await editor.request("bottleneck/derivation", { textDocument, spec: "Other" }), null);
  const table = await editor.request<TableSummary>("bottleneck/table", { textDocument, spec: "Shared" });
  assert.deepEqual([table.own?.name, table.own?.row, table.own?.column], ["Shared", "views", "linked"]);
  const alone = await editor.request<TableSummary>("bottleneck/table", {});
  assert.equal(alone.own, undefined);
  assert.equal(alone.methods.length, table.methods.length);
  await editor.stop();
});
