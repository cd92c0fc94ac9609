import assert from "node:assert/strict";
import { test } from "node:test";
import { canonicalAddress } from "../../core/language/uses";
import { openDocument, type Document } from "../../services/document";
import { movedPaths } from "../../services/move";
import { namedFiles } from "../../services/paths";
import { applied } from "./fixture";

const spec = (data: string, more = ""): string =>
  `spec A {\n  data ${data}\n  modality X : vector(4)\n${more}}\n`;
const opened = (uri: string, text: string): Document => openDocument(uri, 3, text);

/** The texts that change, after the move, by the name of their file. */
function moved(
  documents: readonly Document[],
  ...moves: [from: string, to: string][]
): Record<string, string> {
  const change = movedPaths(
    documents,
    moves.map(([oldUri, newUri]) => ({ oldUri, newUri })),
  );
  return Object.fromEntries(
    change.documentChanges!.map((one) => {
      assert.ok("edits" in one);
      const document = documents.find(({ uri }) => uri === one.textDocument.uri)!;
      assert.equal(one.textDocument.version, 3);
      return [document.uri, applied(document, one.edits as never)];
    }),
  );
}

const [a, b] = ["file:///w/a.bottleneck", "file:///w/specs/b.bottleneck"];

test("a spec file that is moved: those that use it, and its own paths", () => {
  const user = opened(a, 'use "./specs/b.bottleneck"\nuse "other.bottleneck"\n');
  const used = opened(
    b,
    `use '../other.bottleneck' // mine\n${spec('"../data/x.npz" { labels = "./y.csv" }')}`,
  );
  assert.deepEqual(moved([user, used], [b, "file:///w/deep/er/c.bottleneck"]), {
    [a]: 'use "./deep/er/c.bottleneck"\nuse "other.bottleneck"\n',
    [b]: `use "../../other.bottleneck" // mine\n${spec('"../../data/x.npz" { labels = "../../specs/y.csv" }')}`,
  });
  assert.deepEqual(moved([user, used], [b, "file:///w/c.bottleneck"]), {
    [a]: 'use "./c.bottleneck"\nuse "other.bottleneck"\n',
    [b]: `use "./other.bottleneck" // mine\n${spec('"data/x.npz" { labels = "./specs/y.csv" }')}`,
  });
});

test("a data file or its folder that is moved; names that need escapes", () => {
  const document = opened(a, spec('"data/x.npz"'));
  const to = (uri: string, from = "file:///w/data/x.npz"): string =>
    /data (.*)/.exec(moved([document], [from, uri])[a]!)![1]!;
  assert.equal(to("file:///w/data/z.npz"), '"data/z.npz"');
  assert.equal(to("file:///w/z.npz"), '"./z.npz"', "never the name of a generator");
  assert.equal(to("file:///z.npz"), '"../z.npz"');
  assert.equal(to("file:///w/my%20files/50%25%20%23%C3%A9.npz"), '"my files/50% #é.npz"');
  assert.equal(to("file:///w/images/", "file:///w/data/"), '"images/x.npz"');
  assert.equal(to("file:///w/images", "file:///w/data"), '"images/x.npz"');
});

test("what moves together keeps its paths, and what is not concerned too", () => {
  const documents = [
    opened(a, 'use "./specs/b.bottleneck"\n'),
    opened(b, `use "./c.bottleneck"\n${spec('"noisy-digits"')}`),
  ];
  assert.deepEqual(moved(documents, ["file:///w/specs", "file:///w/old/specs"]), {
    [a]: 'use "./old/specs/b.bottleneck"\n',
  });
  assert.deepEqual(moved(documents, ["file:///w", "file:///v"]), {});
  assert.deepEqual(moved(documents, ["file:///w/spec", "file:///w/other"]), {}, "a name that begins alike");
  assert.deepEqual(
    moved(
      documents,
      [b, "file:///w/new/b.bottleneck"],
      ["file:///w/specs/c.bottleneck", "file:///w/new/d.bottleneck"],
    ),
    { [a]: 'use "./new/b.bottleneck"\n', [b]: `use "./d.bottleneck"\n${spec('"noisy-digits"')}` },
    "several files at once",
  );
});

test("absolute paths, drives and addresses stay what they are", () => {
  const document = opened(a, `use "/w/specs/b.bottleneck"\n${spec('"https://example.org/x.npz"')}`);
  assert.deepEqual(moved([document], [a, "file:///v/a.bottleneck"]), {});
  assert.match(moved([document], [b, "file:///w/c.bottleneck"])[a]!, /^use "\/w\/c\.bottleneck"/);
  const onDrive = opened("file:///c%3A/w/a.bottleneck", 'use "./b.bottleneck"\nuse "c:/w/c.bottleneck"\n');
  assert.deepEqual(
    moved(
      [onDrive],
      ["file:///c%3A/w/b.bottleneck", "file:///d%3A/b.bottleneck"],
      ["file:///c:/w/c.bottleneck", "file:///c:/c.bottleneck"],
    ),
    { [onDrive.uri]: 'use "d:/b.bottleneck"\nuse "c:/c.bottleneck"\n' },
  );
  const inFolder = opened("file:///w/file.bottleneck", spec('"file:///w/data/x.npz"'));
  assert.match(
    moved([inFolder], ["file:///w/data", "file:///w/d"])[inFolder.uri]!,
    /"file:\/\/\/w\/d\/x\.npz"/,
  );
});

test("after any move every path leads to where its file then is", () => {
  const folders = ["", "one/", "one/two/", "three/"];
  const text = (home: string): string =>
    folders
      .map((folder) => `use "${"../".repeat(home.split("/").length - 1)}${folder}x.bottleneck"\n`)
      .join("");
  const documents = folders.map((home) => opened(`file:///w/${home}a.bottleneck`, text(home)));
  const places = [
    ...folders.flatMap((folder) => [`${folder}x.bottleneck`, `${folder}a.bottleneck`]),
    "one",
    "one/two",
  ];
  let changed = 0;
  for (const from of places)
    for (const to of ["three/moved.bottleneck", "moved", "one/two/moved", "new/er/moved"]) {
      const move = (uri: string): string => {
        const path = uri.slice("file:///w/".length);
        return path === from || path.startsWith(`${from}/`)
          ? `file:///w/${to}${path.slice(from.length)}`
          : uri;
      };
      if (move(`file:///w/${to}`) !== `file:///w/${to}`) continue;
      const texts = moved(documents, [`file:///w/${from}`, `file:///w/${to}`]);
      for (const document of documents) {
        const after = opened(move(document.uri), texts[document.uri] ?? document.text);
        assert.deepEqual(
          namedFiles(after).map(({ address }) => canonicalAddress(address)),
          namedFiles(document).map(({ address }) => canonicalAddress(move(address))),
          `${from} to ${to} in ${document.uri}`,
        );
      }
      changed += Object.keys(texts).length;
    }
  assert.ok(changed > 50, "most moves change something");
});
