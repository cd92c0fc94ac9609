/** Everything that may train a loss, at one loss, width and batch: opened, compared at the first step, timed in turns. */
import { mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { compileStep } from "../../../core/program/compile";
import { buffersWith } from "../../../core/program/parameters";
import type { Executor } from "../../../core/train/executor";
import { createTfjsExecutor } from "../../../core/train/executors/tfjs";
import { createWasmExecutor } from "../../../core/train/executors/wasm";
import { startThread } from "../../../trainer/node-threads";
import { loadNative, loadTfjs } from "../../../trainer/tfjs-node";
import { startTorch as startExecutor } from "../../../trainer/torch/index";
import { exported } from "../../numbers/exported";
import { arraysOf, prepare, type Prepared } from "../../numbers/harness";
import { pythonWithTorch, writeRequest } from "../../reference/driver";
import { startTorch } from "../torch";
import { median, ratio, takeTurns, timed, type Contender, type Time } from "../turns";
import { specOf } from "./specs";

export interface Row {
  loss: string;
  width: number;
  batch: number;
  who: string;
  /** Milliseconds a step. */
  least: number;
  median: number;
  /** To PyTorch eager, the median of the rounds' ratios. */
  ratio: number;
}

interface Setting {
  loss: string;
  width: number;
  batch: number;
  threads: number;
  rounds: number;
  /** Contenders to leave out. */
  without: ReadonlySet<string>;
}

type Entry = Contender & { loss: number; close(): void };
/** Opens one: in a folder with the exported file, and what it reads. */
type Open = (folder: string, prepared: Prepared, setting: Setting) => Promise<Entry>;

const RATE = 1e-3;
/** Relative difference of first losses past which a time means nothing. */
const TOLERANCE = 1e-3;

const cache = process.env["BOTTLENECK_CACHE"] ?? join(homedir(), ".cache", "bottleneck");

const python =
  (who: string, how: string, command: () => string): Open =>
  async (folder, _, { threads }) => {
    const line = startTorch(threads, "losses.py", { python: command(), quiet: true });
    const version = await line.ask<string>({});
    const loss = await line.ask<number | { error: string }>({ open: { folder, how } });
    if (typeof loss !== "number") {
      line.end();
      throw new Error(loss.error);
    }
    const run = (count: number): Promise<Time> => line.ask<Time>({ steps: count });
    return { name: `${who.replace("VERSION", version)}`, loss, run, close: () => line.end() };
  };

function onnxPython(): string {
  const command = process.env["BOTTLENECK_ONNX"];
  if (command === undefined) throw new Error("BOTTLENECK_ONNX names no Python that has onnxruntime-training");
  return command;
}

/** @param before is done before each turn */
const executor =
  (
    who: string,
    create: (threads: number) => Promise<Executor>,
    before: () => unknown = () => undefined,
  ): Open =>
  async (_, { objective, ...prepared }, { batch, threads }) => {
    const program = compileStep(objective, { batch });
    const made = await create(threads);
    const session = await made.open({ step: program });
    const arrays = { ...arraysOf(prepared), "adam.rate": [RATE], "adam.step": [1] };
    const write = (role: "input" | "parameter"): void => {
      for (const { name } of buffersWith(program, role))
        session.write("step", name!, (arrays as Record<string, ArrayLike<number>>)[name!]!);
    };
    write("parameter");
    let count = 0;
    const once = async (): Promise<number> => {
      arrays["adam.step"] = [++count];
      write("input");
      await session.run("step");
      return (await session.read("step", "total"))[0]!;
    };
    const loss = await once();
    const run = async (times: number): Promise<Time> => {
      await before();
      return timed(times, once);
    };
    return { name: who, loss, run, close: () => made.close() };
  };

const native = loadNative([process.cwd(), join(cache, "tfjs-node")]);
const plain = await loadTfjs([]);
/** Both libraries of a process have one choice of backend. */
const useWasm = (): Promise<boolean> => plain.tf.setBackend("wasm");
function useNative(): Promise<boolean> {
  if ("reason" in native) throw new Error(native.reason);
  return native.tf.setBackend("tensorflow");
}

const CONTENDERS: readonly [id: string, open: Open][] = [
  ["eager", python("PyTorch VERSION eager", "eager", pythonWithTorch)],
  ["compiled", python("PyTorch VERSION compiled", "compiled", pythonWithTorch)],
  ["onnx", python("ONNX Runtime training", "onnx", onnxPython)],
  [
    "torch",
    executor("`torch`", (threads) => startExecutor({ python: pythonWithTorch(), device: "cpu", threads })),
  ],
  ["wasm", executor("`wasm`", (threads) => createWasmExecutor({ threads, spawn: startThread }))],
  [
    "tfjs-node",
    executor(
      "`tfjs`, native library",
      async () => {
        await useNative();
        return createTfjsExecutor((native as { tf: typeof plain.tf }).tf, "native");
      },
      useNative,
    ),
  ],
  [
    "tfjs",
    executor(
      "`tfjs` on WebAssembly",
      async () => {
        await useWasm();
        return createTfjsExecutor(plain.tf, "wasm");
      },
      useWasm,
    ),
  ],
];

/**
 * @param note takes why one was left out
 * @throws Error where first losses differ
 */
export async function measureLoss(setting: Setting, note: (text: string) => void): Promise<Row[]> {
  const { loss, width, batch, rounds, without } = setting;
  const prepared = prepare(specOf(loss, width), batch);
  const folder = mkdtempSync(join(tmpdir(), "losses-"));
  await writeRequest(folder, {
    cases: [{ id: loss, precision: "float32", ...exported(prepared.derived, prepared) }],
  });
  const entries: Entry[] = [];
  for (const [id, open] of CONTENDERS) {
    if (without.has(id)) continue;
    try {
      entries.push(await open(folder, prepared, setting));
    } catch (error) {
      note(`\`${id}\` is left out at ${loss}: ${(error as Error).message}`);
    }
  }
  rmSync(folder, { recursive: true });
  const [first] = entries;
  for (const { name, loss: value } of entries)
    if (!(Math.abs(value / first!.loss - 1) < TOLERANCE))
      throw new Error(
        `${loss}: the first loss of ${name} is ${value}, that of ${first!.name} ${first!.loss}`,
      );
  const times = await takeTurns(entries, rounds);
  for (const entry of entries) entry.close();
  return entries.map(({ name }, i) => {
    const walls = times[i]!.map(({ wall }) => wall);
    return {
      ...{ loss, width, batch, who: name },
      least: Math.min(...walls),
      median: median(walls),
      ratio: ratio(times[i]!, times[0]!, "wall"),
    };
  });
}
