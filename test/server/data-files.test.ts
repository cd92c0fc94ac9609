/** What data files and folders have, for an editor that reads them and for one that does not. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { TextDocument } from "vscode-languageserver-textdocument";
import type {
  CodeAction,
  CompletionItem,
  PublishDiagnosticsParams,
  TextDocumentEdit,
  TextEdit,
} from "vscode-languageserver/node";
import type { FileRanges } from "../../core/data/dataset";
import { analyse } from "../../core/theory/analyse";
import type { SpecData } from "../../services/new-spec/data";
import { readData } from "../../services/new-spec/file";
import { KeptData } from "../../services/new-spec/kept";
import { readSpecFile, stampOf } from "../../trainer/files";
import { defaultSettings } from "../../trainer/settings";
import { npy, npz } from "../data/files";
import { inSpec } from "../services/fixture";
import { able, at, Editor, overMemory, overStdio } from "./editor";

const folder = mkdtempSync(join(tmpdir(), "bottleneck-data-files-"));
after(() => rmSync(folder, { recursive: true }));
writeFileSync(
  join(folder, "scans.npz"),
  npz({
    scan: npy("f4", [20, 8, 8], Array<number>(20 * 64).fill(0)),
    "blood test": npy("f4", [20, 5], Array<number>(100).fill(0)),
    illness: npy(
      "i4",
      [20],
      Array.from({ length: 20 }, (_, i) => i % 3),
    ),
  }),
);

const resolving = {
  textDocument: {
    ...able.textDocument,
    codeAction: { dataSupport: true, resolveSupport: { properties: ["edit"] } },
  },
};
const uri = pathToFileURL(join(folder, "a.bottleneck")).href;
const text = inSpec('data "./scans.npz" // three arrays', "want predict(illness)");

/** Chooses the action at the data; returns the text after it. */
async function chosen(editor: Editor, spec: string): Promise<string | undefined> {
  await editor.open(uri, spec);
  const position = at(spec, spec.indexOf("data") + 2);
  const actions = await editor.request<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri },
    range: { start: position, end: position },
    context: { diagnostics: [] },
  });
  const action = actions.find(({ title }) => title === "Declare the streams of this data");
  assert.ok(action, `not offered, but: ${actions.map(({ title }) => title).join(", ")}`);
  const { edit } = await editor.request<CodeAction>("codeAction/resolve", action);
  const [change] = edit?.documentChanges ?? [];
  if (change === undefined || !("edits" in change)) return undefined;
  return TextDocument.applyEdits(TextDocument.create(uri, "bottleneck", 1, spec), change.edits as TextEdit[]);
}

const declared = inSpec(
  'data "./scans.npz" // three arrays',
  "",
  "modality scan : image(8, 8)",
  'modality blood_test : vector(5) = "blood test"',
  "target   illness : label(3)",
  "want predict(illness)",
).replace("\n  \n", "\n\n");

test("the server reads a file for an editor that does not, and declares its fields", async () => {
  const editor = await Editor.start(overStdio(), resolving);
  const after = await chosen(editor, text);
  assert.equal(after, declared);
  assert.deepEqual(
    analyse(after).diagnostics.map(({ code }) => code),
    ["no-terms"],
  );
  assert.equal(await chosen(editor, inSpec('data "./scan.npz"')), undefined);
  assert.match(editor.shown.join(), /"\.\/scan\.npz" cannot be opened: there is no file .*Give a path/);
  await editor.stop();
});

test("an editor that reads data is asked, and its answers are checked", async () => {
  const data: SpecData = {
    title: "",
    doc: "",
    fields: [
      { name: "scan", kind: "image(8, 8)", role: "stream", doc: "" },
      { name: "blood_test", kind: "vector(5)", role: "stream", doc: "", field: "blood test" },
      { name: "illness", kind: "label(3)", role: "factor", doc: "" },
    ],
  };
  for (const [answer, expected, problem] of [
    [{ data }, declared, undefined],
    [{ problem: "The workspace is not trusted." }, undefined, /^The workspace is not trusted\.$/],
    [{ data: { fields: [{ name: 3 }] } }, undefined, /The editor did not read/],
    [null, undefined, /The editor did not read/],
  ] as const) {
    const asked: unknown[] = [];
    const editor = await Editor.start(overMemory(), resolving, true, (method, params) => {
      if (method === "bottleneck/readData") asked.push(params);
      return answer;
    });
    assert.equal(await chosen(editor, text), expected);
    assert.deepEqual(asked, [{ source: "./scans.npz", options: {}, location: uri }]);
    if (problem) assert.match(editor.shown.join(), problem);
    else assert.deepEqual(editor.shown, []);
    await editor.stop();
  }
});

