/** The folders that the editor has open: what they hold is renamed with the rest, or nothing is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TypeHierarchyItem, WorkspaceEdit } from "vscode-languageserver/node";
import { able, Editor, overMemory } from "./editor";

const base = `spec Base {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;
const heir = 'use "../base.bottleneck"\nspec Heir extends Base {\n  keep I(X; Z) by laplace\n}\n';
const files: Record<string, string> = { "file:///w/later/heir.bottleneck": heir };

const withFolders = { ...able, workspace: { workspaceFolders: true } };
const uri = "file:///w/base.bottleneck";
const rename = (editor: Editor): Promise<{ documentChanges: { textDocument: { uri: string } }[] }> =>
  editor.request("textDocument/rename", {
    textDocument: { uri },
    position: { line: 2, character: 9 },
    newName: "code",
  });

const start = (specsIn: (folder: string) => Promise<string[] | undefined>): Promise<Editor> =>
  Editor.start(
    overMemory({
      specsIn,
      readUse: (address) =>
        address === uri
          ? Promise.resolve(base)
          : address in files
            ? Promise.resolve(files[address]!)
            : Promise.reject(new Error("there is no such file")),
    }),
    withFolders,
  );

const change = (added: string[], removed: string[] = []) => {
  const named = (uris: string[]) => uris.map((uri) => ({ uri, name: uri }));
  return { event: { added: named(added), removed: named(removed) } };
};

test("a folder that is added later takes part in a rename; one that is removed does not", async () => {
  const editor = await start((folder) =>
    Promise.resolve(folder === "file:///w/later" ? Object.keys(files) : []),
  );
  await editor.open(uri, base);
  assert.deepEqual(
    (await rename(editor)).documentChanges.map(({ textDocument }) => textDocument.uri),
    [uri],
  );
  await editor.notify("workspace/didChangeWorkspaceFolders", change(["file:///w/later"]));
  assert.deepEqual(
    (await rename(editor)).documentChanges.map(({ textDocument }) => textDocument.uri),
    [uri, "file:///w/later/heir.bottleneck"],
  );
  await editor.notify("workspace/didChangeWorkspaceFolders", change([], ["file:///w/later"]));
  assert.equal((await rename(editor)).documentChanges.length, 1);
});

test("heirs in files that are not open are in the hierarchy of a spec", async () => {
  const editor = await start((folder) =>
    Promise.resolve(folder === "file:///w/later" ? Object.keys(files) : []),
  );
  assert.equal(editor.initialized.capabilities.typeHierarchyProvider, true);
  await editor.open(uri, base);
  await editor.notify("workspace/didChangeWorkspaceFolders", change(["file:///w/later"]));
  const [item] = await editor.request<TypeHierarchyItem[]>("textDocument/prepareTypeHierarchy", {
    textDocument: { uri },
    position: { line: 0, character: 6 },
  });
  const heirs = await editor.request<TypeHierarchyItem[]>("typeHierarchy/subtypes", { item });
  assert.deepEqual(
    heirs.map(({ name, uri }) => [name, uri]),
    [["Heir", "file:///w/later/heir.bottleneck"]],
  );
  const [back] = await editor.request<TypeHierarchyItem[]>("typeHierarchy/supertypes", { item: heirs[0] });
  assert.deepEqual(back, item);
});

test("a file that is moved is followed by the paths of files that are not open", async () => {
  const editor = await start((folder) =>
    Promise.resolve(folder === "file:///w/later" ? Object.keys(files) : []),
  );
  const { willRename } = editor.initialized.capabilities.workspace!.fileOperations!;
  assert.deepEqual(willRename, { filters: [{ pattern: { glob: "**/*" } }] });
  await editor.open(uri, base);
  await editor.notify("workspace/didChangeWorkspaceFolders", change(["file:///w/later"]));
  const edit = await editor.request<WorkspaceEdit>("workspace/willRenameFiles", {
    files: [{ oldUri: uri, newUri: "file:///w/later/first.bottleneck" }],
  });
  assert.deepEqual(edit.documentChanges, [
    {
      textDocument: { uri: "file:///w/later/heir.bottleneck", version: null },
      edits: [
        {
          range: { start: { line: 0, character: 4 }, end: { line: 0, character: 24 } },
          newText: '"./first.bottleneck"',
        },
      ],
    },
  ]);
  assert.deepEqual(editor.logged, []);
});

test("where the files of a folder cannot all be listed, a rename is refused with the reason", async () => {
  const editor = await start(() => Promise.resolve(undefined));
  await editor.open(uri, base);
  await editor.notify("workspace/didChangeWorkspaceFolders", change(["file:///w"]));
  await assert.rejects(rename(editor), /more than 1,000/);
});

/** A browser: the server has no files, and the editor lists and hands them over. */
const inBrowser = async (listed: unknown, texts: Record<string, string>): Promise<Editor> => {
  const editor = await Editor.start(overMemory(), withFolders, true, (method, params) => {
    if (method === "bottleneck/listSpecs") return listed;
    const text = texts[(params as { uri: string }).uri];
    return text === undefined ? { problem: "there is no such file" } : { text };
  });
  await editor.notify("workspace/didChangeWorkspaceFolders", change(["vscode-vfs://github/w"]));
  return editor;
};
const [ofBase, ofHeir] = ["base", "later/heir"].map((name) => `vscode-vfs://github/w/${name}.bottleneck`);
const texts = { [ofBase!]: base, [ofHeir!]: heir };
const cursor = { textDocument: { uri: ofBase }, position: { line: 2, character: 9 } };

test("in a browser, files that are not open take part in a rename and in references", async () => {
  const gone = "vscode-vfs://github/w/gone.bottleneck";
  const editor = await inBrowser([ofBase, ofHeir, gone], texts);
  await editor.open(ofBase!, base);
  const { documentChanges } = await editor.request<Awaited<ReturnType<typeof rename>>>(
    "textDocument/rename",
    { ...cursor, newName: "code" },
  );
  assert.deepEqual(
    documentChanges.map(({ textDocument }) => textDocument.uri),
    [ofBase, ofHeir],
  );
  const found = await editor.request<{ uri: string }[]>("textDocument/references", {
    ...cursor,
    context: { includeDeclaration: true },
  });
  assert.ok(found.some(({ uri }) => uri === ofHeir));
});

test("a browser's list that is not whole, or not a list of spec files, refuses a rename", async () => {
  const many = Array.from({ length: 1001 }, (_, i) => `vscode-vfs://github/w/${i}.bottleneck`);
  for (const listed of [null, many, ["file:///etc/passwd"], [3], "all", ["no address.bottleneck"]]) {
    const editor = await inBrowser(listed, texts);
    await editor.open(ofBase!, base);
    await assert.rejects(
      editor.request("textDocument/rename", { ...cursor, newName: "code" }),
      /cannot all be listed/,
    );
  }
});
