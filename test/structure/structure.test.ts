/** The house itself: layers, circles, names of files, exports that nobody takes. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { faultOfImport, layerOf, LAYERS, permits, withTable } from "../../scripts/layers.mjs";
import { circlesOf, filesUnder, FOLDERS, readSources, root, type Source } from "./sources";

let sources: Map<string, Source>;
before(() => {
  sources = readSources();
});

const product = (file: string): boolean => !/^(test|scripts)\//.test(file);

test("every file of the product is in a layer, and every layer has a file", () => {
  const files = [...sources.keys()].filter(product);
  assert.deepEqual(
    files.filter((file) => layerOf(file) === undefined),
    [],
  );
  const held = new Set(files.map((file) => layerOf(file)?.path));
  assert.deepEqual(
    LAYERS.map(({ path }) => path).filter((path) => !held.has(path)),
    [],
  );
});

test("a layer imports only layers above it in the list, so folders have no circles", () => {
  LAYERS.forEach(({ path, imports }, i) => {
    for (const allowed of imports.filter((each) => each !== "webview/page.ts"))
      assert.ok(
        LAYERS.slice(0, i).some(
          (layer) => permits(allowed, layer.path, layer.path) || layer === layerOf(allowed),
        ),
        `${path} lists ${allowed}, which is not above it`,
      );
  });
  const graph = new Map<string, Set<string>>();
  for (const { file, imports } of sources.values()) {
    const from = layerOf(file)?.path;
    if (from === undefined) continue;
    const targets = graph.get(from) ?? new Set();
    for (const { file: target } of imports) {
      const to = target === undefined ? undefined : layerOf(target)?.path;
      if (to !== undefined && to !== from) targets.add(to);
    }
    graph.set(from, targets);
  }
  assert.deepEqual(circlesOf(graph), []);
});

test("what a layer may import is imported: no permission is left over", () => {
  const used = new Set<string>();
  for (const { file, imports } of sources.values()) {
    const layer = layerOf(file);
    for (const { file: target } of imports)
      for (const allowed of layer?.imports ?? [])
        if (target !== undefined && permits(allowed, layerOf(target)?.path ?? "", target))
          used.add(`${layer?.path}: ${allowed}`);
  }
  assert.deepEqual(
    LAYERS.flatMap(({ path, imports }) => imports.map((allowed) => `${path}: ${allowed}`)).filter(
      (permission) => !used.has(permission),
    ),
    [],
  );
});

test("the linter refuses what a layer does not list", () => {
  for (const [file, specifier] of [
    ["core/language/parser.ts", "../theory/spec"],
    ["core/theory/bounds/nwj.ts", "../diagnostics/index"],
    ["core/theory/laws/law.ts", "../../program/compile"],
    ["core/program/gradient.ts", "../theory/spec"],
    ["services/hover.ts", "../server/start"],
    ["webview/panel.tsx", "../cli/serve"],
    ["core/train/host.ts", "node:fs"],
    ["core/train/host.ts", "@tensorflow/tfjs-core"],
    ["webview/panel.tsx", "vscode"],
  ] as const)
    assert.match(
      faultOfImport(file, specifier, false) ?? "",
      /must not import/,
      `${file} imports ${specifier}`,
    );
  assert.equal(faultOfImport("core/train/executors/tfjs.ts", "@tensorflow/tfjs-core", true), undefined);
  assert.equal(faultOfImport("core/theory/bounds/nwj.ts", "../bound", false), undefined);
});

test("no files import each other in a circle", () => {
  const graph = new Map(
    [...sources].map(([file, { imports }]) => [file, imports.flatMap((each) => each.file ?? [])]),
  );
  assert.deepEqual(circlesOf(graph), []);
  assert.deepEqual(
    circlesOf(
      new Map([
        ["a", ["b"]],
        ["b", ["c"]],
        ["c", ["b"]],
      ]),
    ),
    [["b", "c"]],
  );
});

test("ARCHITECTURE.md shows the layers as they are: `node scripts/layers.mjs` writes them", () => {
  const page = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
  assert.equal(withTable(page), page);
});

test("ARCHITECTURE.md, CONTRIBUTING.md and the decisions name files that exist", () => {
  const known = new Set([...FOLDERS, "docs", "media", "syntaxes", "examples"].flatMap(filesUnder));
  for (const page of ["ARCHITECTURE.md", "CONTRIBUTING.md", "docs/decisions.md"]) {
    const text = readFileSync(join(root, page), "utf8");
    for (const [, path = ""] of text.matchAll(
      /`((?:core|services|server|client|trainer|webview|cli|scripts|test)\/[\w./-]+)`/g,
    )) {
      const folder = path.replace(/\/(NAME\.\w+)?$/, "");
      assert.ok(
        known.has(path) ||
          known.has(`${path}.ts`) ||
          [...known].some((file) => file.startsWith(`${folder}/`)),
        `${page} names ${path}, which is not there`,
      );
    }
  }
});

/** Names that are taken by a program, not by an import. */
const ENTRIES: Record<string, string[]> = {
  "client/extension.ts": ["activate", "deactivate"],
  "client/browser.ts": ["activate", "deactivate"],
};

test("every export of the product is imported by some file", () => {
  const taken = new Map<string, Set<string> | "all">();
  for (const { imports } of sources.values())
    for (const { file, names } of imports) {
      if (file === undefined) continue;
      const known = taken.get(file);
      if (names === undefined) taken.set(file, "all");
      else if (known !== "all") taken.set(file, new Set([...(known ?? []), ...names]));
    }
  const unused = [...sources.values()].flatMap(({ file, exports }) => {
    const used = taken.get(file);
    if (used === "all" || file.startsWith("test/") || file.endsWith(".mjs")) return [];
    return [...exports]
      .filter(([name]) => !used?.has(name) && !ENTRIES[file]?.includes(name))
      .map(([name, line]) => `${file}:${line} ${name}`);
  });
  assert.deepEqual(unused, []);
});

test("file names are in kebab-case", () => {
  // Pages of results are in capitals, Python's modules in snake case, and TextMate names its grammars.
  const named = /^(\.?[a-z0-9-]+(\.[a-z0-9-]+)*|[A-Z-]+\.md|[a-z0-9_]+\.py|bottleneck\.tmLanguage\.json)$/;
  const folders = [...new Set([...FOLDERS, "docs", "examples", "media", "syntaxes"])];
  const names = new Set(folders.flatMap(filesUnder).flatMap((file) => file.split("/")));
  assert.deepEqual(
    [...names].filter((name) => !named.test(name)),
    [],
  );
});
