/** The settings with which a trainer starts. */
import type { ExecutorChoice } from "../core/train/executors/index";

export interface TrainerSettings {
  /** 0: as many as the machine can spare. */
  threads: number;
  /** `auto`: the one that is fastest on the spec's own program. */
  executor: ExecutorChoice;
  /** True: until the executor that is asked for is ready, the first one of the home's list trains. */
  meanwhile?: boolean;
  /** False: no file is read, only built-in generators. */
  files: boolean;
  /** True in a page, whose trainer has its GPU alone: whoever shows the work has the files, and another trainer. */
  onPage?: boolean;
  /** Address of the script with TensorFlow.js on WebGL, in a worker that loads scripts. */
  tfjsScript?: string;
  /** Folder or address where relative paths start for a document outside every folder. */
  folder?: string;
  /** Folders whose node_modules may hold TensorFlow's native library, WebGPU or h5wasm. */
  modules?: string[];
  /** The command of a Python that has PyTorch, as the person has named it. */
  python?: string;
  /** Folders from which that Python imports networks of the person's own: those of a trusted workspace, or as they are named. */
  packages?: string[];
}

/** Why no file is read. */
export const filesRefused =
  "files are read only in a workspace that is trusted; trust it, or use a built-in generator";

export const defaultSettings: TrainerSettings = { threads: 0, executor: "auto", files: true };
