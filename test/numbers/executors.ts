/** The executors that are held to PyTorch, each with the relative error it may have. */
import type { Executor } from "../../core/train/executor";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { createTfjsExecutor } from "../../core/train/executors/tfjs";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { createWebGpuExecutor } from "../../core/train/executors/webgpu";
import { loadTfjs } from "../../trainer/tfjs-node";
import { startTorch } from "../../trainer/torch/index";
import { gpuLack, softwareGpu } from "../executors/gpu";
import { pythonWithTorch } from "../reference/driver";

interface Candidate {
  name: string;
  tolerance: number;
  create(): Promise<Executor>;
  /** Why it cannot run on this machine. */
  skip?: string | false;
}

export const candidates: readonly Candidate[] = [
  { name: "reference", tolerance: 1e-9, create: () => Promise.resolve(createReferenceExecutor()) },
  { name: "wasm", tolerance: 1e-4, create: () => createWasmExecutor({ threads: 1 }) },
  {
    name: "tfjs",
    tolerance: 1e-4,
    async create() {
      const { tf, description } = await loadTfjs([]);
      return createTfjsExecutor(tf, description);
    },
  },
  {
    name: "webgpu",
    tolerance: 1e-4,
    create: () => createWebGpuExecutor(softwareGpu()),
    skip: gpuLack,
  },
  {
    name: "torch",
    tolerance: 1e-4,
    create: () => startTorch({ python: pythonWithTorch(), device: "cpu", threads: 1 }),
  },
];
