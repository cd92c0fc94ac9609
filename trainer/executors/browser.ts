/** The executors of a trainer in a browser's worker. */
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { hasRelaxedSimd } from "../../core/train/executors/wasm/kernels";
import { createWebGpuExecutor } from "../../core/train/executors/webgpu";
import type { ExecutorHome, HomeExecutor } from "./home";

/** Absent in browsers without WebGPU, and on pages that are not secure. */
const gpu = (): GPU | undefined => (globalThis.navigator as Partial<Navigator> | undefined)?.gpu;

const NO_GPU = "this browser has no WebGPU";

const webgpu: HomeExecutor = {
  id: "webgpu",
  available: () =>
    Promise.resolve(
      gpu() === undefined
        ? { available: false, detail: NO_GPU }
        : { available: true, detail: "the GPU, by own kernels" },
    ),
  create() {
    const found = gpu();
    return found === undefined ? Promise.reject(new Error(NO_GPU)) : createWebGpuExecutor(found);
  },
};

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
    webgpu,
  ],
};

/** A page of an editor or of the command line, beside a trainer in Node that has the other executors. */
export const page: ExecutorHome = { where: "in the panel", executors: [webgpu] };
