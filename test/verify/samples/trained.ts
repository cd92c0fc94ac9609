/** What the study of samples answers to a task of the bank after a pilot, with real trainings in this process. */
import { runStudy } from "../../../core/studies/engine";
import type { Store } from "../../../core/studies/store";
import type { SamplesAnswer } from "../../../core/studies/samples/answer";
import { samples } from "../../../core/studies/samples/index";
import type { Dataset } from "../../../core/data/dataset";
import { npy, npz } from "../../data/files";
import { homeHere, subjectOf, trainersHere } from "../../studies/here";
import { dataOf, textOf, type Task } from "./tasks";

const SPLITS = ["train", "validation", "test"] as const;

/** The rows of a task as a person would have them, in a file. */
export function fileOf({ samples: count, fields, splits }: Dataset): Uint8Array {
  const split = new Array<number>(count).fill(0);
  SPLITS.forEach((name, number) => splits[name].forEach((row) => (split[row] = number)));
  return npz(
    {
      ...Object.fromEntries(
        Object.entries(fields).map(([name, { shape, values }]) => [
          name,
          npy("f4", [count, ...shape], Array.from(values)),
        ]),
      ),
      split: npy("u1", [count], split),
    },
    0,
  );
}

interface Asked {
  /** Training samples of the pilot. */
  rows: number;
  steps: number;
  seeds: number;
  store?: Store;
}

export async function answerTo(task: Task, { rows, steps, seeds, store }: Asked): Promise<SamplesAnswer> {
  const file = fileOf(dataOf(task, rows));
  const subject = subjectOf(textOf(task, steps));
  const options = samples.read({ seeds: String(seeds) }, subject);
  return runStudy(
    samples,
    subject,
    options,
    homeHere(
      trainersHere(() => Promise.resolve(file)),
      store,
    ),
  );
}
