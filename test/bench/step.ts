/**
 * Time of a training step and of its matrix products: the wasm executor against eager PyTorch on the same machine, in
 * the same run, taking turns. `node --import tsx test/bench/step.ts [rounds]` writes RESULTS.md beside this file.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Operation, Program } from "../../core/program/program";
import type { Session } from "../../core/train/executor";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { hasRelaxedSimd } from "../../core/train/executors/wasm/kernels";
import { normal } from "../../core/train/random";
import { startThread } from "../../trainer/node-threads";
import { BATCH, BETA, flops, SIZES, step, trained, type Size } from "./dvsib";
import { peakMeasure } from "./peak";
import { startTorch, type Torch } from "./torch";

const FLAG = "--experimental-wasm-relaxed-simd";
const ROUNDS = Number(process.argv[2] ?? 15);
/** Each turn lasts about this long. */
const TURN_MS = 200;

/** Something measured by turns: milliseconds for `count` repetitions. */
interface Contender {
  name: string;
  run(count: number): Promise<number>;
}

async function main(): Promise<void> {
  const loadBefore = loadavg()[0]!;
  const torches = new Map([1, 2].map((threads) => [threads, startTorch(threads)]));
  const torchVersion = await torches.get(1)!.ask<string>({});
  const rows: string[] = [];
  for (const size of SIZES) {
    rows.push(...(await steps(size, torches)));
    console.log(rows.slice(-6).join("\n"));
  }
  const productRows = await products(torches);
  for (const torch of torches.values()) torch.end();
  writeFileSync(
    join(dirname(fileURLToPath(import.meta.url)), "RESULTS.md"),
    report(torchVersion, loadBefore, rows, productRows),
  );
  process.exit(0);
}

/** Milliseconds a step, medians, and ratios to PyTorch with as many threads. */
async function steps(size: Size, torches: ReadonlyMap<number, Torch>): Promise<string[]> {
  const { program, weights } = step(size);
  const inputs: Record<string, Float32Array> = {
    X: normals("X", 0, BATCH * 784).map((x) => 1 / (1 + Math.exp(-x))),
    Y: normals("Y", 0, BATCH * 784).map((x) => 1 / (1 + Math.exp(-x))),
    "noise.Zx": normals("Zx", 0, BATCH * size.code),
    "noise.Zy": normals("Zy", 0, BATCH * size.code),
  };
  const contenders: Contender[] = [];
  const losses: number[] = [];
  for (const [threads, torch] of torches) {
    await openTorch(torch, size, weights, inputs);
    losses.push(await torch.ask<number>({ size: size.name, loss: true }));
    contenders.push({
      name: `PyTorch, ${threads} thread${threads > 1 ? "s" : ""}`,
      run: (count) => torch.ask<number>({ size: size.name, steps: count }),
    });
  }
  const close: (() => void)[] = [];
  for (const relaxedSimd of ["on", "off"] as const) {
    for (const threads of [1, 2]) {
      const executor = await createWasmExecutor({ threads, relaxedSimd, spawn: startThread });
      const session = await executor.open({ step: program });
      close.push(() => executor.close());
      for (const [name, values] of weights) session.write("step", name, values);
      session.write("step", "knob.beta", [BETA]);
      session.write("step", "adam.rate", [1e-3]);
      let t = 0;
      const once = async (noise: boolean) => {
        t++;
        for (const [name, values] of Object.entries(inputs)) session.write("step", name, values);
        if (noise)
          for (const name of ["noise.Zx", "noise.Zy"])
            session.write("step", name, normals(name, t, BATCH * size.code));
        session.write("step", "adam.step", [t]);
        await session.run("step");
      };
      await once(false);
      losses.push((await session.read("step", "total"))[0]!);
      contenders.push({ name: executor.description, run: (count) => timed(count, () => once(true)) });
    }
  }
  if (losses.some((loss) => Math.abs(loss / losses[0]! - 1) > 1e-4))
    throw new Error(`The losses differ: ${losses.join(", ")}`);

  const times = await takeTurns(contenders);
  for (const end of close) end();
  const about = `${size.name}, ${(flops(program) / 1e9).toFixed(2)} GFLOP of products, ${(trained(program) / 1e6).toFixed(2)} M weights`;
  return contenders.map(({ name }, i) => {
    const peer = contenders.findIndex(
      (other) => other.name.startsWith("PyTorch") && threadsOf(other.name) === threadsOf(name),
    );
    const cells = [
      about,
      name,
      median(times[i]!).toFixed(1),
      spread(times[i]!),
      ratio(times[i]!, times[peer]!).toFixed(2),
    ];
    return `| ${cells.join(" | ")} |`;
  });
}

