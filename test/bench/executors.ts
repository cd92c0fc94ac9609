/**
 * Time of a training step on every executor that this machine has, small and large batches, in turns:
 * `node --import tsx test/bench/executors.ts PAGE [ROUNDS]`. On a machine with a GPU, run it with BOTTLENECK_WEBGPU and
 * BOTTLENECK_PYTHON set, and test/bench/gpu.py beside it, which has PyTorch's own times on the same card. A software adapter
 * for WebGPU (a processor that acts as a GPU) is left out, since its times say nothing of a GPU.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { normal } from "../../core/random";
import { nativeFolders, pythonCommand } from "../../cli/place";
import type { ExecutorId } from "../../core/train/executors/index";
import { node } from "../../trainer/executors/node";
import { defaultSettings } from "../../trainer/settings";
import { BETA, SIZES, step, type Size } from "./dvsib";
import { median, takeTurns, timed, type Contender } from "./turns";

export const BATCHES: readonly number[] = [128, 1024, 8192];
/** An adapter that is a program of the processor. */
export const SOFTWARE = /swiftshader|llvmpipe|lavapipe/i;
/** Relative difference of first losses past which a time means nothing. */
const TOLERANCE = 1e-3;

export const settings = { ...defaultSettings, modules: nativeFolders(), ...pythonCommand() };

function inputsOf(size: Size, batch: number, at: number): Record<string, Float32Array> {
  const drawn = (name: string, count: number): Float32Array => {
    const values = new Float32Array(count);
    normal(1, name, at, values);
    return values;
  };
  const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
  return {
    X: drawn("X", batch * 784).map(sigmoid),
    Y: drawn("Y", batch * 784).map(sigmoid),
    "noise.Zx": drawn("noise.Zx", batch * size.code),
    "noise.Zy": drawn("noise.Zy", batch * size.code),
  };
}

/** One executor at one size: its first loss, and steps with inputs that are already drawn. */
async function enter(
  home: (typeof node.executors)[number],
  size: Size,
  batch: number,
  software: boolean,
): Promise<(Contender & { id: ExecutorId; loss: number; close(): void }) | undefined> {
  const executor = await home.create(settings).catch((error: unknown) => {
    console.log(`${home.id} is left out: ${String(error)}`);
  });
  if (executor === undefined) return undefined;
  if (!software && SOFTWARE.test(executor.description)) return void executor.close();
  const { program, weights } = step(size, batch);
  const session = await executor.open({ step: program });
  for (const [name, values] of weights) session.write("step", name, values);
  session.write("step", "knob.beta", [BETA]);
  session.write("step", "adam.rate", [1e-3]);
  const inputs = [0, 1, 2, 3].map((at) => inputsOf(size, batch, at));
  let count = 0;
  const once = async (): Promise<number> => {
    for (const [name, values] of Object.entries(inputs[count % inputs.length]!))
      session.write("step", name, values);
    session.write("step", "adam.step", [++count]);
    await session.run("step");
    return (await session.read("step", "total"))[0]!;
  };
  const loss = await once();
  return {
    id: home.id,
    name: executor.description,
    loss,
    run: (times) => timed(times, once),
    close: () => executor.close(),
  };
}

/** What a step takes on one executor, in milliseconds. */
export interface StepTime {
  id: ExecutorId;
  name: string;
  least: number;
  median: number;
}

/**
 * Times of every executor that this machine has, whose first losses agree.
 * @param software whether WebGPU may be on a software adapter
 */
export async function timesOf(
  size: Size,
  batch: number,
  rounds: number,
  software = false,
): Promise<StepTime[]> {
  const entries = [];
  for (const home of node.executors) {
    if (home.id === "reference" || !(await home.available(settings)).available) continue;
    const entry = await enter(home, size, batch, software);
    if (entry !== undefined) entries.push(entry);
  }
  const [first] = entries;
  for (const { name, loss } of entries)
    if (!(Math.abs(loss / first!.loss - 1) < TOLERANCE))
      throw new Error(
        `${size.name}, batch ${batch}: the first loss of ${name} is ${loss}, that of ${first!.name} ${first!.loss}`,
      );
  const times = await takeTurns(entries, rounds);
  for (const entry of entries) entry.close();
  return entries.map(({ id, name }, i) => {
    const walls = times[i]!.map(({ wall }) => wall);
    return { id, name, least: Math.min(...walls), median: median(walls) };
  });
}

async function main(page: string, rounds: number): Promise<void> {
  const rows: string[] = [];
  for (const size of SIZES)
    for (const batch of BATCHES)
      for (const { name, least, median } of await timesOf(size, batch, rounds))
        rows.push(`| ${size.name} | ${batch} | ${name} | ${least.toFixed(2)} | ${median.toFixed(2)} |`);
  const text = `# A training step on each executor

Written by test/bench/executors.ts on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]!.model.trim()}, ${cpus().length} cores, Node ${process.versions.node}.
DVSIB (forward, backward, Adam), inputs handed over and the loss read at every step; contenders in turns, ${rounds} rounds. First
losses agree within ${TOLERANCE}.

| size | batch | who | least ms | median ms |
|---|---|---|---|---|
${rows.join("\n")}
`;
  writeFileSync(page, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [page, rounds = "5"] = process.argv.slice(2);
  if (page === undefined) throw new Error("Name the page to write.");
  await main(page, Number(rounds));
}
