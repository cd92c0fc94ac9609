/**
 * One step of every method of the catalogue on every executor, against the float64 reference. Gives the body of
 * docs/parity.md.
 */
import { homedir } from "node:os";
import { join } from "node:path";
import { catalogue } from "../../core/catalogue/index";
import type { Executor } from "../../core/train/executor";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { createTfjsExecutor } from "../../core/train/executors/tfjs";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { createWebGpuExecutor } from "../../core/train/executors/webgpu";
import { loadNative, loadTfjs } from "../../trainer/tfjs-node";
import { startTorch } from "../../trainer/torch/index";
import { gpuLack, softwareGpu } from "../executors/gpu";
import { BATCH } from "../numbers/case";
import { arraysOf, compute, deviations, prepare, type Numbers, type Prepared } from "../numbers/harness";
import { pythonWithTorch } from "../reference/driver";

export const page = "docs/parity.md";

/** The largest relative deviation that is allowed. */
const TOLERANCE = 1e-4;

interface Contender {
  name: string;
  create(): Promise<Executor>;
  /** Why it cannot run on this machine. */
  lack?: string | false;
}

const cache = process.env["BOTTLENECK_CACHE"] ?? join(homedir(), ".cache", "bottleneck");
const native = loadNative([process.cwd(), join(cache, "tfjs-node")]);

const contenders: readonly Contender[] = [
  { name: "wasm", create: () => createWasmExecutor({ threads: 1 }) },
  { name: "webgpu", create: () => createWebGpuExecutor(softwareGpu()), lack: gpuLack },
  {
    name: "tfjs",
    async create() {
      const { tf, description } = await loadTfjs([]);
      return createTfjsExecutor(tf, description);
    },
  },
  {
    name: "tfjs-node",
    async create() {
      if ("reason" in native) throw new Error(native.reason);
      // Both libraries of a process have one choice of backend.
      await native.tf.setBackend("tensorflow");
      return createTfjsExecutor(native.tf, native.description);
    },
    lack: "reason" in native && native.reason,
  },
  {
    name: "torch",
    create: () => startTorch({ python: pythonWithTorch(), device: "cpu", threads: 1 }),
  },
];

interface Method {
  name: string;
  prepared: Prepared;
  expected: Numbers;
}

async function methodsOf(): Promise<Method[]> {
  const reference = createReferenceExecutor();
  const methods: Method[] = [];
  for (const { method, text } of catalogue()) {
    const prepared = prepare(text, BATCH);
    const expected = await compute(reference, prepared.program, arraysOf(prepared));
    methods.push({ name: method, prepared, expected });
  }
  return methods;
}

interface Column {
  name: string;
  description: string;
  /** By method: the largest deviation, and of what. */
  largest: { what: string; error: number }[];
}

async function columnOf({ name, create }: Contender, methods: readonly Method[]): Promise<Column> {
  const executor = await create();
  const largest: Column["largest"] = [];
  for (const { prepared, expected } of methods) {
    const found = await compute(executor, prepared.program, arraysOf(prepared));
    const [[what, error]] = deviations(found, expected).sort(([, a], [, b]) => b - a) as [[string, number]];
    largest.push({ what, error });
  }
  executor.close();
  return { name, description: executor.description, largest };
}

const shown = (error: number): string => {
  const text = Number.isFinite(error) ? error.toExponential(1).replace("-", "−") : "not finite";
  return error <= TOLERANCE ? text : `**${text}**`;
};

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** The page without its mark. */
export async function write(): Promise<string> {
  const methods = await methodsOf();
  const columns: Column[] = [];
  for (const contender of contenders) if (!contender.lack) columns.push(await columnOf(contender, methods));
  const worst = columns.map(({ largest }) => Math.max(...largest.map(({ error }) => error)));
  const beyond = worst.filter((error) => !(error <= TOLERANCE)).length;
  const lacking = contenders.flatMap(({ name, lack }) => (lack ? [`- ${name}: ${lack}`] : []));
  if (beyond > 0) process.exitCode = 1;
  const ofWhat = columns.map(({ name, largest }, i) => {
    const at = largest.findIndex(({ error }) => error === worst[i]);
    return row([name, methods[at]!.name, largest[at]!.what, shown(worst[i]!)]);
  });
  return `${[
    "# Every method on every executor",
    "",
    `One step of each of the ${methods.length} methods of the catalogue, from the same weights, a batch of ${BATCH} rows and the same draws. An entry is the largest relative deviation from the float64 reference among the loss, its terms and the gradient of each parameter: ‖g − g*‖ / ‖g*‖, where a norm counts for at least 3 % of that of the whole gradient, and a value for at least 0.01 nats. At most ${shown(TOLERANCE)} is allowed; ${beyond === 0 ? "all are within it" : `${beyond} executors are beyond it`}.`,
    "",
    "## The largest of each executor",
    "",
    row(["executor", "method", "of what", "deviation"]),
    row(Array<string>(4).fill("---")),
    ...ofWhat,
    "",
    ...(lacking.length > 0 ? ["Not run where this page was made:", "", ...lacking, ""] : []),
    "## By method",
    "",
    row(["method", ...columns.map(({ name }) => name)]),
    row(["---", ...columns.map(() => "---:")]),
    ...methods.map(({ name }, i) => row([name, ...columns.map(({ largest }) => shown(largest[i]!.error))])),
    "",
    "Results of any number of threads of `wasm` are bitwise the same, so it has one column. `webgpu` is the adapter that Node finds, here a software one; `tfjs` is its WebAssembly backend, `tfjs-node` its native library; `torch` is PyTorch on the CPU.",
  ].join("\n")}\n`;
}
