/** Finding TensorFlow.js in Node: its native library where it is installed and loads, else its WebAssembly backend. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import util from "node:util";
import type { Tf } from "../core/train/executors/tfjs-kernels";
import { installedIn, notInstalled, notLoaded } from "./installed";

/** TensorFlow.js with a backend that is set and ready, and one line on which it is and why. */
interface FoundTfjs {
  tf: Tf;
  description: string;
}

const NATIVE = "@tensorflow/tfjs-node";
/** Its variants, best first: the first of them trains on a CUDA card. */
const VARIANTS = [`${NATIVE}-gpu`, NATIVE];

const HOW =
  "install it in a trusted workspace, or on the command line set BOTTLENECK_TFJS_NODE to a folder that has it";

/** Whether the native library is installed for one of `folders`; it may still not load. */
export const hasNative = (folders: readonly string[]): boolean => installedIn(folders, VARIANTS).length > 0;

/**
 * Loads the native library from the first of `folders` whose `node_modules`, or a parent's, has it.
 * @returns the library, or one sentence on why there is none
 */
export function loadNative(folders: readonly string[]): FoundTfjs | { reason: string } {
  let reason = notInstalled(folders, NATIVE, HOW);
  for (const installed of installedIn(folders, VARIANTS)) {
    const { name, folder, path } = installed;
    try {
      // Node 23 took this function away; the library still calls it.
      const old = util as unknown as { isNullOrUndefined?: (x: unknown) => boolean };
      old.isNullOrUndefined ??= (x) => x === null || x === undefined;
      const tf = createRequire(path)(path) as Tf & { version: Record<string, string> };
      return {
        tf,
        description: `tfjs, native library ${tf.version["tfjs-node"] ?? ""}${name === NATIVE ? "" : " for GPUs"} from ${folder}`,
      };
    } catch (error) {
      reason = notLoaded(installed, error);
    }
  }
  return { reason };
}

/**
 * The fastest TensorFlow.js there is.
 * @param folders where the native library may be installed, in order of preference
 * @throws Error when the WebAssembly backend does not start either
 */
export async function loadTfjs(folders: readonly string[]): Promise<FoundTfjs> {
  const native = loadNative(folders);
  if ("tf" in native) return native;
  const tf = await import("@tensorflow/tfjs-core");
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  const files = backendFiles();
  setWasmPaths(`${files}/`);
  if (!(await tf.setBackend("wasm")))
    throw new Error(`TensorFlow.js did not start its WebAssembly backend from ${files}`);
  await tf.ready();
  return { tf, description: `tfjs on WebAssembly: ${native.reason}` };
}

/** The folder with the backend's .wasm files: the trainer's bundle when built, else the installed package. */
function backendFiles(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const built = [here, join(here, "..", "trainer")].find((folder) =>
    existsSync(join(folder, "tfjs-backend-wasm.wasm")),
  );
  return built ?? dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));
}
