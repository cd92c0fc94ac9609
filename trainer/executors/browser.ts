/** The executors of a trainer in a browser's worker. */
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { hasRelaxedSimd } from "../../core/train/executors/wasm/kernels";
import type { ExecutorHome } from "./home";

export const browser: ExecutorHome = {
  where: "in a browser",
  executors: [
    {
      id: "wasm",
      available: () =>
        Promise.resolve({
          available: true,
          detail: hasRelaxedSimd() ? "own kernels, relaxed SIMD" : "own kernels, SIMD",
        }),
      create: () => createWasmExecutor({ threads: 1 }),
    },
  ],
};
