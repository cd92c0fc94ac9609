/** Helping threads of the wasm executor in Node. */
import { Worker } from "node:worker_threads";
import type { ThreadStart } from "../core/train/executors/wasm";

/** All that such a thread does; kept as text so that it needs no file of its own beside a bundle. */
const BODY = `
const { parentPort, workerData } = require("node:worker_threads");
const { module, memory, thread, threads, scratch } = workerData;
const { exports } = new WebAssembly.Instance(module, { env: { memory } });
parentPort.postMessage("ready");
exports.serve(thread, threads, scratch);
`;

/** Starts one thread; resolves when it is about to serve, rejects when it cannot start. */
export async function startThread(start: ThreadStart): Promise<{ end(): void }> {
  const worker = new Worker(BODY, { eval: true, workerData: start });
  await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
  worker.unref();
  return { end: () => void worker.terminate() };
}
