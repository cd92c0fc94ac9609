// The layers of the sources, from the bottom up: the one list behind the linter's rule and ARCHITECTURE.md's table.
// `node scripts/layers.mjs` writes that table again; test/structure holds both to the sources.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * @typedef {object} Layer
 * @property {string} path folder, or a file that is a layer of its own; a file belongs to the longest path it starts with
 * @property {string[]} imports layers further up in this list; `core/*` stands for every layer in core
 * @property {string[]} [packages] packages it may import; `*` at the end stands for any rest
 * @property {string[]} [types] packages of which it may import types only
 * @property {string} holds what is in it
 * @property {string} keeps what always holds of it
 */

const tensors = "core/program";
const theory = (...rooms) => rooms.map((room) => `core/theory/${room}`);
const node = ["node:*"];

/** @type {Layer[]} */
export const LAYERS = [
  {
    path: "core/language",
    imports: [],
    holds: "scanner, parser, syntax tree, symbols, printer, formatter, vocabulary, `use`s",
    keeps: "Parsing never fails: it returns a tree of what is whole and one diagnostic for each fault.",
  },
  {
    path: "core/random.ts",
    imports: [],
    holds: "random numbers",
    keeps: "Counter-based: the same seed, name and step give the same numbers everywhere.",
  },
  {
    path: "core/gaussian",
    imports: ["core/random.ts"],
    holds:
      "pairs of Gaussian views: what canonical correlation analysis finds in n rows of them, in closed form and simulated",
    keeps: "Pure numbers: it knows no spec and no data.",
  },
  {
    path: "core/catalogue",
    imports: ["core/language"],
    holds: "published methods, one `.bottleneck` file each; what no spec can say, with the reason",
    keeps: "A method is its text: nothing else lists methods.",
  },
  {
    path: "core/program",
    imports: [],
    holds: "tensor expressions, gradient, simplification, the list of operations that executors run",
    keeps: "Shapes are static, and a program draws nothing: noise, rows and weights are its inputs.",
  },
  {
    path: "core/theory/spec.ts",
    imports: ["core/language"],
    holds: "a spec with every name resolved",
    keeps: "Plain values only.",
  },
  {
    path: "core/data",
    imports: ["core/language", "core/random.ts", "core/gaussian", tensors, ...theory("spec.ts")],
    packages: [
      "fflate",
      "d3-dsv",
      "hyparquet",
      "hyparquet-compressors",
      "jsfive",
      "fast-png",
      "jpeg-js",
      "fourier-transform",
    ],
    holds: "generators with known factors, readers of files, binding of streams to fields",
    keeps: "Bytes come from what is handed in; bad files end with one clear error, within a stated budget.",
  },
  {
    path: "core/theory/sides.ts",
    imports: [],
    holds: "a bound's side in words and as a sign",
    keeps: "One table, which every view reads.",
  },
  {
    path: "core/theory/python.ts",
    imports: [],
    holds: "which names Python can import",
    keeps: "A name that is written into exported code is one of these.",
  },
  {
    path: "core/theory/laws",
    imports: [tensors, ...theory("spec.ts")],
    holds: "laws of codes: Gaussian, von Mises-Fisher, categorical, deterministic",
    keeps: "A draw is a function of noise that is handed in; one file a law, in `index.ts`.",
  },
  {
    path: "core/theory/priors",
    imports: [tensors, ...theory("spec.ts", "laws")],
    holds: "priors: standard, learned, mixture, from other variables",
    keeps: "One file a prior, in `index.ts`.",
  },
  {
    path: "core/theory/model-interface.ts",
    imports: [tensors, ...theory("spec.ts", "laws", "priors")],
    holds: "what a bound may ask of a model: codes, streams, decoders, critics",
    keeps: "The same question gives the same expression, so networks are shared where the language says so.",
  },
  {
    path: "core/theory/bound.ts",
    imports: [tensors, ...theory("spec.ts", "sides.ts", "model-interface.ts")],
    holds: "what a bound is",
    keeps: "A bound says its side, what it reads, its proof and its formula; its value is one expression.",
  },
  {
    path: "core/theory/terms",
    imports: ["core/language/number-text.ts", tensors, ...theory("spec.ts", "laws", "bound.ts")],
    holds: "roles, names, weights and text of terms",
    keeps: "Pure functions of a spec.",
  },
  {
    path: "core/theory/fusions",
    imports: [tensors, ...theory("spec.ts", "laws", "terms")],
    holds: "how a code joins several inputs: product, mixture, mean, concatenation",
    keeps: "One file a fusion, in `index.ts`.",
  },
  {
    path: "core/theory/critics",
    imports: [tensors, ...theory("model-interface.ts")],
    holds: "scores of pairs: separable, bilinear, concatenated, cosine",
    keeps: "One file a critic, in `index.ts`.",
  },
  {
    path: "core/theory/networks",
    imports: ["core/language", tensors, ...theory("spec.ts", "terms")],
    holds: "networks: perceptron, convolutional, bag of words",
    keeps: "A network is a list of layers that PyTorch has too; one file a network, in `index.ts`.",
  },
  {
    path: "core/theory/missing",
    imports: theory("spec.ts", "terms"),
    holds: "which rows have which streams, where streams may be absent",
    keeps: "The number of such rows is a function of the batch and the rates: shapes stay static.",
  },
  {
    path: "core/theory/bounds",
    imports: [
      "core/language",
      tensors,
      ...theory("spec.ts", "laws", "priors", "model-interface.ts", "bound.ts", "terms", "fusions"),
      ...theory("critics", "missing"),
    ],
    holds: "bounds and proxies",
    keeps:
      "One expression a bound: value, gradient, kernels and PyTorch text follow. One file each, in `index.ts`.",
  },
  {
    path: "core/theory/model",
    imports: [
      tensors,
      ...theory("spec.ts", "laws", "priors", "model-interface.ts", "bound.ts", "terms", "fusions"),
      ...theory("critics", "networks", "missing"),
    ],
    holds: "encoders, decoders, critics and parameters of a spec as expressions",
    keeps:
      "Parameters have the names that they have in PyTorch; adding a term leaves other weights unchanged.",
  },
  {
    path: "core/theory/faults",
    imports: ["core/language", ...theory("spec.ts", "sides.ts")],
    holds: "errors that reading a text or deriving its loss reports, with their messages",
    keeps: "One file each: severity, why, an example, the fixed example, the message.",
  },
  {
    path: "core/theory/derivation",
    imports: [
      "core/language",
      tensors,
      ...theory("spec.ts", "sides.ts", "laws", "bound.ts", "terms", "fusions", "missing"),
      ...theory("bounds", "model", "faults"),
    ],
    holds: "from a spec to its derived loss: graphs, terms, the bound of each, steps of the derivation",
    keeps: "The derived loss is one value from which every view, program and export is made.",
  },
  {
    path: "core/theory/objective",
    imports: [
      "core/language",
      tensors,
      ...theory("spec.ts", "laws", "priors", "model-interface.ts", "terms", "fusions", "networks"),
      ...theory("missing", "bounds", "model", "faults", "derivation"),
    ],
    holds: "the derived loss as one tensor expression",
    keeps: "A term that needs only some rows is given those rows; no bound knows that anything was absent.",
  },
  {
    path: "core/theory/wants",
    imports: ["core/language", ...theory("spec.ts", "laws", "terms", "derivation")],
    holds: "what a loss should keep and discard, and whether it can",
    keeps: "A statement rests on the derived loss alone, before any training.",
  },
  {
    path: "core/theory/resolution",
    imports: [
      "core/language",
      "core/catalogue",
      ...theory(
        "spec.ts",
        "python.ts",
        "laws",
        "priors",
        "terms",
        "fusions",
        "networks",
        "missing",
        "faults",
      ),
    ],
    holds: "from a tree to a spec: names, `extends`, `each`, knobs, settings",
    keeps: "It reports what it cannot read and goes on with the rest.",
  },
  {
    path: "core/theory/diagnostics",
    imports: [
      "core/language",
      "core/data",
      ...theory("spec.ts", "laws", "terms", "networks", "faults", "derivation", "wants"),
    ],
    holds: "checks of a whole derived loss; the list of every diagnostic",
    keeps: "One file each, in `index.ts`; its fix removes it and brings no other.",
  },
  {
    path: "core/theory/recognition",
    imports: [
      "core/language/number-text.ts",
      "core/catalogue",
      ...theory("spec.ts", "laws", "terms", "fusions", "bounds", "derivation", "wants", "resolution"),
    ],
    holds: "which published method a loss is, how it differs, its cell in the periodic table",
    keeps: "By canonical form alone, never by name.",
  },
  {
    path: "core/theory",
    imports: ["core/language", "core/theory/*"],
    holds: "`analyse`: from a text to trees, specs, losses and diagnostics",
    keeps: "A function of the text and of the texts that it uses.",
  },
  {
    path: "core/program/lower",
    imports: [tensors],
    holds: "from expressions to operations on flat arrays",
    keeps: "Each operation states in one place which tensors it reads and writes.",
  },
  {
    path: "core/program/parameters.ts",
    imports: [tensors, ...theory("derivation")],
    holds: "the parameters of a loss and their first values",
    keeps: "Keyed by name: another term does not change them.",
  },
  {
    path: "core/program/compile.ts",
    imports: [tensors, "core/program/lower", ...theory("derivation", "objective")],
    holds: "from an objective to a program: forward, backward and update as one list of operations",
    keeps: "A turned knob is an input: it compiles nothing.",
  },
  {
    path: "core/views",
    imports: [
      "core/language/number-text.ts",
      "core/catalogue",
      "core/data",
      ...theory("spec.ts", "terms", "derivation", "recognition"),
    ],
    holds: "a loss as Unicode, LaTeX and SVG; the periodic table as values",
    keeps: "Made from the derived loss alone.",
  },
  {
    path: "core/train/left-behind/reader-spec.ts",
    imports: theory("spec.ts", "terms"),
    holds: "specs of readers: networks that answer questions from streams or codes, without a bottleneck",
    keeps: "The preview and an exported project search for what is left behind with the same networks.",
  },
  {
    path: "core/export",
    imports: [
      "core/catalogue",
      tensors,
      "core/program/parameters.ts",
      "core/theory/*",
      "core/data",
      "core/views",
      "core/train/left-behind/reader-spec.ts",
    ],
    holds: "export targets: PyTorch, training projects and others",
    keeps: "A target is one entry of the list; what is exported is what is shown and trained.",
  },
  {
    path: "core/train",
    imports: [
      "core/language",
      "core/random.ts",
      "core/gaussian",
      tensors,
      "core/program/parameters.ts",
      "core/program/compile.ts",
      "core/theory/*",
      "core/data",
      "core/views",
      "core/train/left-behind/reader-spec.ts",
    ],
    types: ["@tensorflow/*"],
    holds: "trainer, host and its protocol, executors, measurements, findings",
    keeps: "It knows no process, file or clock; messages are checked, and stale ones are dropped.",
  },
  {
    path: "core/report",
    imports: [
      "core/language/number-text.ts",
      ...theory("change.ts", "sides.ts"),
      "core/export",
      "core/views",
      "core/train",
    ],
    holds: "the report of a run as one page",
    keeps: "All that a person or a file has named is escaped.",
  },
  {
    path: "core/studies",
    imports: [
      "core/language",
      "core/random.ts",
      "core/gaussian",
      tensors,
      "core/program/compile.ts",
      "core/theory",
      ...theory("spec.ts", "terms", "derivation", "objective", "wants", "diagnostics"),
      "core/data",
      "core/views",
      "core/train",
    ],
    holds: "studies: many trainings and one answer; the engine that runs them",
    keeps: "A study is a pure function of the trainings that are done; each training is kept by its content.",
  },
  {
    path: "services",
    imports: ["core/*"],
    packages: ["vscode-languageserver-textdocument", "vscode-languageserver-types"],
    holds: "language features: functions over a document; editor commands",
    keeps: "They know no editor and no connection.",
  },
  {
    path: "trainer",
    imports: ["core/language", "core/data", "core/train", "core/studies"],
    packages: ["@tensorflow/*", ...node],
    holds: "homes of the trainer host: child process, its threads, browser worker",
    keeps: "A crash of the trainer leaves the editor alive.",
  },
  {
    path: "server",
    imports: ["core/language", "services", "trainer"],
    packages: ["vscode-languageserver*", ...node],
    holds: "the language server, for Node (stdio too) and the browser",
    keeps: "It never trains; a late answer is a cancelled one.",
  },
  {
    path: "webview",
    imports: [
      "core/language/text.ts",
      "core/language/knob-text.ts",
      "core/language/number-text.ts",
      "core/theory/change.ts",
      "core/theory/sides.ts",
      "core/train",
      "core/report",
      "core/views",
    ],
    packages: ["chart.js", "preact*", "temml"],
    holds: "the panel: one page for VS Code and for a browser tab",
    keeps: "Views are functions of one state; it computes nothing about a run.",
  },
  {
    path: "client",
    imports: ["core/*", "services", "trainer", "webview/page.ts"],
    packages: ["vscode", "vscode-languageclient*"],
    holds: "the VS Code extension: starts the server, shows panels, relays to trainers",
    keeps: "One action for each command of the list in `services/commands.ts`.",
  },
  {
    path: "cli",
    imports: ["core/*", "services", "trainer", "webview/page.ts"],
    packages: ["ws", ...node],
    holds: "the command `bottleneck`",
    keeps: "A command is one entry of the list; `--json` prints what people read by stable ids.",
  },
];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bare = (path) => path.replace(/\.tsx?$/, "");
/** Whether a path lies in a layer's path, or is it. */
const within = (path, layer) => path === bare(layer) || path.startsWith(`${bare(layer)}/`);

