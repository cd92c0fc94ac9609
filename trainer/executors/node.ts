/** The executors of a trainer in Node. */
import { availableParallelism, loadavg } from "node:os";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { createTfjsExecutor } from "../../core/train/executors/tfjs";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { createWebGpuExecutor } from "../../core/train/executors/webgpu";
import { hasRelaxedSimd } from "../../core/train/executors/wasm/kernels";
import { startThread } from "../node-threads";
import { relaxedSimdFlags } from "../spawn";
import type { Executor } from "../../core/train/executor";
import type { TrainerSettings } from "../settings";
import { hasNative, loadTfjs } from "../tfjs-node";
import { loadWebGpu, webGpuLack } from "../webgpu-node";
import { startTorch } from "../torch/index";
import type { ExecutorHome } from "./home";

/** A machine with less to do than this many cores is idle. Windows does not say, and its trainers give way like all others. */
const IDLE_LOAD = 0.5;

/** Threads for a setting: by default all where the machine is idle, else all but one, and eight at most. */
export function threadsFor(setting: number, load = loadavg()[0]!): number {
  return setting > 0 ? setting : atMostEight(availableParallelism() - (load < IDLE_LOAD ? 0 : 1));
}

/** PyTorch's threads wait for each other by spinning, so one core is always left to the editor. */
const torchThreads = (setting: number): number =>
  setting > 0 ? setting : atMostEight(availableParallelism() - 1);

const atMostEight = (threads: number): number => Math.max(1, Math.min(8, threads));

/** Where this process has no relaxed SIMD, its trainers may: they start with a flag. */
function wasmDetail(): string {
  if (hasRelaxedSimd()) return "own kernels, relaxed SIMD";
  const flags = relaxedSimdFlags();
  return flags.length > 0
    ? `own kernels, relaxed SIMD in trainers, which start with ${flags.join(" ")}`
    : "own kernels, SIMD; this processor or Node has no relaxed SIMD, which is about a third faster";
}

const NO_PYTHON =
  "no Python is named: trust the workspace and choose one with the command Choose a Python for Previews, or on the command line set BOTTLENECK_PYTHON";

async function torchOf({ python, threads, packages = [] }: TrainerSettings): Promise<Executor> {
  if (python === undefined) throw new Error(NO_PYTHON);
  return startTorch({ python, threads: torchThreads(threads), packages });
}

async function webGpuOf({ modules = [] }: TrainerSettings): Promise<Executor> {
  const found = await loadWebGpu(modules);
  if ("reason" in found) throw new Error(found.reason);
  return createWebGpuExecutor(found.gpu);
}

type Availability = ReturnType<ExecutorHome["executors"][number]["available"]>;
const available = (detail: string): Availability => Promise.resolve({ available: true, detail });
const missing = (detail: string): Availability => Promise.resolve({ available: false, detail });

export const node: ExecutorHome = {
  where: "in Node",
  executors: [
    {
      id: "wasm",
      available: () => available(wasmDetail()),
      create(settings) {
        const threads = threadsFor(settings.threads);
        return createWasmExecutor({ threads, ...(threads > 1 ? { spawn: startThread } : {}) });
      },
    },
    {
      id: "tfjs",
      available: () => available("its native library where that is installed, otherwise WebAssembly"),
      loads: true,
      untried: ({ modules = [] }) =>
        hasNative(modules)
          ? undefined
          : "`auto` does not try it without its native library, since its WebAssembly is slower",
      async create({ modules = [] }) {
        const { tf, description } = await loadTfjs(modules);
        return createTfjsExecutor(tf, description);
      },
    },
    {
      id: "webgpu",
      available({ modules = [] }) {
        const lack = webGpuLack(modules);
        return lack === undefined ? available("the GPU, through the package webgpu") : missing(lack);
      },
      loads: true,
      create: webGpuOf,
    },
    {
      id: "torch",
      available: ({ python }) =>
        python === undefined ? missing(NO_PYTHON) : available(`PyTorch of ${python}`),
      buildsOwn: true,
      loads: true,
      create: torchOf,
    },
    {
      id: "reference",
      available: () => available("plain loops in float64, for checking; slow"),
      untried: () => "`auto` does not try it",
      create: () => Promise.resolve(createReferenceExecutor()),
    },
  ],
};
