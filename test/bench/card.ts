/**
 * Everything that is measured on a real card, one command: `node --import tsx test/bench/card.ts test/bench/GPU.md`, with
 * BOTTLENECK_PYTHON naming a Python whose PyTorch has CUDA and BOTTLENECK_WEBGPU the folder where the package webgpu is
 * installed. It holds PyTorch's exports and the executors `webgpu` and `torch` to the float64 reference, and times a step of
 * each beside PyTorch eager, compiled and captured as a graph. `--dry` tries all of it out where there is no card: tiny,
 * on the processor and a software adapter.
 */
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalogue } from "../../core/catalogue/index";
import type { Executor } from "../../core/train/executor";
import type { ExecutorId } from "../../core/train/executors/index";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { node } from "../../trainer/executors/node";
import { BATCH } from "../numbers/case";
import { arraysOf, compute, deviations, prepare } from "../numbers/harness";
import { SIZES, type Size } from "./dvsib";
import { BATCHES, settings, SOFTWARE, timesOf, type StepTime } from "./executors";
import { writeFolder } from "./gpu";

/** The largest relative deviation that is allowed. */
const TOLERANCE = 1e-4;
/** Times of the captured graph that an executor may need. */
const GOALS: Partial<Record<ExecutorId, number>> = { torch: 1.2, webgpu: 3 };
const TINY: Size = { name: "784-8-8-2", code: 2, network: { width: 8 } };

interface Graph {
  size: string;
  batch: number;
  way: "eager" | "compiled" | "graph";
  milliseconds: number;
}

/** The executor of a card. @throws Error that says why there is none */
async function onCard(id: ExecutorId, dry: boolean): Promise<Executor> {
  const executor = await node.executors.find((one) => one.id === id)!.create(settings);
  const isCard =
    id === "torch" ? !/ on CPU/.test(executor.description) : !SOFTWARE.test(executor.description);
  if (dry || isCard) return executor;
  executor.close();
  throw new Error(`\`${id}\` has no card: ${executor.description}`);
}

/** One step of each method on an executor: the largest deviation from the reference. */
async function parityRow(id: ExecutorId, dry: boolean): Promise<string> {
  const executor = await onCard(id, dry);
  const reference = createReferenceExecutor();
  let worst = { method: "", what: "", error: 0 };
  const methods = catalogue().slice(0, dry ? 2 : undefined);
  for (const { method, text } of methods) {
    const prepared = prepare(text, BATCH);
    const expected = await compute(reference, prepared.program, arraysOf(prepared));
    const found = await compute(executor, prepared.program, arraysOf(prepared));
    for (const [what, error] of deviations(found, expected))
      if (!(error <= worst.error)) worst = { method, what, error };
  }
  executor.close();
  if (!(worst.error <= TOLERANCE)) process.exitCode = 1;
  return `| ${executor.description} | ${methods.length} | ${worst.error.toExponential(1)} | ${worst.method}, ${worst.what} |`;
}

const shown = (milliseconds: number | undefined): string => milliseconds?.toFixed(2) ?? "";

function timeRow(size: Size, batch: number, { id, name, median }: StepTime, graph?: number): string {
  const goal = GOALS[id];
  const times = graph === undefined ? undefined : median / graph;
  const kept =
    times === undefined || goal === undefined ? "" : times <= goal ? `within ${goal}` : `beyond ${goal}`;
  return `| ${size.name} | ${batch} | ${name} | ${median.toFixed(2)} | ${shown(graph)} | ${shown(times)} | ${kept} |`;
}

async function main(page: string, dry: boolean): Promise<void> {
  const sizes = dry ? [TINY] : SIZES;
  const batches = dry ? [8] : BATCHES;
  const folder = mkdtempSync(join(tmpdir(), "bottleneck-card-"));
  try {
    await writeFolder(folder, sizes, dry);
    const device = dry ? "cpu" : "cuda";
    const script = join(folder, "gpu.py");
    execFileSync(settings.python ?? "python3", [script, folder, page, device, batches.join()], {
      stdio: "inherit",
    });
    const graphs = JSON.parse(readFileSync(join(folder, "times.json"), "utf8")) as Graph[];
    const parity = [await parityRow("webgpu", dry), await parityRow("torch", dry)];
    const rows: string[] = [];
    for (const size of sizes)
      for (const batch of batches) {
        const graph = graphs.find(
          (one) => one.size === size.name && one.batch === batch && one.way === "graph",
        );
        for (const time of await timesOf(size, batch, dry ? 1 : 5, dry))
          rows.push(timeRow(size, batch, time, graph?.milliseconds));
      }
    appendFileSync(
      page,
      `
## Executors

One step of methods of the catalogue against the float64 reference: the largest relative deviation of loss, terms and
gradients. At most ${TOLERANCE} is allowed.

| executor | methods | largest | of |
|---|---|---|---|
${parity.join("\n")}

Median milliseconds of a training step of DVSIB, inputs handed over and the loss read at every step, beside PyTorch's graph
on the same card. Goals: \`torch\` at most ${GOALS.torch} times the graph, \`webgpu\` at most ${GOALS.webgpu} times.

| size | batch | executor | ms | graph, ms | times | goal |
|---|---|---|---|---|---|---|
${rows.join("\n")}
`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [page, flag] = process.argv.slice(2);
if (page === undefined) throw new Error("Name the page to write.");
await main(page, flag === "--dry");
