/** The executors of a trainer in Node: which are there, and the one to use. */
import { availableParallelism } from "node:os";
import type { Executor } from "../core/train/executor";
import { createReferenceExecutor } from "../core/train/executors/reference";
import { createTfjsExecutor } from "../core/train/executors/tfjs";
import { createWasmExecutor } from "../core/train/executors/wasm";
import { hasRelaxedSimd } from "../core/train/executors/wasm/kernels";
import type { ExecutorStatus } from "../core/train/protocol";
import { startThread } from "./node-threads";
import type { TrainerSettings } from "./settings";
import { loadTfjs } from "./tfjs-node";

/** Threads for a setting: of all, one is left to the editor. */
export function threadsFor(setting: number): number {
  return setting > 0 ? setting : Math.max(1, Math.min(8, availableParallelism() - 1));
}

/** Every executor of this process, without starting any. */
export function executorStatus(): ExecutorStatus[] {
  const relaxed = hasRelaxedSimd();
  return [
    {
      name: "wasm",
      available: true,
      detail: relaxed
        ? "own kernels, relaxed SIMD"
        : "own kernels, SIMD; relaxed SIMD (about a third faster) needs --experimental-wasm-relaxed-simd or Node 22",
    },
    {
      name: "tfjs",
      available: true,
      detail: "TensorFlow.js: its native library where installed, else WebAssembly",
    },
    { name: "reference", available: true, detail: "plain loops in float64, for checking; slow" },
  ];
}

/** @throws Error that says why the executor asked for is not there */
export async function createExecutor(settings: TrainerSettings): Promise<Executor> {
  const threads = threadsFor(settings.threads);
  switch (settings.executor) {
    case "auto":
    case "wasm":
      return createWasmExecutor({ threads, ...(threads > 1 ? { spawn: startThread } : {}) });
    case "tfjs": {
      const { tf, description } = await loadTfjs(settings.modules ?? []);
      return createTfjsExecutor(tf, description);
    }
    case "reference":
      return createReferenceExecutor();
  }
}
