/** Trainers of their own for studies: some processes, each with one job at a time. */
import type { Trainers } from "../../core/studies/engine";
import { JobTrainer } from "../../core/studies/train-job";
import type { ExecutorId } from "../../core/train/executors/index";
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
 * @param start starts a trainer, of this executor where a job asks for one; one thread each is best where there are as many as cores
 * @param count trainers at most
 */
export function createPool(start: (executor: ExecutorId | undefined) => TrainerProcess, count: number): Pool {
  /** By the executor that a job asked for. */
  const idle = new Map<ExecutorId | undefined, Worker[]>();
  const all = new Set<Worker>();
  const stop = (worker: Worker): void => {
    all.delete(worker);
    worker.process.stop();
  };
  const take = (executor: ExecutorId | undefined): Worker => {
    const waiting = idle.get(executor)?.pop();
    if (waiting !== undefined) return waiting;
    const process = start(executor);
    const worker = { process, jobs: new JobTrainer(process.channel, () => performance.now()) };
    all.add(worker);
    return worker;
  };
  return {
    count,
    async train(job, watcher, signal) {
      const worker = take(job.executor);
      try {
        await Promise.race([
          worker.jobs.train(job, watcher),
          worker.process.ended.then((reason) => Promise.reject(new Error(`the trainer ended: ${reason}`))),
          whenAborted(signal),
        ]);
        idle.set(job.executor, [...(idle.get(job.executor) ?? []), worker]);
      } catch (error) {
        stop(worker);
        throw error;
      }
    },
    close() {
      idle.clear();
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