/** Rates of the large products, in GFLOP/s: the share of the peak that one thread reaches. */
async function products(torches: ReadonlyMap<number, Torch>): Promise<string[]> {
  const shapes: [string, number, number, number, boolean, boolean][] = [
    ["forward, 128 x 1024 x 1024, right transposed", 128, 1024, 1024, false, true],
    ["backward to inputs, 128 x 1024 x 1024", 128, 1024, 1024, false, false],
    ["backward to weights, 1024 x 1024 x 128, left transposed", 1024, 1024, 128, true, false],
    ["square, 1024 x 1024 x 1024", 1024, 1024, 1024, false, false],
  ];
  const peak = await peakMeasure();
  const torch = torches.get(1)!;
  const executor = await createWasmExecutor({ threads: 1, relaxedSimd: "on" });
  const plain = await createWasmExecutor({ threads: 1, relaxedSimd: "off" });
  const rows: string[] = [];
  for (const [name, m, n, k, transposeA, transposeB] of shapes) {
    const program = product(m, n, k, transposeA, transposeB);
    const work = flops(program);
    const own = await open(executor, program, m * k, n * k);
    const unfused = await open(plain, program, m * k, n * k);
    const times = await takeTurns([
      { name: "peak", run: async (count) => peak(work * count) },
      { name: "own", run: (count) => timed(count, () => own.run("product")) },
      { name: "own without fused multiply-add", run: (count) => timed(count, () => unfused.run("product")) },
      {
        name: "PyTorch",
        run: (count) => torch.ask<number>({ product: [m, n, k, transposeA, transposeB], repeat: count }),
      },
    ]);
    const rate = (i: number) => (work / median(times[i]!) / 1e6).toFixed(1);
    const share = `${(100 / ratio(times[1]!, times[0]!)).toFixed(0)} %`;
    const best = `${((100 * Math.min(...times[0]!)) / Math.min(...times[1]!)).toFixed(0)} %`;
    rows.push(`| ${[name, rate(0), rate(1), share, best, rate(2), rate(3)].join(" | ")} |`);
    own.dispose();
    unfused.dispose();
  }
  return rows;
}

function product(m: number, n: number, k: number, transposeA: boolean, transposeB: boolean): Program {
  const input = { role: "input" as const, dtype: "float32" as const };
  const operation: Operation = {
    kind: "matmul",
    a: 0,
    b: 1,
    out: 2,
    m,
    n,
    k,
    transposeA,
    transposeB,
    activation: "none",
  };
  return {
    buffers: [
      { id: 0, name: "a", shape: [m * k], ...input },
      { id: 1, name: "b", shape: [n * k], ...input },
      { id: 2, name: "out", shape: [m, n], ...input, role: "output" },
    ],
    operations: [operation],
    scratch: 0,
  };
}

async function open(
  executor: Awaited<ReturnType<typeof createWasmExecutor>>,
  program: Program,
  a: number,
  b: number,
): Promise<Session> {
  const session = await executor.open({ product: program });
  session.write("product", "a", normals("a", 0, a));
  session.write("product", "b", normals("b", 0, b));
  return session;
}

