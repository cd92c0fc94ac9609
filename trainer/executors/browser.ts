/** The executors of a trainer in a browser's worker. */
import { ExecutorLost } from "../../core/train/executor";
import { openWebGl, webGlLack, webGpuLack, type WebGl } from "../../core/train/executors/browser-gpu";
import { createTfjsExecutor } from "../../core/train/executors/tfjs";
import type { Tf } from "../../core/train/executors/tfjs-kernels";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { hasRelaxedSimd } from "../../core/train/executors/wasm/kernels";
import { createWebGpuExecutor } from "../../core/train/executors/webgpu";
import type { TrainerSettings } from "../settings";
import type { ExecutorHome, HomeExecutor } from "./home";

/** Starts TensorFlow.js on a context of WebGL. @throws Error that says why it cannot */
export type TfjsOnWebGl = (gl: WebGL2RenderingContext) => Promise<Tf>;

/** What a worker's scope may have. */
const scope = globalThis as {
  navigator?: Partial<Navigator>;
  /** Where the script with it has run, see `trainer/tfjs-webgl.ts`. */
  tfjsOnWebGl?: TfjsOnWebGl;
  importScripts?(address: string): void;
};

const lackOfWebGpu = (): Promise<string | undefined> => webGpuLack(scope.navigator?.gpu);

const webgpu: HomeExecutor = {
  id: "webgpu",
  async available() {
    const lack = await lackOfWebGpu();
    return lack === undefined
      ? { available: true, detail: "the GPU, by own kernels" }
      : { available: false, detail: lack };
  },
  async create() {
    const lack = await lackOfWebGpu();
    if (lack !== undefined) throw new Error(lack);
    return createWebGpuExecutor(scope.navigator!.gpu!);
  },
};

const canvas = (): OffscreenCanvas | undefined =>
  typeof OffscreenCanvas === "undefined" ? undefined : new OffscreenCanvas(1, 1);

/** Once for each worker: the library has one backend, and a browser few contexts. */
let started: Promise<WebGl & { tf: Tf; lost: Promise<never> }> | undefined;

async function startTfjs(address: string | undefined): Promise<Awaited<NonNullable<typeof started>>> {
  const opened = openWebGl(canvas());
  if ("lack" in opened) throw new Error(opened.lack);
  if (scope.tfjsOnWebGl === undefined && address !== undefined) scope.importScripts?.(address);
  if (scope.tfjsOnWebGl === undefined) throw new Error("this trainer has no script of TensorFlow.js");
  const lost = new Promise<never>((_, reject) =>
    opened.gl.canvas.addEventListener("webglcontextlost", () => reject(new ExecutorLost("the GPU was lost"))),
  );
  lost.catch(() => undefined);
  return { ...opened, lost, tf: await scope.tfjsOnWebGl(opened.gl) };
}

const tfjs: HomeExecutor = {
  id: "tfjs",
  available() {
    const lack = webGlLack(canvas());
    return Promise.resolve(
      lack === undefined
        ? { available: true, detail: "the GPU, by TensorFlow.js on WebGL" }
        : { available: false, detail: lack },
    );
  },
  loads: true,
  async untried() {
    const faster = (await lackOfWebGpu()) === undefined;
    return faster ? "`auto` tries it only where there is no WebGPU" : undefined;
  },
  async create({ tfjsScript }: TrainerSettings) {
    started ??= startTfjs(tfjsScript);
    const { tf, card, lost } = await started;
    return createTfjsExecutor(tf, `tfjs on WebGL, ${card}`, lost);
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
    tfjs,
  ],
};

/** A page of an editor or of the command line, beside a trainer in Node that has the other executors. */
export const page: ExecutorHome = { where: "in the panel", executors: [webgpu, tfjs] };
