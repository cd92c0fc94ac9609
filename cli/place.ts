/** Where the parts beside this one lie: in the bundle, or in the sources when run from them. */
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const fromSource = import.meta.url.endsWith(".ts");

/** The trainer's entry, and the flags that Node needs to run it. */
export function trainerEntry(): { entry: string; flags: string[] } {
  const name = fromSource ? "../trainer/node.ts" : "../trainer/node.js";
  return {
    entry: fileURLToPath(new URL(name, import.meta.url)),
    flags: fromSource ? ["--import", loader()] : [],
  };
}

/** The folder of the built trainers, one of which a page starts. */
export const builtTrainers = (): string =>
  fileURLToPath(new URL(fromSource ? "../dist/trainer/" : "../trainer/", import.meta.url));

/**
 * Folders whose `node_modules` may hold TensorFlow's native library, WebGPU or h5wasm: those of `BOTTLENECK_TFJS_NODE`,
 * `BOTTLENECK_WEBGPU` and `BOTTLENECK_H5WASM`. The current folder is none by itself: it may be a stranger's, and loading a library runs it.
 */
export const nativeFolders = (): string[] =>
  ["BOTTLENECK_TFJS_NODE", "BOTTLENECK_WEBGPU", "BOTTLENECK_H5WASM"].flatMap((name) => {
    const folder = process.env[name];
    return folder ? [resolve(folder)] : [];
  });

/**
 * The Python whose PyTorch may train, the one of `BOTTLENECK_PYTHON`, and where it finds networks of the person's own: in the
 * folder of `BOTTLENECK_PACKAGES`.
 */
export const pythonCommand = (): { python?: string; packages?: string[] } => {
  const { BOTTLENECK_PYTHON: python, BOTTLENECK_PACKAGES: folder } = process.env;
  return python ? { python, packages: folder ? [resolve(folder)] : [] } : {};
};

/** What lets Node run sources. */
const loader = (): string => pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

/** The folder of the built panel. */
export const webviewFolder = (): string =>
  fileURLToPath(new URL(fromSource ? "../dist/webview/" : "../webview/", import.meta.url));
