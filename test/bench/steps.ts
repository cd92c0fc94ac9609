/** Training steps: the wasm executor, with and without relaxed SIMD, on one and two threads, and PyTorch. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { normal } from "../../core/random";
import { startThread } from "../../trainer/node-threads";
import { BATCH, BETA, flops, step, trained, type Size } from "./dvsib";
import type { Torch } from "./torch";
import { median, ratio, takeTurns, timed, type Contender } from "./turns";

type Weights = ReadonlyMap<string, Float32Array>;
type Inputs = Record<string, Float32Array>;
type Entry = Contender & { threads: number; firstLoss: number; close(): void };

/**
 * Rows of a table: size, who, milliseconds, least to most, ratio to PyTorch with as many threads, and on one thread
 * both again in processor time.
 * @throws Error when the first losses differ by more than 1e-4 of their size
 */
export async function measureSteps(
  size: Size,
  torches: ReadonlyMap<number, Torch>,
  rounds: number,
): Promise<string[]> {
  const { program, weights } = step(size);
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const inputs: Inputs = {
    X: normals("X", 0, BATCH * 784).map(sigmoid),
    Y: normals("Y", 0, BATCH * 784).map(sigmoid),
    "noise.Zx": normals("noise.Zx", 0, BATCH * size.code),
    "noise.Zy": normals("noise.Zy", 0, BATCH * size.code),
  };
  const entries: Entry[] = [];
  for (const [threads, torch] of torches)
    entries.push(await enterTorch(torch, threads, size, weights, inputs));
  for (const relaxedSimd of ["on", "off"] as const) {
    for (const threads of torches.keys())
      entries.push(await enterWasm(relaxedSimd, threads, size, weights, inputs));
  }
  const losses = entries.map((entry) => entry.firstLoss);
  if (losses.some((loss) => !(Math.abs(loss / losses[0]! - 1) < 1e-4))) {
    throw new Error(`${size.name}: the first losses differ: ${losses.join(", ")}`);
  }

  const times = await takeTurns(entries, rounds);
  for (const entry of entries) entry.close();
  const work = `${(flops(program) / 1e9).toFixed(2)} GFLOP, ${(trained(program) / 1e6).toFixed(2)} M weights`;
  return entries.map(({ name, threads }, i) => {
    const own = times[i]!;
    const peer = times[entries.findIndex((entry) => entry.threads === threads)]!;
    const wall = own.map((time) => time.wall);
    const cells = [`${size.name} (${work})`, name, median(wall).toFixed(1)];
    cells.push(
      `${Math.min(...wall).toFixed(1)} to ${Math.max(...wall).toFixed(1)}`,
      ratio(own, peer, "wall").toFixed(2),
    );
    if (threads === 1) {
      cells.push(
        median(own.map((time) => time.processor)).toFixed(1),
        ratio(own, peer, "processor").toFixed(2),
      );
    } else cells.push("", "");
    return `| ${cells.join(" | ")} |`;
  });
}

async function enterTorch(
  torch: Torch,
  threads: number,
  size: Size,
  weights: Weights,
  inputs: Inputs,
): Promise<Entry> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const save = (name: string, arrays: Float32Array[]) => {
    const bytes = arrays.map((values) => Buffer.from(values.buffer, values.byteOffset, values.byteLength));
    writeFileSync(join(folder, name), Buffer.concat(bytes));
    return join(folder, name);
  };
  // step.py reads parameters in the order of their names.
  const sorted = [...weights].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, values]) => values);
  const files = { weights: save("weights", sorted), inputs: save("inputs", Object.values(inputs)) };
  const { name, network, code } = size;
  await torch.ask({ size: name, open: { ...network, code, batch: BATCH, beta: BETA, ...files } });
  rmSync(folder, { recursive: true });
  return {
    name: `PyTorch, ${threads === 1 ? "1 thread" : `${threads} threads`}`,
    threads,
    firstLoss: await torch.ask<number>({ size: name, loss: true }),
    run: (count) => torch.ask({ size: name, steps: count }),
    close: () => undefined,
  };
}

async function enterWasm(
  relaxedSimd: "on" | "off",
  threads: number,
  size: Size,
  weights: Weights,
  inputs: Inputs,
): Promise<Entry> {
  const executor = await createWasmExecutor({ threads, relaxedSimd, spawn: startThread });
  const session = await executor.open({ step: step(size).program });
  for (const [name, values] of weights) session.write("step", name, values);
  session.write("step", "knob.beta", [BETA]);
  session.write("step", "adam.rate", [1e-3]);
  let count = 0;
  const once = async (noise: Inputs) => {
    session.write("step", "adam.step", [++count]);
    for (const [name, values] of Object.entries({ ...inputs, ...noise })) session.write("step", name, values);
    await session.run("step");
  };
  await once({});
  const firstLoss = (await session.read("step", "total"))[0]!;
  const draw = (name: string) => normals(name, count, BATCH * size.code);
  return {
    name: executor.description,
    threads,
    firstLoss,
    run: (times) => timed(times, () => once({ "noise.Zx": draw("noise.Zx"), "noise.Zy": draw("noise.Zy") })),
    close: () => executor.close(),
  };
}

function normals(name: string, at: number, count: number): Float32Array {
  const values = new Float32Array(count);
  normal(1, name, at, values);
  return values;
}
