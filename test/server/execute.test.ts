/** The server's own commands, as an editor without an extension runs them. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  LSPErrorCodes,
  type CodeAction,
  type CodeLens,
  type ResponseError,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { exportTargets } from "../../core/export/index";
import { exists, keepPage } from "../../server/files";
import { serverCommands } from "../../services/execute";
import { inSpec, twoViews } from "../services/fixture";
import { able, Editor, overMemory } from "./editor";

const folder = mkdtempSync(join(tmpdir(), "bottleneck-execute-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const uri = pathToFileURL(join(folder, "a.bottleneck")).href;
const textDocument = { uri };

/** An editor that creates files and opens documents; what it was asked is kept. */
async function plain(
  capabilities = {
    ...able,
    workspace: { applyEdit: true, workspaceEdit: { resourceOperations: ["create" as const] } },
    window: { showDocument: { support: true } },
  },
  applied = true,
) {
  const edits: WorkspaceEdit[] = [];
  const opened: string[] = [];
  const editor = await Editor.start(
    overMemory({ exists, keepPage }),
    capabilities,
    false,
    (method, params) => {
      if (method === "workspace/applyEdit") {
        edits.push((params as { edit: WorkspaceEdit }).edit);
        return applied ? { applied } : { applied, failureReason: "it is read-only" };
      }
      if (method !== "window/showDocument") return null;
      opened.push((params as { uri: string }).uri);
      return { success: true };
    },
  );
  await editor.open(uri, twoViews);
  const run = (command: string, argument: object = {}): Promise<{ text?: string; error?: string }> =>
    editor.request("workspace/executeCommand", {
      command: `bottleneck.server.${command}`,
      arguments: [{ textDocument, ...argument }],
    });
  return { editor, edits, opened, run };
}

test("every command is offered, and an unknown one is refused", async () => {
  const { editor, run } = await plain();
  assert.deepEqual(
    editor.initialized.capabilities.executeCommandProvider?.commands,
    serverCommands.map(({ id }) => id),
  );
  await assert.rejects(run("train"), /There is no command `bottleneck\.server\.train`/);
  await editor.stop();
});

test("a derivation is opened as a page where the editor opens files, else told", async () => {
  const { editor, opened, run } = await plain();
  const { text } = await run("derive");
  assert.match(text ?? "", /^# Shared/);
  assert.equal(readFileSync(fileURLToPath(opened[0]!), "utf8"), text);
  assert.deepEqual(editor.shown, []);
  await editor.stop();
  const told = await plain(able as never);
  assert.equal((await told.run("derive")).text, text);
  await told.run("recognise");
  assert.deepEqual(told.opened, []);
  assert.match(told.editor.shown[0]!, /^Shared: L = R\(Zx\)/);
  assert.match(told.editor.shown[1]!, /^Shared: Closest method: DVSIB/);
  await told.editor.stop();
});

test("every lens and every action of a spec runs in an editor without the extension", async () => {
  const { editor } = await plain();
  const lenses = await editor.request<CodeLens[]>("textDocument/codeLens", { textDocument });
  const at = { line: 1, character: 0 };
  const actions = await editor.request<CodeAction[]>("textDocument/codeAction", {
    textDocument,
    range: { start: at, end: at },
    context: { diagnostics: [] },
  });
  const commands = [...lenses, ...actions].flatMap(({ command }) => command ?? []);
  assert.equal(commands.length, 3 + (serverCommands.length - 1) + exportTargets.length);
  for (const { command, arguments: given } of commands) {
    const answer = await editor.request<{ text?: string }>("workspace/executeCommand", {
      command,
      arguments: given,
    });
    assert.ok(answer.text, JSON.stringify(answer));
  }
  assert.ok(commands.every(({ title }) => !title.includes("$(")));
  await editor.stop();
  const extended = await Editor.start(overMemory());
  await extended.open(uri, twoViews);
  const own = await extended.request<CodeAction[]>("textDocument/codeAction", {
    textDocument,
    range: { start: at, end: at },
    context: { diagnostics: [] },
  });
  assert.deepEqual(
    own.filter(({ command }) => command),
    [],
    "the extension has lenses for them",
  );
  await extended.stop();
});

test("an export is created beside the spec, and never over a file that is there", async () => {
  const { editor, edits, opened, run } = await plain();
  const place = pathToFileURL(join(folder, "shared.py")).href;
  assert.deepEqual(await run("export", { target: "pytorch" }), {
    text: "Exported `Shared` to shared.py. Save the new file.",
  });
  const [create, fill] = edits[0]!.documentChanges as [
    { kind: string; uri: string; options: object },
    { textDocument: { uri: string }; edits: { newText: string }[] },
  ];
  assert.deepEqual(create, {
    kind: "create",
    uri: place,
    options: { overwrite: false, ignoreIfExists: false },
  });
  assert.equal(fill.textDocument.uri, place);
  assert.match(fill.edits[0]!.newText, /import torch/);
  assert.deepEqual(opened, [place]);

  writeFileSync(join(folder, "shared.py"), "mine");
  const { error } = await run("export", { target: "pytorch" });
  assert.match(error ?? "", /shared\.py already exists/);
  assert.equal(editor.shown.at(-1), error, "the person is told");
  assert.equal(edits.length, 1);
  assert.equal(readFileSync(join(folder, "shared.py"), "utf8"), "mine");
  rmSync(join(folder, "shared.py"));
  await editor.stop();
});

test("an editor that creates no files, or refuses to, is told what to do", async () => {
  const without = await plain(able as never);
  assert.match(
    (await without.run("export", { target: "svg" })).error ?? "",
    / run in a terminal: bottleneck export \S+ --spec Shared --to svg --output /,
  );
  await without.editor.stop();
  const refusing = await plain(undefined, false);
  assert.match((await refusing.run("export", { target: "latex" })).error ?? "", /: it is read-only$/);
  await refusing.editor.stop();
});

test("preview answers with a command line and starts nothing", async () => {
  const { editor, run, opened } = await plain();
  const { text } = await run("preview");
  assert.match(text ?? "", /^bottleneck preview \S+a\.bottleneck --spec Shared --serve$/);
  assert.ok(editor.shown[0]?.endsWith(text!));
  assert.deepEqual(opened, []);
  await editor.stop();
});

test("wrong arguments and documents that are not open get one clear error", async () => {
  const { editor, run } = await plain();
  const isRefused = (message: RegExp) => (error: unknown) =>
    (error as ResponseError).code === LSPErrorCodes.RequestFailed && message.test((error as Error).message);
  for (const { id } of serverCommands) {
    await assert.rejects(
      editor.request("workspace/executeCommand", { command: id }),
      isRefused(/needs one argument/),
    );
    await assert.rejects(
      run(id.replace("bottleneck.server.", ""), { textDocument: { uri: "file:///nowhere.bottleneck" } }),
      isRefused(/nowhere\.bottleneck is not open in this editor\. Open it/),
    );
  }
  await editor.open(uri.replace("a.b", "b.b"), inSpec("modality X : vektor(4)"));
  assert.match(
    (await run("derive", { textDocument: { uri: uri.replace("a.b", "b.b") } })).error ?? "",
    /has errors/,
  );
  assert.deepEqual(editor.logged, []);
  await editor.stop();
});
