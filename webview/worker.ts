/** A trainer in a worker of this page, for its GPU: whoever shows the page starts it and speaks with it. */
import type { WorkerOrder, WorkerReport } from "../core/train/page-protocol";

/** Why this page has no GPU to train on; undefined where it has one. */
async function gpuLack(): Promise<string | undefined> {
  const { gpu } = navigator as Partial<Navigator>;
  if (gpu === undefined) return "this browser has no WebGPU";
  const adapter = await gpu.requestAdapter().catch(() => null);
  return adapter === null ? "WebGPU finds no adapter: this machine has no GPU that it can use" : undefined;
}

export class PageWorker {
  private worker: Worker | undefined;

  constructor(private readonly report: (report: WorkerReport) => void) {}

  /** Says whether this page has a GPU. */
  async introduce(): Promise<void> {
    const lack = await gpuLack();
    this.report({ kind: "gpu", ...(lack !== undefined && { lack }) });
  }

  carryOut(order: WorkerOrder): void {
    if (order.kind === "tell") this.worker?.postMessage(order.value);
    else {
      this.worker?.terminate();
      this.worker = order.kind === "start" ? this.start(order.script) : undefined;
    }
  }

  private start(script: string): Worker {
    const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    const worker = new Worker(address);
    worker.addEventListener("message", ({ data }) => this.report({ kind: "said", value: data as unknown }));
    worker.addEventListener("error", ({ message }) =>
      this.report({ kind: "ended", reason: message || "its worker could not be started" }),
    );
    return worker;
  }
}
