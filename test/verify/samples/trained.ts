/** What the study of samples answers to a task of the bank after a pilot, with real trainings in this process. */
import { createHash } from "node:crypto";
import { runStudy } from "../../../core/studies/engine";
import type { SamplesAnswer } from "../../../core/studies/samples/answer";
import { samples } from "../../../core/studies/samples/index";
import type { Dataset } from "../../../core/data/dataset";
import { npy, npz } from "../../data/files";
import { homeHere, subjectOf, trainersHere } from "../../studies/here";
import { keptHome } from "../../studies/kept-home";
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
  /** Training samples of the file. */
  rows: number;
  steps: number;
  seeds: number;
  /** Whether the need is measured on parts of these samples, which are no pilot then. */
  measure?: boolean;
  /** Keeps the trainings, where that is asked for. */
  kept?: boolean;
}

export async function answerTo(
  task: Task,
  { rows, steps, seeds, measure = false, kept = false }: Asked,
): Promise<SamplesAnswer> {
  const file = fileOf(dataOf(task, rows));
  const subject = subjectOf(textOf(task, steps));
  const options = samples.read({ seeds: String(seeds), measure }, subject);
  const trainers = trainersHere(() => Promise.resolve(file));
  const content = createHash("sha256").update(file).digest("hex");
  const home = kept ? await keptHome("samples", trainers, () => content) : homeHere(trainers);
  return runStudy(samples, subject, options, home);
}