/**
 * The layer of a source file, by its path from the root with slashes; undefined for one outside the layers.
 * @param {string} file
 */
export const layerOf = (file) =>
  LAYERS.filter(({ path }) => within(bare(file), path)).sort((a, b) => b.path.length - a.path.length)[0];

const named = (pattern, name) =>
  pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

/** Whether an entry of `imports` permits a file of a layer. */
export const permits = (allowed, layer, file) =>
  allowed.endsWith("/*")
    ? within(layer, allowed.slice(0, -2))
    : allowed === layer || bare(allowed) === bare(file);

/**
 * What is wrong with an import; undefined when its layer allows it.
 * @param {string} file path of the importing file from the root
 * @param {string} specifier as written
 * @param {boolean} typeOnly whether nothing of it is left at run time
 */
export function faultOfImport(file, specifier, typeOnly) {
  const layer = layerOf(file);
  if (layer === undefined) return undefined;
  if (!specifier.startsWith(".")) {
    const allowed = [...(layer.packages ?? []), ...(typeOnly ? (layer.types ?? []) : [])];
    if (allowed.some((pattern) => named(pattern, specifier))) return undefined;
    return `${layer.path} must not import the package ${specifier}.`;
  }
  const target = posix.normalize(posix.join(posix.dirname(file), specifier));
  if (target === "package.json" || layerOf(target) === layer) return undefined;
  const of = layerOf(target);
  if (of !== undefined && layer.imports.some((allowed) => permits(allowed, of.path, target)))
    return undefined;
  return `${layer.path} must not import ${target}; scripts/layers.mjs lists what it may import.`;
}

