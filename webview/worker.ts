/** A trainer in a worker of this page, for its GPU: whoever shows the page starts it and speaks with it. */
import { webGlLack, webGpuLack } from "../core/train/executors/browser-gpu";
import type { Lacks, WorkerOrder, WorkerReport } from "../core/train/page-protocol";

export class PageWorker {
  private worker: Worker | undefined;

  constructor(private readonly report: (report: WorkerReport) => void) {}

  /** Says what this page's GPU would carry out programs with. */
  async introduce(): Promise<void> {
    const webgpu = await webGpuLack((navigator as Partial<Navigator>).gpu);
    const tfjs = webGlLack(typeof OffscreenCanvas === "undefined" ? undefined : new OffscreenCanvas(1, 1));
    const lacks: Lacks = { ...(webgpu !== undefined && { webgpu }), ...(tfjs !== undefined && { tfjs }) };
    this.report({ kind: "gpu", lacks });
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
