/**
 * The lists are open: in a copy of the project, a reader, an export target, a command, a page, an editor's command and an
 * executor are each added by the files that the list asks for and no others; all that follows is then generated and works.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { smallSpec } from "../trainer/session";

const root = join(import.meta.dirname, "..", "..");
const copy = mkdtempSync(join(tmpdir(), "bottleneck-extended-"));
const path = (file: string): string => join(copy, file);

/** Adds a file. */
const add = (file: string, text: string): void => writeFileSync(path(file), text);

/** Changes lines of a list: each text, which is there once, becomes another. */
function change(file: string, edits: Record<string, string>): void {
  let text = readFileSync(path(file), "utf8");
  for (const [from, to] of Object.entries(edits)) {
    assert.equal(text.split(from).length, 2, `${file}: ${from}`);
    text = text.replace(from, to);
  }
  writeFileSync(path(file), text);
}

const run = (...args: string[]): string =>
  execFileSync(process.execPath, args, { cwd: copy, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const bottleneck = (...args: string[]): string => run("--import", "tsx", "cli/bottleneck.ts", ...args);

before(() => {
  for (const name of [
    ..."client cli core services server trainer webview scripts examples docs".split(" "),
    ..."package.json README.md tsconfig.json".split(" "),
  ])
    cpSync(join(root, name), path(name), { recursive: true, preserveTimestamps: true });
  symlinkSync(join(root, "node_modules"), path("node_modules"), "junction");

  // A reader: two files.
  add(
    "core/data/readers/lines.ts",
    `import { whole, type DataReader } from "../reader";

export const lines: DataReader = {
  id: "lines",
  title: "Numbers by line (\`.lines\`)",
  doc: "One field, \`X\`.",
  limits: "One number a line.",
  recognises: (_first, uri) => uri.endsWith(".lines"),
  async arrays(source) {
    const numbers = new TextDecoder().decode((await whole(source)).bytes).trim().split("\\n").map(Number);
    return new Map([["X", { shape: [numbers.length, 1], dtype: "float32", values: Float32Array.from(numbers) }]]);
  },
};
`,
  );
  change("core/data/readers/index.ts", {
    "import { npy }": 'import { lines } from "./lines";\nimport { npy }',
    "[npz, npy, idx]": "[npz, npy, idx, lines]",
  });

  // An export target: two files.
  add(
    "core/export/targets/text.ts",
    `import { lossText } from "../../views/unicode";
import { exportMark, type ExportTarget } from "../target";

export const text = {
  id: "text",
  title: "Plain text",
  doc: "The loss as one line.",
  format: "Text",
  extension: "txt",
  write: (derived, base) => [{ name: \`\${base}.txt\`, text: \`\${exportMark}\\n\${lossText(derived)}\\n\` }],
} as const satisfies ExportTarget;
`,
  );
  change("core/export/index.ts", {
    "import { svg }": 'import { text } from "./targets/text";\nimport { svg }',
    "latex, svg]": "latex, svg, text]",
  });

  // A command: two files.
  add(
    "cli/commands/count.ts",
    `import { exitCodes, oneFile, type Command } from "../command";
import { readSource } from "../source";

export const count: Command = {
  name: "count",
  operands: "FILE",
  doc: "Counts the specs of a file.",
  options: {},
  async run(operands, _options, terminal) {
    terminal.out(String((await readSource(oneFile(operands))).analysis.specs.length));
    return exitCodes.ok;
  },
};
`,
  );
  change("cli/commands/index.ts", {
    "import { derive }": 'import { count } from "./count";\nimport { derive }',
    "  doctor,\n]": "  doctor,\n  count,\n]",
  });

  // A page of the panel: two files.
  add(
    "webview/pages/title.tsx",
    `import type { PanelPage } from "./page";

export const title: PanelPage = {
  id: "title",
  title: "Title",
  doc: "The name of the spec.",
  View: ({ summary }) => <h2>{summary.name}</h2>,
};
`,
  );
  change("webview/pages/index.ts", {
    "import { table }": 'import { title } from "./title";\nimport { table }',
    "derivation, table]": "derivation, table, title]",
  });

  // A command of the editor: its line, and what it does.
  change("services/commands.ts", {
    "] as const satisfies": `  {
    id: "bottleneck.showManual",
    title: "Show the Manual",
    doc: "Opens the first page of the manual.",
    onSpec: false,
  },
] as const satisfies`,
  });
  change("client/start.ts", {
    '"bottleneck.showTable": ':
      '"bottleneck.showManual": () => vscode.env.openExternal(vscode.Uri.parse(manual)),\n    "bottleneck.showTable": ',
  });

  // An executor: its file, its line, and its home.
  add(
    "core/train/executors/single.ts",
    `import type { Executor } from "../executor";
import { createReferenceExecutor } from "./reference";

export const createSingle = (): Executor => ({
  ...createReferenceExecutor(),
  name: "single",
  description: "single, as an example",
});
`,
  );
  change("core/train/executors/index.ts", {
    "] as const satisfies": `  { id: "single", title: "Single", doc: "An example.", offered: true },\n] as const satisfies`,
  });
  change("trainer/executors/node.ts", {
    "import { createTfjsExecutor }":
      'import { createSingle } from "../../core/train/executors/single";\nimport { createTfjsExecutor }',
    "  executors: [\n": `  executors: [
    { id: "single", available: () => Promise.resolve({ available: false, detail: "only an example" }), create: async () => createSingle() },
`,
  });
});
after(() => rmSync(copy, { recursive: true, force: true }));

test("the copy compiles: no other file names these things", () => {
  change("tsconfig.json", { ', "test"': "" });
  run("node_modules/typescript/bin/tsc", "--noEmit", "--project", "tsconfig.json");
});

test("README, package.json and the manual follow", () => {
  run("scripts/manual.mjs");
  const of = (file: string): string => readFileSync(path(file), "utf8");
  assert.match(of("README.md"), /^bottleneck count FILE +Counts the specs of a file\.$/m);
  assert.match(of("docs/manual/commands.md"), /### `count`[^]*Usage: bottleneck count FILE/);
  assert.match(of("docs/manual/commands.md"), /\| Title \| The name of the spec\. \|/);
  assert.match(of("docs/manual/commands.md"), /Bottleneck: Show the Manual/);
  assert.match(of("docs/manual/data.md"), /Numbers by line \(`\.lines`\)/);
  assert.match(of("docs/manual/exports.md"), /\| `text` \| Plain text \| `\.txt` \|/);
  assert.match(of("docs/manual/executors.md"), /\| `single` \| Single \| An example\. \|/);
  const { contributes } = JSON.parse(of("package.json")) as {
    contributes: {
      commands: { command: string }[];
      configuration: { properties: Record<string, { enum?: string[] }> };
    };
  };
  assert.ok(contributes.commands.some(({ command }) => command === "bottleneck.showManual"));
  assert.deepEqual(contributes.configuration.properties["bottleneck.preview.executor"]?.enum, [
    "auto",
    "wasm",
    "tfjs",
    "single",
  ]);
});

test("each is found by its name and works", () => {
  add("small.bottleneck", smallSpec());
  assert.match(bottleneck("--help"), /^ {2}count +FILE +Counts the specs of a file\.$/m);
  assert.equal(bottleneck("count", "small.bottleneck").trim(), "1");
  assert.match(bottleneck("export", "small.bottleneck", "--to", "text"), /\nL = KL/);
  const found = JSON.parse(bottleneck("doctor", "--json")) as { name: string; detail: string }[];
  assert.equal(found.find(({ name }) => name === "single")?.detail, "only an example");
  add(
    "own.bottleneck",
    `spec V { data "values.lines" {} modality X : vector(1) latent Z : gaussian(2) from X
      compress I(X; Z) keep I(X; Z) train { epochs = 1, batch = 16 } }`,
  );
  add("values.lines", Array.from({ length: 80 }, (_, i) => String(Math.sin(i * i))).join("\n"));
  const report = JSON.parse(bottleneck("preview", "own.bottleneck", "--executor", "single", "--json")) as {
    step: number;
    summary: { executor: string };
  };
  assert.ok(report.step > 0);
  assert.equal(report.summary.executor, "single, as an example");
});
