/**
 * The executors, for whoever names one: settings, messages, the command line, the manual. To add one, write its file beside
 * this one, add its line here, and its entry to each list of a home in which it runs (`trainer/executors`).
 */

export interface ExecutorDescription {
  /** Its name in settings and messages. */
  id: string;
  title: string;
  /** What it is and where it runs, in one sentence. */
  doc: string;
  /** How a person of the command line names what it needs, where it needs something. */
  commandLine?: string;
  /** Whether the editor's settings offer it; the others are for checks from the command line. */
  offered: boolean;
}

export const executors = [
  {
    id: "wasm",
    title: "WebAssembly",
    doc: "The extension's own WebAssembly kernels: always available.",
    offered: true,
  },
  {
    id: "tfjs",
    title: "TensorFlow.js",
    doc: "TensorFlow.js: in Node its native library where @tensorflow/tfjs-node or @tensorflow/tfjs-node-gpu is installed in the workspace, otherwise its WebAssembly backend; in a panel or browser without WebGPU, the GPU through WebGL.",
    commandLine: "BOTTLENECK_TFJS_NODE names the folder where the native library is installed.",
    offered: true,
  },
  {
    id: "webgpu",
    title: "WebGPU",
    doc: "The GPU, by own kernels: in a panel or browser that has WebGPU, and in Node where the package webgpu is installed, in the workspace or by the command Install WebGPU for Previews.",
    commandLine: "BOTTLENECK_WEBGPU names the folder where the package is installed.",
    offered: true,
  },
  {
    id: "torch",
    title: "PyTorch",
    doc: "PyTorch in a Python of your own, on its GPU where it has one. The command Choose a Python for Previews names it. Needs Node and a trusted workspace.",
    commandLine:
      "BOTTLENECK_PYTHON names the Python, and BOTTLENECK_PACKAGES a folder from which it imports networks of your own.",
    offered: true,
  },
  {
    id: "reference",
    title: "Reference",
    doc: "Plain loops in float64, for checking the others; slow.",
    offered: false,
  },
] as const satisfies readonly ExecutorDescription[];

export type ExecutorId = (typeof executors)[number]["id"];

/** What a person may ask for: an executor, or the choice of the home's rule. */
export type ExecutorChoice = "auto" | ExecutorId;

export const executorIds: readonly ExecutorId[] = executors.map(({ id }) => id);
