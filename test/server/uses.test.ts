/** A document that uses others: open ones, files, and what the editor hands over. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  LSPErrorCodes,
  type CompletionItem,
  type Diagnostic,
  type Hover,
  type Location,
} from "vscode-languageserver/node";
import { able, at, Editor, overMemory } from "./editor";

const a = "file:///specs/a.bottleneck";
const b = "file:///specs/b.bottleneck";
const views = `/// What both views say.
spec Views "Two views" {
  modality X : vector(4)
  modality Y : vector(4)
  latent Z : gaussian(2) from X
  knob w = 2 in 0.1 .. 10
  compress I(X; Z)
  keep w * I(Y; Z)
}
`;
const user = 'use "./b.bottleneck"\n\nspec Mine extends Views { keep I(X; Z) }\n';
const broken = views.replace("from X", "from Q");

const refreshing = { ...able, workspace: { diagnostics: { refreshSupport: true } } };
const refresh = "workspace/diagnostic/refresh";
const messages = (found: Diagnostic[]): string[] => found.map(({ message }) => String(message));

/** Files as the server reads them; a test may change them. */
const filesOf = (files: Record<string, string>) => ({
  readUse: (address: string): Promise<string> =>
    address in files ? Promise.resolve(files[address]!) : Promise.reject(new Error("there is no such file")),
});
const watched = (uri: string) => ({ changes: [{ uri, type: 2 }] });

test("a used document that is open: its edits are heard, and go before the disk", async () => {
  const editor = await Editor.start(overMemory(filesOf({ [b]: broken })), refreshing);
  await editor.open(b, views);
  await editor.open(a, user);
  assert.deepEqual(await editor.diagnostics(a), []);
  await editor.replace(b, views, "from X", "from Q");
  const [found, ...others] = await editor.diagnostics(a);
  assert.deepEqual(others, []);
  assert.match(
    String(found!.message),
    /^`Views` of "\.\/b\.bottleneck" has 1 error in line 5: Unknown stream or latent `Q`/,
  );
  const [place] = found!.relatedInformation!;
  assert.equal(place!.location.uri, b);
  assert.deepEqual(place!.location.range.start, at(broken, broken.indexOf("Q")));
  await editor.askedFor(refresh);
  await editor.replace(b, broken, "from Q", "from X");
  assert.deepEqual(await editor.diagnostics(a), []);
  // Once it is closed, what the disk has counts.
  await editor.close(b);
  await editor.askedFor(refresh, 2);
  assert.equal((await editor.diagnostics(a)).length, 1);
  await editor.stop();
});

test("a file that is missing is told; when it comes, and when it changes, the editor is told to ask again", async () => {
  const files: Record<string, string> = {};
  const editor = await Editor.start(overMemory(filesOf(files)), {
    ...refreshing,
    workspace: { ...refreshing.workspace, didChangeWatchedFiles: { dynamicRegistration: true } },
  });
  await editor.askedFor("client/registerCapability");
  await editor.open(a, user);
  await editor.askedFor(refresh);
  assert.deepEqual(messages(await editor.diagnostics(a)), [
    '"./b.bottleneck" cannot be used: there is no such file. Give the path of a .bottleneck file, relative to this file\'s folder.',
  ]);
  files[b] = views;
  await editor.notify("workspace/didChangeWatchedFiles", watched(b));
  await editor.askedFor(refresh, 2);
  assert.deepEqual(await editor.diagnostics(a), []);
  files[b] = broken;
  await editor.notify("workspace/didChangeWatchedFiles", watched("file:///specs/other.bottleneck"));
  await editor.notify("workspace/didChangeWatchedFiles", watched("file:///specs/%62.bottleneck"));
  await editor.askedFor(refresh, 3);
  assert.equal((await editor.diagnostics(a)).length, 1);
  assert.equal(editor.asked.filter((name) => name === refresh).length, 3, "what is not used is not heard");
  await editor.stop();
});

test("an editor that does not ask is sent the findings when a used file has been read", async () => {
  const editor = await Editor.start(overMemory(filesOf({ [b]: broken })), {});
  await editor.open(a, user);
  const sent = await editor.sent(a, 1);
  assert.match(messages(sent.at(-1)!.diagnostics)[0]!, /has 1 error in line 5/);
  assert.ok(!editor.asked.includes("client/registerCapability"), "it cannot watch");
  await editor.stop();
});

test("files that the server cannot read are asked of the editor, and its answers are checked", async () => {
  const place = "vscode-vfs://github/specs/a.bottleneck";
  const used = "vscode-vfs://github/specs/b.bottleneck";
  const answers: [unknown, RegExp | undefined][] = [
    [{ text: views }, undefined],
    [{ problem: "it is far away" }, /it is far away/],
    [{ text: 3 }, /neither text nor reason/],
    [null, /neither text nor reason/],
  ];
  for (const [answer, problem] of answers) {
    const asked: unknown[] = [];
    const editor = await Editor.start(overMemory(filesOf({})), refreshing, true, (method, params) => {
      if (method !== "bottleneck/readUse") return undefined;
      asked.push(params);
      return answer;
    });
    await editor.open(place, user);
    await editor.askedFor(refresh);
    const found = messages(await editor.diagnostics(place));
    if (problem === undefined) assert.deepEqual(found, []);
    else assert.match(found.join("\n"), problem);
    assert.deepEqual(asked, [{ uri: used }]);
    await editor.stop();
  }
  const other = await Editor.start(overMemory(filesOf({})), refreshing);
  await other.open(place, user);
  await other.askedFor(refresh);
  assert.match(
    messages(await other.diagnostics(place))[0]!,
    /this editor hands over no files at vscode-vfs:/,
  );
  await other.stop();
});

