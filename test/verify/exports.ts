/**
 * One step of every method of the catalogue in every form that exports to PyTorch have, by the newest torch and by the
 * oldest, against the float64 reference. Gives the body of docs/exports.md.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { catalogue, type CatalogueEntry } from "../../core/catalogue/index";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { askExport, exported } from "../numbers/exported";
import { arraysOf, compute, deviations, prepare, type Numbers, type Prepared } from "../numbers/harness";
import { firstStep, firstStepsIn, scratch } from "../numbers/projects";
import { pythonWithOldTorch, pythonWithTorch } from "../reference/driver";
import { plantedText } from "./catalogue/planted";

export const page = "docs/exports.md";

/** The largest relative deviation that is allowed. */
const TOLERANCE = 1e-4;
/** Even, so that two processes have as many rows each; no width of any method. */
const BATCH = 22;

const FORMS = ["whole", "loss only", "project", "two processes"] as const;
type Form = (typeof FORMS)[number];

interface Method {
  name: string;
  /** As a file, with weights, a batch and draws that are handed in. */
  prepared: Prepared;
  expectedOfFiles: Numbers;
  /** As a project, which makes its weights, batch and draws itself. */
  folder: string;
  expectedOfProject: Numbers;
}

/** The method on built-in data of a few rows, of which one step takes a batch. */
const smallText = (entry: CatalogueEntry): string => `${plantedText(entry)}
spec Small extends Measured {
  data "${/data "([\w-]+)"/.exec(plantedText(entry))![1]}" { samples = 64, validation = ${BATCH}, test = ${BATCH}, seed = 1 }
  train { steps = 1, batch = ${BATCH}, seed = 3 }
}
`;

async function methodsIn(root: string): Promise<Method[]> {
  const methods: Method[] = [];
  for (const entry of catalogue()) {
    const prepared = prepare(entry.text, BATCH);
    const folder = join(root, entry.file);
    methods.push({
      name: entry.method,
      prepared,
      expectedOfFiles: await compute(createReferenceExecutor(), prepared.program, arraysOf(prepared)),
      folder,
      expectedOfProject: await firstStep(smallText(entry), "Small", folder),
    });
  }
  return methods;
}

interface Deviation {
  what: string;
  error: number;
}

type Row = Record<Form, Deviation>;

const largest = (found: Numbers, expected: Numbers): Deviation => {
  const [[what, error]] = deviations(found, expected).sort(([, a], [, b]) => b - a) as [[string, number]];
  return { what, error };
};

interface Table {
  /** The version of torch. */
  torch: string;
  /** By method. */
  rows: Row[];
}

/** What each form of each method has at most. @throws Error where one failed */
async function tableOf(methods: readonly Method[], python: string): Promise<Table> {
  const cases = methods.map(({ name, prepared }) => ({
    id: name,
    precision: "float32",
    ...exported(prepared.derived, prepared),
  }));
  const files = await askExport({ cases }, python);
  const projects = await firstStepsIn(
    methods.map(({ folder }) => folder),
    python,
  );
  const rows = methods.map(({ name, folder, expectedOfFiles, expectedOfProject }): Row => {
    const { whole, lossOnly } = files.numbers(name);
    const { alone, ranks } = projects.numbers(folder);
    return {
      whole: largest(whole, expectedOfFiles),
      "loss only": largest(lossOnly, expectedOfFiles),
      project: largest(alone, expectedOfProject),
      "two processes": largest(ranks, expectedOfProject),
    };
  });
  return { torch: projects.torch, rows };
}

const shown = (error: number): string => {
  const text = Number.isFinite(error) ? error.toExponential(1).replace("-", "−") : "not finite";
  return error <= TOLERANCE ? text : `**${text}**`;
};

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function section(methods: readonly Method[], { torch, rows }: Table): string[] {
  const worst = FORMS.map((form) => {
    const at = rows.reduce((most, found, i) => (found[form].error > rows[most]![form].error ? i : most), 0);
    const { what, error } = rows[at]![form];
    return row([form, methods[at]!.name, what, shown(error)]);
  });
  return [
    `## torch ${/^\d+\.\d+/.exec(torch)![0]}`,
    "",
    "The largest of each form:",
    "",
    row(["form", "method", "of what", "deviation"]),
    row(["---", "---", "---", "---:"]),
    ...worst,
    "",
    row(["method", ...FORMS]),
    row(["---", ...FORMS.map(() => "---:")]),
    ...methods.map(({ name }, i) => row([name, ...FORMS.map((form) => shown(rows[i]![form].error))])),
    "",
  ];
}

/** The page without its mark. */
export async function write(): Promise<string> {
  const root = scratch();
  try {
    const methods = await methodsIn(root);
    const old = pythonWithOldTorch();
    const tables = [await tableOf(methods, pythonWithTorch())];
    if (old !== undefined) tables.push(await tableOf(methods, old));
    const beyond = tables
      .flatMap(({ rows }) => rows.flatMap((found) => FORMS.map((form) => found[form].error)))
      .filter((error) => !(error <= TOLERANCE)).length;
    if (beyond > 0) process.exitCode = 1;
    return `${[
      "# Every method in every PyTorch export",
      "",
      `One step of each of the ${methods.length} methods of the catalogue, as the exported module (\`--to pytorch\`), as the loss alone (\`--to loss-only\`), as the training project (\`--to project\`), and as that project in two processes with half of the batch each. The files are given weights, ${BATCH} rows and draws; a project reads its own data and makes weights, batch and draws itself, as the preview does. An entry is the largest relative deviation from the preview's loss in float64 among the loss, its terms and the gradient of each parameter: ‖g − g*‖ / ‖g*‖, where a norm counts for at least 3 % of that of the whole gradient, and a value for at least 0.01 nats. At most ${shown(TOLERANCE)} is allowed; ${beyond === 0 ? "all are within it" : `${beyond} are beyond it`}.`,
      "",
      ...tables.flatMap((table) => section(methods, table)),
      ...(old === undefined ? ["Debian's torch 1.13 was not installed where this page was made.", ""] : []),
    ].join("\n")}`;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
