/** Helping threads of the wasm executor in Node. */
import { Worker } from "node:worker_threads";
import type { ThreadStart } from "../core/train/executors/wasm";

/** All that such a thread does; kept as text so that it needs no file of its own beside a bundle. */
const BODY = `
const { parentPort, workerData } = require("node:worker_threads");
const { module, memory, thread, threads, scratch } = workerData;
const words = new Int32Array(memory.buffer);
const sleep = (at, old, milliseconds) => (Atomics.wait(words, at / 4, old, milliseconds) === "timed-out" ? 0 : 1);
const wake = (at) => void Atomics.notify(words, at / 4);
const { exports } = new WebAssembly.Instance(module, { env: { memory, sleep, wake } });
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
