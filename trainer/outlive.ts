/** Ends a process with its parent, however busy it is. */
import process from "node:process";
import { Worker } from "node:worker_threads";

/** Milliseconds between two looks. */
const EVERY = 500;

/** As text, since a bundle is one file. Another parent has taken over where the first is gone; on Windows none has. */
const watch = `
const { parent } = require("node:worker_threads").workerData;
const gone = () => {
  if (process.ppid !== parent) return true;
  try { process.kill(parent, 0); return false; } catch (error) { return error.code === "ESRCH"; }
};
setInterval(() => { if (gone()) process.kill(process.pid, "SIGKILL"); }, ${EVERY});
`;

/**
 * From now on this process ends at most half a second after its parent. Its own thread may be anywhere, such as in a loop
 * over a broken file, so that another thread looks.
 */
export function endWithParent(): void {
  const worker = new Worker(watch, {
    eval: true,
    workerData: { parent: process.ppid },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 },
  });
  worker.unref();
}