async function openTorch(
  torch: Torch,
  size: Size,
  weights: ReadonlyMap<string, Float32Array>,
  inputs: Record<string, Float32Array>,
) {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const path = (name: string) => join(folder, name);
  // step.py reads parameters in the order of their names.
  const sorted = [...weights].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, values]) => values);
  writeFileSync(path("weights"), Buffer.concat(sorted.map(bytes)));
  writeFileSync(path("inputs"), Buffer.concat(Object.values(inputs).map(bytes)));
  const { width, code } = size;
  const files = { weights: path("weights"), inputs: path("inputs") };
  await torch.ask({ size: size.name, open: { width, code, batch: BATCH, beta: BETA, ...files } });
  rmSync(folder, { recursive: true });
}

function normals(name: string, at: number, count: number): Float32Array {
  const values = new Float32Array(count);
  normal(1, name, at, values);
  return values;
}

const bytes = (values: Float32Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength);

async function timed(count: number, once: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < count; i++) await once();
  return performance.now() - start;
}

/** Milliseconds a repetition of each contender in each round; the contenders take turns, after a turn to warm up. */
async function takeTurns(contenders: readonly Contender[]): Promise<number[][]> {
  const counts: number[] = [];
  for (const { run } of contenders) {
    const first = await run(3);
    const each =
      (await run(Math.max(3, Math.ceil((3 * TURN_MS) / first)))) /
      Math.max(3, Math.ceil((3 * TURN_MS) / first));
    counts.push(Math.max(1, Math.round(TURN_MS / each)));
  }
  const times: number[][] = contenders.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, { run }] of contenders.entries()) times[i]!.push((await run(counts[i]!)) / counts[i]!);
  }
  return times;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Median over the rounds of one contender's time over another's in the same round. */
function ratio(times: readonly number[], peer: readonly number[]): number {
  return median(times.map((time, round) => time / peer[round]!));
}

function spread(times: readonly number[]): string {
  return `${Math.min(...times).toFixed(1)} to ${Math.max(...times).toFixed(1)}`;
}

function threadsOf(name: string): number {
  return Number(/(\d+) thread/.exec(name)?.[1]);
}

function report(
  torch: string,
  loadBefore: number,
  steps: readonly string[],
  products: readonly string[],
): string {
  const processors = cpus();
  const load = `${loadBefore.toFixed(1)} before, ${loadavg()[0]!.toFixed(1)} after`;
  return `# Speed of a training step

Written by \`node --import tsx test/bench/step.ts\` on ${new Date().toISOString().slice(0, 10)}: ${processors[0]!.model.trim()}, ${processors.length} cores,
Node ${process.versions.node}, PyTorch ${torch} (eager). Load average ${load}: other work ran on the machine, so the
contenders take turns of ${TURN_MS} ms and every number is a median of ${ROUNDS} rounds; a ratio is the median of the rounds' ratios.

## Steps

DVSIB (two encoders, two decoders with sigmoid, Gaussian likelihood, rates, InfoNCE with a dot critic, Adam), batch ${BATCH};
milliseconds a step, inputs and noise included. Each ratio is to PyTorch with as many threads; the first losses of all agree to 1e-4.

| size | who | ms | least to most | ratio |
|---|---|---|---|---|
${steps.join("\n")}

## Products

GFLOP/s on one thread. The peak is that of 128-bit fused multiply-adds on registers alone, measured in the same rounds.

| product | peak | own | share of peak | best to best | without fused multiply-add | PyTorch |
|---|---|---|---|---|---|---|
${products.join("\n")}
`;
}

if (!hasRelaxedSimd() && !process.execArgv.includes(FLAG)) {
  const { status } = spawnSync(process.execPath, [FLAG, ...process.execArgv, ...process.argv.slice(1)], {
    stdio: "inherit",
  });
  process.exit(status ?? 1);
} else {
  void main();
}