test("a spec that declares everything is told so", async () => {
  const editor = await Editor.start(overStdio(), resolving);
  assert.equal(await chosen(editor, declared), undefined);
  assert.match(editor.shown.join(), /already declares what \.\/scans\.npz has: 3 fields/);
  await editor.stop();
});

const labelsAt = async (editor: Editor, spec: string, mark: string): Promise<string[]> => {
  await editor.open(uri, spec);
  const items = await editor.request<CompletionItem[]>("textDocument/completion", {
    textDocument: { uri },
    position: at(spec, spec.indexOf(mark) + mark.length),
  });
  return items.map(({ label }) => label);
};

test("the server lists folders for an editor that does not", async () => {
  mkdirSync(join(folder, "others", ".hidden"), { recursive: true });
  writeFileSync(join(folder, "others", "b.bottleneck"), inSpec());
  const editor = await Editor.start(overStdio(), resolving);
  assert.deepEqual(await labelsAt(editor, inSpec('data "./"'), '"./'), ["scans.npz", "others/", "../"]);
  assert.deepEqual(await labelsAt(editor, 'use "./others/"', "others/"), ["b.bottleneck"]);
  assert.deepEqual(await labelsAt(editor, 'use "./nowhere/"', "nowhere/"), []);
  await editor.stop();
});

test("an editor that reads data is asked for folders, and its answers are checked", async () => {
  for (const [answer, expected] of [
    [[{ name: "b.bottleneck", folder: false }], ["b.bottleneck", "../"]],
    [null, []],
    [[{ name: 3 }], []],
    [[{ name: ".secret", folder: true }], []],
  ] as const) {
    const asked: unknown[] = [];
    const editor = await Editor.start(overMemory(), resolving, true, (method, params) => {
      if (method === "bottleneck/listFolder") asked.push(params);
      return answer;
    });
    assert.deepEqual(await labelsAt(editor, 'use ""', 'use "'), expected);
    assert.deepEqual(asked, [{ path: "./", location: uri }]);
    await editor.stop();
  }
});

const hoverAt = async (editor: Editor, spec: string, mark: string): Promise<string> => {
  await editor.open(uri, spec);
  const found = await editor.request<{ contents: { value: string } } | null>("textDocument/hover", {
    textDocument: { uri },
    position: at(spec, spec.indexOf(mark) + 1),
  });
  return found?.contents.value ?? "";
};

test("fields of a file are offered with their kinds, explained, and read again when the file has changed", async () => {
  const editor = await Editor.start(overStdio(), resolving);
  const naming = inSpec('data "./scans.npz"', "modality ");
  assert.deepEqual((await labelsAt(editor, naming, "modality ")).slice(0, 3), [
    "scan",
    "blood_test",
    "illness",
  ]);
  const reading = inSpec('data "./scans.npz"', "target L : label(3) = ");
  const labels = await labelsAt(editor, reading, "label(3) = ");
  assert.equal(labels[0], "illness");
  assert.ok(labels.includes('"blood test"') && labels.includes("scan"), labels.join());
  assert.match(
    await hoverAt(editor, inSpec('data "./scans.npz"', "target L : label(3) = illness"), "illness"),
    /field of the data, read as `L`[^]*Its shape suggests `label\(3\)`/,
  );
  // Another file in its place.
  writeFileSync(
    join(folder, "changing.npz"),
    npz({ first: npy("f4", [30, 2], Array.from({ length: 60 }, Math.random)) }),
  );
  const changing = inSpec('data "./changing.npz"', "modality ");
  assert.equal((await labelsAt(editor, changing, "modality "))[0], "first");
  writeFileSync(
    join(folder, "changing.npz"),
    npz({ second: npy("f4", [30, 3], Array.from({ length: 90 }, Math.random)) }),
  );
  assert.equal((await labelsAt(editor, changing, "modality "))[0], "second");
  await editor.stop();
});

test("an editor that refuses a file, or is late, is answered without its fields", async () => {
  const asked: unknown[] = [];
  const editor = await Editor.start(overMemory(), resolving, true, (method, params) => {
    if (method === "bottleneck/readData") asked.push(params);
    return { problem: "The workspace is not trusted." };
  });
  const labels = await labelsAt(editor, inSpec('data "./scans.npz"', "modality "), "modality ");
  assert.ok(!labels.includes("scan"), labels.join());
  // A large file is not read without being asked.
  assert.deepEqual(asked, [{ source: "./scans.npz", options: {}, location: uri, most: 64 * 2 ** 20 }]);
  assert.deepEqual(editor.shown, []);
  await editor.stop();
});

