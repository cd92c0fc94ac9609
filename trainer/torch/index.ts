/** The PyTorch of a person's own Python: on a CUDA card, an Apple GPU or the CPU. */
import type { Executor } from "../../core/train/executor";
import { createTorchExecutor } from "../../core/train/executors/torch";
import { TorchProcess } from "./process";

interface TorchOptions {
  /** The command of a Python that has PyTorch. */
  python: string;
  /** "auto", or a device as PyTorch names it. */
  device?: string;
  /** On a CPU; 0 is PyTorch's own choice. */
  threads?: number;
  /** Folders from which networks of the person's own are imported, beside the packages of this Python. */
  packages?: readonly string[];
}

/** @throws Error when this Python does not start, has no PyTorch, or lacks the device */
export async function startTorch({
  python,
  device = "auto",
  threads = 0,
  packages = [],
}: TorchOptions): Promise<Executor> {
  const line = new TorchProcess(python);
  try {
    const { header } = await line.ask({ op: "hello", device, threads, packages });
    return createTorchExecutor(line, `${String(header["description"])}, ${python}`);
  } catch (error) {
    line.end();
    throw error;
  }
}
