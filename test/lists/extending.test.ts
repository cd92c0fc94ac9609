/**
 * The lists are open: in a copy of the project, a reader, an export target, a command, a page, an editor's command, a
 * measurement, a finding, an executor, an alteration of data and a study are each added by the files that the list asks for
 * and no others; all that follows is then generated and works. The copy is built once; its types are checked meanwhile.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { executors } from "../../core/train/executors/index";
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

/** What Node prints when it runs this in the copy. @throws Error with what it printed when it fails */
async function run(...args: string[]): Promise<string> {
  try {
    return (await promisify(execFile)(process.execPath, args, { cwd: copy })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${args.join(" ")}\n${stdout}${stderr}`, { cause: error });
  }
}
const bottleneck = (...args: string[]): Promise<string> => run("dist/cli/bottleneck.js", ...args);

/** The studies that the panel of the copy offers, as JSON. */
const offered = (): Promise<string> =>
  run(
    ...["--import", "tsx", "--input-type=module", "-e"],
    'import { offered } from "./trainer/studies/desk"; process.stdout.write(JSON.stringify(offered()));',
  );

/** Settled when the types of the copy are checked; undefined where they are right. */
let typeFault: Promise<string | undefined>;
/** When the copy is built. */
let built: Promise<unknown>;

before(() => {
  for (const name of [
    ..."client cli core services server trainer webview scripts examples docs".split(" "),
    ..."package.json package-lock.json README.md tsconfig.json".split(" "),
  ])
    cpSync(join(root, name), path(name), { recursive: true, preserveTimestamps: true });
  symlinkSync(join(root, "node_modules"), path("node_modules"), "junction");

  // A reader: two files.
  add(
    "core/data/readers/lines.ts",
    `import { whole, type DataReader, type NumberArray } from "../reader";

export const lines: DataReader = {
  id: "lines",
  title: "Numbers by line (\`.lines\`)",
  doc: "Two fields: \`X\`, and \`positive\`, whether it is above 0.",
  limits: "One number a line.",
  example: { spec: 'data "numbers.lines"\\nmodality X : scalar' },
  recognises: (_first, uri) => uri.endsWith(".lines"),
  async arrays(source) {
    const numbers = new TextDecoder().decode((await whole(source)).bytes).trim().split("\\n").map(Number);
    const shape = [numbers.length];
    return new Map<string, NumberArray>([
      ["X", { shape, dtype: "float32", values: Float32Array.from(numbers) }],
      ["positive", { shape, dtype: "int32", values: Int32Array.from(numbers, (number) => Number(number > 0)) }],
    ]);
  },
};
`,
  );
  change("core/data/readers/index.ts", {
    "import { npy }": 'import { lines } from "./lines";\nimport { npy }',
    "jsonl, csv]": "jsonl, csv, lines]",
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
    "  svg,\n]": "  svg,\n  text,\n]",
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

  // A second probe: two files.
  add(
    "core/train/measurements/error.ts",
    `import { accuracyOf } from "../probes/index";
import { measurement, ofReadings } from "./measurement";

export const error = measurement({
  id: "error",
  title: "Error",
  doc: "How often the probe of draws names a wrong class.",
  unit: "share",
  when: "round",
  needs: "read-draws",
  place: { table: "kept", row: "error" },
  measure: (readings) =>
    ofReadings(readings, "label", (reading) => {
      const { value, low, high } = accuracyOf(reading);
      return [{ value: 1 - value, low: 1 - high, high: 1 - low }];
    }),
  sentence: (values) => values.map(({ code, factor, value }) => \`\${code} errs on \${factor} (\${value.toFixed(2)}).\`).join(" "),
});
`,
  );
  change("core/train/measurements/index.ts", {
    "import type { AnyMeasurement }": 'import { error } from "./error";\nimport type { AnyMeasurement }',
    "  ranking,\n]": "  ranking,\n  error,\n]",
  });

  // A finding: two files.
  add(
    "core/train/findings/busy-code.ts",
    `import type { FindingRule } from "./rule";

const spec = \`spec S {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
\`;

export const busyCode: FindingRule = {
  code: "busy-code",
  severity: "warning",
  seen: "A code has a rate.",
  why: "It carries something.",
  change: "Leave it so.",
  find: ({ rates }) =>
    Object.entries(rates).flatMap(([code, rate]) =>
      rate > 0 ? [{ about: code, message: \`\${code} carries something: its rate is above 0.\` }] : [],
    ),
  example: { spec, rates: { Z: 1 } },
  healthy: { spec, rates: { Z: 0 } },
};
`,
  );
  change("core/train/findings/index.ts", {
    "import { collapsedCode }": 'import { busyCode } from "./busy-code";\nimport { collapsedCode }',
    "  stillImproving,\n": "  stillImproving,\n  busyCode,\n",
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

  // An alteration of data: two files.
  add(
    "core/data/alterations/halve.ts",
    `import type { AlterationKind } from "./alteration";

export const halve: AlterationKind = {
  id: "halve",
  doc: "Keeps every other training row.",
  example: { id: "halve" },
  alter: (data) => ({
    ...data,
    splits: { ...data.splits, train: data.splits.train.filter((_, place) => place % 2 === 0) },
  }),
};
`,
  );
  change("core/data/alterations/index.ts", {
    "import { labelNoise }": 'import { halve } from "./halve";\nimport { labelNoise }',
    "  twin,\n]": "  twin,\n  halve,\n]",
  });

  // A study, which uses it: two files.
  add(
    "core/studies/halves.ts",
    `import { isTrained, type Job } from "./job";
import { wholeOption } from "./options";
import type { Study } from "./study";

export const halves: Study<{ steps: number }, { rows: (number | null)[] }> = {
  id: "halves",
  question: "How many rows are half of the data?",
  doc: "Trains on all rows and on every other one.",
  example: "bottleneck halves examples/noisy-digits.bottleneck",
  options: [{ name: "steps", value: "N", doc: "steps of each training; default 5" }],
  read: (given) => ({ steps: wholeOption(given, "steps", { least: 1, most: 100, fallback: 5 }) }),
  next({ text, uses, location, derived }, { steps }, done) {
    const jobs = [[], [{ id: "halve" }]].map(
      (alterations): Job => ({ text, uses, location, spec: derived.spec.name, overrides: { steps }, alterations }),
    );
    const ask = jobs.filter((job) => done(job) === undefined);
    if (ask.length > 0) return { ask };
    const rows = jobs.map((job) => {
      const outcome = done(job)!;
      return isTrained(outcome) ? outcome.rows : null;
    });
    return { answer: { rows } };
  },
  table: ({ rows }) => ({
    columns: [{ name: "rows", title: "rows", doc: "Training rows." }],
    rows: rows.map((count) => [count]),
  }),
  sentence: ({ rows: [all, half] }) => \`Half of \${all} rows are \${half}.\`,
  json: { rows: "Training rows of each training." },
  toJson: (answer) => answer,
};
`,
  );
  change("core/studies/index.ts", {
    "import { samples }": 'import { halves } from "./halves";\nimport { samples }',
    "= [samples as Study": "= [halves as Study, samples as Study",
  });

  change("tsconfig.json", { ', "test"': "" });
  typeFault = run("node_modules/typescript/bin/tsc", "--noEmit").then(
    () => undefined,
    (fault: unknown) => String(fault),
  );
  built = run("--input-type=module", "-e", 'await (await import("./scripts/build.mjs")).build()');
});
after(() => rmSync(copy, { recursive: true, force: true }));

test("README, package.json and the manual follow", async () => {
  await built;
  await run("scripts/manual.mjs");
  const of = (file: string): string => readFileSync(path(file), "utf8");
  assert.match(of("README.md"), /^bottleneck count FILE +Counts the specs of a file\.$/m);
  assert.match(of("docs/manual/commands.md"), /### `count`[^]*Usage: bottleneck count FILE/);
  assert.match(of("docs/manual/commands.md"), /\| Title \| The name of the spec\. \|/);
  assert.match(of("docs/manual/commands.md"), /Bottleneck: Show the Manual/);
  assert.match(of("docs/manual/own-data.md"), /Numbers by line \(`\.lines`\)/);
  assert.match(of("docs/manual/exports.md"), /\| `text` \| Plain text \| `\.txt` \|/);
  assert.match(of("docs/manual/measurements.md"), /\| `error` +\| Error +\|[^]*## Error \(`error`\)/);
  assert.match(of("docs/manual/findings.md"), /### `busy-code`[^]*> Z carries something/);
  assert.match(of("README.md"), /^bottleneck halves FILE +How many rows are half of the data\? Trains/m);
  assert.match(of("docs/manual/commands.md"), /### `halves`[^]*Usage: bottleneck halves FILE[^]*--steps N/);
  assert.match(of("docs/manual/studies.md"), /## How many rows are half of the data\? \(`halves`\)/);
  assert.match(of("docs/manual/studies.md"), /\| `halve` +\| Keeps every other training row\. \|/);
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
    ...executors.flatMap(({ id, offered }) => (offered ? [id] : [])),
    "single",
  ]);
});

test("each is found by its name and works", async () => {
  await built;
  add("small.bottleneck", smallSpec());
  add(
    "own.bottleneck",
    `spec V { data "values.lines" {} modality X : vector(1) observe positive : label(2) latent Z : gaussian(2) from X
      latent W : gaussian(2) from X compress I(X; Z, W) keep 9 * I(X; Z) keep 9 * I(X; W) train { epochs = 2, batch = 16 } }`,
  );
  add("values.lines", Array.from({ length: 200 }, (_, i) => String(Math.sin(i * i))).join("\n"));
  const [help, specs, text, doctor, json, report, study, panel] = await Promise.all([
    bottleneck("--help"),
    bottleneck("count", "small.bottleneck"),
    bottleneck("export", "small.bottleneck", "--to", "text"),
    bottleneck("doctor", "--json"),
    bottleneck("preview", "own.bottleneck", "--executor", "single", "--json"),
    bottleneck("preview", "own.bottleneck", "--executor", "single"),
    bottleneck("halves", "small.bottleneck", "--steps", "2", "--store", "trainings"),
    offered(),
  ]);
  assert.match(help, /^ {2}count +FILE +Counts the specs of a file\.$/m);
  assert.equal(specs.trim(), "1");
  assert.match(study, /Half of 192 rows are 96\./);
  assert.deepEqual((JSON.parse(panel) as object[])[0], {
    id: "halves",
    question: "How many rows are half of the data?",
    doc: "Trains on all rows and on every other one.",
    options: [{ name: "steps", value: "N", doc: "steps of each training; default 5" }],
  });
  assert.match(text, /\nL = KL/);
  const found = JSON.parse(doctor) as { name: string; detail: string }[];
  assert.equal(found.find(({ name }) => name === "single")?.detail, "only an example");

  const run = JSON.parse(json) as {
    step: number;
    summary: { executor: string };
    measurements: { id: string; code: string; factor?: string; value: number }[];
    findings: { code: string; about: string }[];
    sentence: string;
  };
  assert.ok(run.step > 0);
  assert.equal(run.summary.executor, "single, as an example");
  const of = (id: string) => run.measurements.filter((one) => one.id === id);
  assert.deepEqual(
    of("error").map(({ code, factor, value }) => [code, factor, value]),
    of("accuracy").map(({ code, factor, value }) => [code, factor, 1 - value]),
  );
  assert.deepEqual(
    of("error").map(({ code, factor }) => [code, factor]),
    [
      ["Z", "positive"],
      ["W", "positive"],
    ],
  );
  assert.deepEqual(
    run.findings.filter(({ code }) => code === "busy-code").map(({ about }) => about),
    ["Z", "W"],
  );
  // Verdicts rest on the probe that they always rested on: each code is named once.
  assert.equal(run.sentence.match(/ errs on /g)?.length, 2);
  assert.doesNotMatch(run.sentence, /(\b[ZW]\b),? (and )?\1\b/);
  assert.match(report, /^ {2}Z, error +0\.\d\d \[/m);
  assert.match(report, /^W carries something: its rate is above 0\.$/m);
});

test("the copy compiles: no other file names these things", async () => {
  assert.equal(await typeFault, undefined);
});
