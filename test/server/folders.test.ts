/** The folders that the editor has open: what they hold is renamed with the rest, or nothing is. */
import assert from "node:assert/strict";
import { test } from "node:test";
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

test("where the files of a folder cannot all be listed, a rename is refused with the reason", async () => {
  const editor = await start(() => Promise.resolve(undefined));
  await editor.open(uri, base);
  await editor.notify("workspace/didChangeWorkspaceFolders", change(["file:///w"]));
  await assert.rejects(rename(editor), /more than 1,000/);
});
