/** Trainers of their own for studies: some processes, each with one job at a time. */
import type { Trainers } from "../../core/studies/engine";
import { JobTrainer } from "../../core/studies/train-job";
import type { TrainerProcess } from "../spawn";

interface Worker {
  process: TrainerProcess;
  jobs: JobTrainer;
}

interface Pool extends Trainers {
  /** Ends every trainer at once. */
  close(): void;
}

/**
 * @param start starts a trainer; one thread each is best where there are as many as cores
 * @param count trainers at most
 */
export function createPool(start: () => TrainerProcess, count: number): Pool {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const stop = (worker: Worker): void => {
    all.delete(worker);
    worker.process.stop();
  };
  const take = (): Worker => {
    const waiting = idle.pop();
    if (waiting !== undefined) return waiting;
    const process = start();
    const worker = { process, jobs: new JobTrainer(process.channel, () => performance.now()) };
    all.add(worker);
    return worker;
  };
  return {
    count,
    async train(job, watcher, signal) {
      const worker = take();
      try {
        await Promise.race([
          worker.jobs.train(job, watcher),
          worker.process.ended.then((reason) => Promise.reject(new Error(`the trainer ended: ${reason}`))),
          whenAborted(signal),
        ]);
        idle.push(worker);
      } catch (error) {
        stop(worker);
        throw error;
      }
    },
    close() {
      idle.length = 0;
      for (const worker of [...all]) stop(worker);
    },
  };
}

const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const stop = (): void => reject(new Error("the study was stopped"));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
  });