/** Fields of known shapes; the last test's file has others. */
const wide = (columns: number): Uint8Array =>
  npz({
    scan: npy("f4", [20, 8, 8], Array<number>(20 * 64).fill(0)),
    "blood test": npy("f4", [20, columns], Array<number>(20 * columns).fill(0)),
  });
const measured = join(folder, "measured.npz");
const trained = (line: string): string =>
  `spec A {\n  data "./measured.npz"\n  modality scan : image(8, 8)\n  ${line}\n  latent Z : gaussian(2) from scan\n  compress I(scan; Z)\n  keep I(scan; Z)\n}\n`;

/** The server with the files of this machine, told of what it reads. */
function readingServer(asked: { bytes: number }): Parameters<typeof overMemory>[0] {
  const kept = new KeptData(
    ({ location, source }) => stampOf(location, source),
    (request) =>
      readData(request, async (path) => {
        const found = (await readSpecFile(defaultSettings, request.location, path)) as FileRanges;
        return {
          size: found.size,
          read: (start, end) => ((asked.bytes += end - start), found.read(start, end)),
        };
      }),
  );
  return { readData: (request) => kept.of(request) };
}

const pushed = { ...resolving, textDocument: { codeAction: resolving.textDocument.codeAction } };

test("a stream that does not fit its file is found while one types, with a fix, without reading its values", async () => {
  writeFileSync(measured, wide(50_000));
  const asked = { bytes: 0 };
  const editor = await Editor.start(overMemory(readingServer(asked)), pushed);
  const wrong = 'observe blood : vector(5) = "blood test"';
  const spec = trained(wrong);
  await editor.open(uri, spec);
  const [, { diagnostics: found }] = (await editor.sent(uri, 2)) as [unknown, PublishDiagnosticsParams];
  const [unfit] = found.filter(({ severity }) => severity === 1);
  assert.equal(unfit?.code, "unfit-data");
  assert.deepEqual([unfit.range.start.line, unfit.range.end.line], [3, 3]);
  assert.match(
    String(unfit.message),
    /^`blood` : vector\(5\) does not fit the field blood test, whose samples are 50000/,
  );
  assert.ok(asked.bytes < 100_000, `${asked.bytes} bytes of a file of 4 MB were read`);
  const [action] = await editor.request<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri },
    range: unfit.range,
    context: { diagnostics: [unfit], only: ["quickfix"] },
  });
  assert.equal(action!.title, "Change to `vector(50000)`");
  const [change] = action!.edit!.documentChanges!;
  assert.equal(
    TextDocument.applyEdits(
      TextDocument.create(uri, "bottleneck", 1, spec),
      (change as TextDocumentEdit).edits as TextEdit[],
    ),
    spec.replace("vector(5)", "vector(50000)"),
  );
  await editor.replace(uri, spec, "vector(5)", "vector(50000)");
  const [, , after] = await editor.sent(uri, 3);
  assert.deepEqual(
    after!.diagnostics.filter(({ severity }) => severity === 1),
    [],
  );
  // The file changes; whoever looks again is told.
  const before = asked.bytes;
  writeFileSync(measured, wide(4));
  // It may be looked at while it is written: then it is looked at once more.
  for (let count = 4, found = false; !found; count++) {
    const again = (await editor.sent(uri, count)).at(-1)!;
    found = again.diagnostics.some(({ message }) => /whose samples are 4/.test(String(message)));
    assert.ok(found || count < 8);
  }
  assert.ok(asked.bytes > before);
  await editor.stop();
});

test("nothing is found of a file that the editor refuses, and an editor that asks for findings is told to ask again", async () => {
  const known = { name: "./measured.npz", fields: [{ name: "scan", shape: [8, 9], kind: "image(8, 9)" }] };
  for (const [answer, code] of [
    [{ problem: "The workspace is not trusted." }, undefined],
    [
      { data: { fields: [], known: { name: "./measured.npz", fields: [{ name: "scan", shape: "8" }] } } },
      undefined,
    ],
    [{ data: { fields: [], known } }, "unfit-data"],
  ] as const) {
    const capabilities = { ...resolving, workspace: { diagnostics: { refreshSupport: true } } };
    const editor = await Editor.start(overMemory(), capabilities, true, () => answer);
    await editor.open(uri, trained("observe digit : label(3) = scan"));
    await editor.diagnostics(uri);
    if (code !== undefined) await editor.askedFor("workspace/diagnostic/refresh");
    else await editor.askedFor("bottleneck/readData");
    const found = await editor.diagnostics(uri);
    const errors = found.filter(({ severity }) => severity === 1);
    assert.deepEqual([...new Set(errors.map((one) => one.code))], code === undefined ? [] : [code]);
    await editor.stop();
  }
});