/** The linter's rule over the layers. */
export const layersRule = {
  meta: { type: "problem", schema: [] },
  create(context) {
    const file = relative(root, context.filename).split(sep).join("/");
    const check = (node) => {
      if (typeof node.source?.value !== "string") return;
      const typeOnly = node.importKind === "type" || node.exportKind === "type";
      const message = faultOfImport(file, node.source.value, typeOnly);
      if (message !== undefined) context.report({ node, message });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

const START = "<!-- layers: written by `node scripts/layers.mjs` -->";
const END = "<!-- end of layers -->";

/** The table of layers in Markdown. */
export function layersTable() {
  const short = (path) => path.replace(/^core\/theory\/(.+)$/, "$1");
  const row = ({ path, imports, holds, keeps }) =>
    `| \`${path}\` | ${holds} | ${keeps} | ${imports.map(short).join(", ") || "nothing"} |`;
  return ["| path | holds | always true | may import |", "|---|---|---|---|", ...LAYERS.map(row)].join("\n");
}

/** ARCHITECTURE.md with the table as it should be. */
export function withTable(text) {
  const [before, rest] = text.split(START);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`ARCHITECTURE.md lacks the lines ${START} and ${END}.`);
  return `${before}${START}\n\n${layersTable()}\n\n${END}${after}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const page = join(root, "ARCHITECTURE.md");
  writeFileSync(page, withTable(readFileSync(page, "utf8")));
}
