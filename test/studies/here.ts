/** Studies in this process: trainers over channels of memory, on one thread. */
import { checkedChannel, portPair } from "../../core/train/channel";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { Host } from "../../core/train/host";
import type { FromHost, ToHost } from "../../core/train/protocol";
import { faultOfFromHost, faultOfToHost } from "../../core/train/protocol-check";
import type { StudyHome, Trainers } from "../../core/studies/engine";
import { keyMaker, type Job } from "../../core/studies/job";
import { memoryStore, type Store } from "../../core/studies/store";
import type { Subject } from "../../core/studies/study";
import { JobTrainer } from "../../core/studies/train-job";
import { analyse } from "../../core/theory/analyse";

/** The first spec of a text, as a subject of studies. */
export function subjectOf(text: string): Subject {
  const { derived } = analyse(text).specs[0]!;
  return { text, uses: {}, location: "file:///here.bottleneck", derived: derived! };
}

type ReadFile = (documentUri: string, path: string) => Promise<Uint8Array>;

const noFiles: ReadFile = () => Promise.reject(new Error("no files here"));

function startTrainer(readFile: ReadFile): JobTrainer {
  const [near, far] = portPair();
  const refuse = (fault: string): void => {
    throw new Error(fault);
  };
  new Host(checkedChannel<FromHost, ToHost>(far, faultOfToHost, refuse), {
    executors: () => Promise.resolve([]),
    contenders: () => Promise.resolve([]),
    createExecutor: () => createWasmExecutor({ threads: 1 }),
    createInstead: () => createWasmExecutor({ threads: 1 }),
    readFile,
    clock: { now: () => performance.now(), defer: () => new Promise((resolve) => setImmediate(resolve)) },
  });
  return new JobTrainer(checkedChannel<ToHost, FromHost>(near, faultOfFromHost, refuse), () =>
    performance.now(),
  );
}

/** One trainer, which notes what it was asked to train. @param readFile bytes of the files that jobs name */
export function trainersHere(readFile: ReadFile = noFiles): Trainers & { asked: Job[] } {
  let trainer: JobTrainer | undefined;
  const asked: Job[] = [];
  return {
    count: 1,
    asked,
    train(job, watcher, signal) {
      asked.push(job);
      trainer ??= startTrainer(readFile);
      return new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => {
          // As a process that is ended: it says nothing more.
          trainer = undefined;
          reject(new Error("stopped"));
        });
        trainer!
          .train(job, {
            progress: (share) => !signal.aborted && watcher.progress(share),
            leg: (leg, outcome) => !signal.aborted && watcher.leg(leg, outcome),
          })
          .then(resolve, reject);
      });
    },
  };
}

/**
 * A home for studies in this process.
 * @param version of what trains, part of every key
 * @param contentsOf what identifies data by content
 */
export const homeHere = (
  trainers: Trainers,
  store: Store = memoryStore(),
  version = "here",
  contentsOf: (source: string) => string = (source) => source,
): StudyHome => ({
  store,
  trainers,
  keyOf: keyMaker({ version, contentsOf: (source) => Promise.resolve(contentsOf(source)) }),
  now: () => performance.now(),
});