test("typing never waits for a file; nothing is told of what it may hold until it is there", async () => {
  let arrive: (text: string) => void = () => undefined;
  const late = new Promise<string>((resolve) => (arrive = resolve));
  const editor = await Editor.start(overMemory({ readUse: () => late }), refreshing);
  await editor.open(a, user);
  assert.deepEqual(await editor.diagnostics(a), []);
  const text = await editor.replace(a, user, "keep I(X; Z)", "keep I(X; Zz)");
  assert.deepEqual(await editor.diagnostics(a), []);
  // What a person asks for waits, since half of it would be wrong; an edit overtakes it.
  const derive = (): Promise<string | null> =>
    editor.request("bottleneck/derivation", { textDocument: { uri: a } });
  const overtaken = assert.rejects(derive(), { code: LSPErrorCodes.ContentModified });
  await editor.replace(a, text, "Zz", "Z");
  const derivation = derive();
  await assert.doesNotReject(editor.request("textDocument/documentSymbol", { textDocument: { uri: a } }));
  arrive(views);
  await overtaken;
  assert.match((await derivation) ?? "", /^# Mine/);
  await editor.stop();
});

test("hover, definition, completion and places reach into used files", async () => {
  const editor = await Editor.start(overMemory(filesOf({ [b]: views })), refreshing);
  const text = 'use "./b.bottleneck"\n\nspec Mine extends Views(X = photo) {\n  keep I(photo; Z)\n}\n';
  await editor.open(a, text);
  await editor.askedFor(refresh);
  const ask = <R>(method: string, word: string, more = {}): Promise<R> =>
    editor.request<R>(method, {
      textDocument: { uri: a },
      position: at(text, text.indexOf(word) + 1),
      ...more,
    });
  const shown = async (word: string): Promise<string> =>
    ((await ask<Hover>("textDocument/hover", word)).contents as { value: string }).value;
  assert.match(await shown("./b"), /used file\n\n- `Views`: Two views/);
  assert.match(await shown("Views"), /`Views`.*Two views[^]*What both views say[^]*From `\.\/b\.bottleneck`/);
  assert.match(await shown("Z)"), /Encoded from.*`photo`/);

  const goesTo = async (word: string): Promise<[string, number]> => {
    const { uri, range } = await ask<Location>("textDocument/definition", word);
    return [uri, range.start.line];
  };
  assert.deepEqual(await goesTo("./b"), [b, 0]);
  assert.deepEqual(await goesTo("Views"), [b, 1]);
  assert.deepEqual(await goesTo("X ="), [b, 2]);
  assert.deepEqual(await goesTo("Z)"), [b, 4]);
  assert.deepEqual(await goesTo("photo;"), [a, 2]);

  const offered = await ask<CompletionItem[]>("textDocument/completion", "Views");
  assert.deepEqual(
    offered.filter(({ label }) => label === "Views").map(({ detail }) => detail),
    ["Two views, from ./b.bottleneck"],
  );
  const place = (name: string) =>
    editor.request("bottleneck/place", { textDocument: { uri: a }, spec: "Mine", name });
  const number = { start: at(views, views.indexOf("2 in")), end: at(views, views.indexOf(" in 0.1")) };
  assert.deepEqual(await place("w"), {
    version: 1,
    uri: b,
    range: { start: at(views, views.indexOf("w = ")), end: at(views, views.indexOf(" = 2")) },
  });
  assert.deepEqual(
    await editor.request("bottleneck/change", {
      textDocument: { uri: a },
      spec: "Mine",
      change: { kind: "knob", name: "w", value: 3 },
    }),
    { version: 1, uri: b, edit: { range: number, newText: "3" } },
  );
  const inherited = (await place("compress I(photo; Z)")) as {
    uri?: string;
    range: { start: { line: number } };
  };
  assert.deepEqual(
    [inherited.uri, inherited.range.start.line],
    [undefined, 2],
    "a term, where it is taken over",
  );
  await editor.stop();
});

test("an edit reads used files again only where it changes what is used, when files are watched", async () => {
  let reads = 0;
  const reading = {
    readUse: (): Promise<string> => {
      reads++;
      return Promise.resolve(views);
    },
  };
  const watching = { ...able, workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } };
  const editor = await Editor.start(overMemory(reading), watching);
  await editor.open(a, user);
  await editor.request("bottleneck/derivation", { textDocument: { uri: a } });
  const first = reads;
  assert.ok(first > 0);
  const text = await editor.replace(a, user, "I(X; Z)", "I(Y; Z)");
  await editor.request("bottleneck/derivation", { textDocument: { uri: a } });
  assert.equal(reads, first);
  await editor.replace(a, text, "./b.bottleneck", "./c.bottleneck");
  await editor.request("bottleneck/derivation", { textDocument: { uri: a } });
  assert.ok(reads > first);
  await editor.stop();
});
