/**
 * Trainings of the bank, kept by their content: one is made again only where its program, its data or the code that makes its
 * numbers has changed. What is measured is what the study reads: accuracies and R² of draws.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { codeOf } from "../../../scripts/pages";
import type { Dataset } from "../../../core/data/dataset";
import { analyse } from "../../../core/theory/analyse";
import { chooseSpec, loadFor, prepare, Rejection, type Preparation } from "../../../core/train/prepare";
import { isTrained, type Job, type Outcome, type Trained } from "../../../core/studies/job";
import { stress } from "../../../core/studies/stress/index";
import type { StressAnswer } from "../../../core/studies/stress/answer";
import type { Subject } from "../../../core/studies/study";
import { opened, type Training } from "../../trainer/train";
import { Slices } from "../../../core/train/clock";
import { isFactor, readPairs } from "../../../core/train/measurements/subjects";
import { accuracyOf, r2Of } from "../../../core/train/probes/index";
import { fileOf, textOf, type Task } from "./task";

const root = join(import.meta.dirname, "../../..");
const folder = join(process.env["BOTTLENECK_CACHE"] ?? join(homedir(), ".cache", "bottleneck"), "stress");

/** What makes programs and data, which are part of a key themselves, and what makes no numbers of a training. */
const NO_NUMBERS =
  /[\\/]core[\\/](language|views|export|catalogue|studies|theory(?![\\/](terms[\\/]scalar|missing[\\/]))|data|train[\\/](findings|left-behind|host|protocol|run-state|summary|sentence|verdicts|spent|progress|curves|prepare))/;

let code: Promise<string> | undefined;

/** Seeds of the design as it is. */
const SEEDS = 5;

export const subjectOf = (task: Task, seed: number): Subject => {
  const text = textOf(task, seed);
  return { text, uses: {}, location: "file:///bank.bottleneck", derived: analyse(text).specs[0]!.derived! };
};

/** The study of a task, with its trainings in this process. @param fresh whether nothing that was kept is read */
export async function stressed(task: Task, seed: number, fresh = false): Promise<StressAnswer> {
  const subject = subjectOf(task, seed);
  const file = fileOf(task, seed);
  const known = new Map<string, Outcome>();
  let data: Promise<Dataset> | undefined;
  for (;;) {
    const step = stress.next(subject, { seeds: SEEDS }, (job) => known.get(JSON.stringify(job)));
    if ("answer" in step) return step.answer;
    for (const job of step.ask) {
      const key = JSON.stringify(job);
      if (known.has(key)) continue;
      known.set(
        key,
        await outcomeOf(job, (choice) => (data ??= loadFor(choice, () => Promise.resolve(file))), fresh),
      );
    }
  }
}

async function outcomeOf(
  { text, uses, location, spec, overrides, alterations }: Job,
  load: (choice: ReturnType<typeof chooseSpec>) => Promise<Dataset>,
  fresh: boolean,
): Promise<Outcome> {
  try {
    const choice = chooseSpec({ text, origin: { location, uses }, spec, overrides, alterations });
    const preparation = prepare(choice, await load(choice));
    return await (fresh ? made(preparation, overrides.seed!) : kept(preparation, overrides.seed!));
  } catch (error) {
    if (error instanceof Rejection) return { refused: error.message };
    throw error;
  }
}

async function kept(preparation: Preparation, seed: number): Promise<Outcome> {
  code ??= codeOf(join(root, "test/verify/stress/run.ts"), NO_NUMBERS);
  const { programs, spec, data, length } = preparation;
  const key = createHash("sha256").update(await code);
  key.update(
    // Where things are in the text changes no training.
    JSON.stringify([programs, spec.training, spec.knobs, length, seed], (name, value: unknown) =>
      ["range", "ranges", "doc"].includes(name) ? undefined : value,
    ),
  );
  for (const split of Object.values(data.splits)) key.update(split);
  for (const { values } of data.streams.values()) key.update(values);
  const path = join(folder, `${key.digest("hex")}.json`);
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as Outcome;
  const outcome = await made(preparation, seed);
  if (!isTrained(outcome)) return outcome;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${path}.${process.pid}`, JSON.stringify(outcome));
  renameSync(`${path}.${process.pid}`, path);
  return outcome;
}

async function made(preparation: Preparation, seed: number): Promise<Outcome> {
  const started = performance.now();
  const { data, length, parameters } = preparation;
  const training = await opened(unprobed(preparation), seed);
  try {
    await training.run();
    const [failure] = training.failures;
    if (failure !== undefined) return { refused: failure };
    const measurements = await measured(training, data);
    return {
      key: "",
      steps: length.steps,
      checkpoint: length.steps,
      heldOut: { total: 0, terms: {} },
      terms: [],
      rates: {},
      measurements,
      verdicts: [],
      findings: [...training.found],
      leftBehind: [],
      sentence: "",
      parameters,
      rows: data.splits.train.length,
      seconds: (performance.now() - started) / 1000,
      millisecondsPerStep: 0,
    };
  } finally {
    await training.dispose();
  }
}

/** Targets are no factors to the training, which would probe them for much that a stress test does not read. */
function unprobed(preparation: Preparation): Preparation {
  const streams = [...preparation.data.streams].map(
    ([name, stream]) =>
      [name, stream.role === "target" ? { ...stream, role: "modality" as const } : stream] as const,
  );
  return { ...preparation, data: { ...preparation.data, streams: new Map(streams) } };
}

/** What a probe reads of each factor from draws of each code, on the test rows. */
async function measured(
  { codes }: Pick<Training, "codes">,
  { streams, splits }: Preparation["data"],
): Promise<Trained["measurements"]> {
  const coded = { seen: await codes(splits.train, 1), judged: await codes(splits.test, 4) };
  const factors = [...streams.values()].filter(isFactor);
  const readings = await readPairs({ ...coded, factors }, "draws", slices);
  return readings.map(({ code: name, factor, reading }) => ({
    ...{ id: reading.kind === "label" ? "accuracy" : "r2", code: name, factor },
    unit: reading.kind === "label" ? "share" : "R2",
    ...(reading.kind === "label" ? accuracyOf(reading) : r2Of(reading)),
  }));
}

const slices = new Slices({
  now: () => performance.now(),
  defer: () => new Promise((resolve) => setImmediate(resolve)),
});
