/**
 * Trainings of the bank, kept by their content: one is made again only where its program, its data or the code that makes its
 * numbers has changed. What is measured is what the study reads: accuracies and R² of draws.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { codeOf } from "../../../scripts/pages";
import { isTrained, type Outcome, type Trained } from "../../../core/studies/job";
import { Slices } from "../../../core/train/clock";
import { isFactor, readPairs } from "../../../core/train/measurements/subjects";
import type { Preparation } from "../../../core/train/prepare";
import { accuracyOf, r2Of } from "../../../core/train/probes/index";
import { opened, trainedPrograms, type Training } from "../../trainer/train";

const folder = join(process.env["BOTTLENECK_CACHE"] ?? join(homedir(), ".cache", "bottleneck"), "stress");

/**
 * What makes programs and data, which are part of a key themselves, and what only looks at a training: its steps and its last
 * weights are the same however often it is looked at.
 */
const NO_NUMBERS =
  /[\\/]core[\\/](language|views|export|catalogue|studies|theory(?![\\/](terms[\\/]scalar|missing[\\/]))|data|train[\\/](findings|measurements[\\/](?!subjects)|left-behind|trainer|observer|watcher|judge|looks|checkpoint|recovery|errands|host|protocol|run-state|summary|sentence|verdicts|spent|progress|curves|prepare))/;

let code: Promise<string> | undefined;

/** Numbers of a training that are in no program. */
export interface Scalars {
  training: Preparation["spec"]["training"];
  /** Values of the knobs, in their order. */
  knobs: readonly number[];
}

/** What decides the numbers of a training besides its scalars: its programs, its data and the code that runs them. */
export async function contentOf(preparation: Preparation): Promise<string> {
  code ??= codeOf(import.meta.filename, NO_NUMBERS);
  const { spec, data } = preparation;
  const hash = createHash("sha256").update(await code);
  const streams = [...data.streams.values()].map(({ name, kind, role }) => [name, kind, role]);
  const anneals = spec.knobs.map(({ anneal }) => anneal ?? null);
  hash.update(text([trainedPrograms(preparation), streams, spec.missing, anneals]));
  for (const split of Object.values(data.splits)) hash.update(split);
  for (const { values } of data.streams.values()) hash.update(values);
  return hash.digest("hex");
}

/** Where things are in a spec changes no training. */
const text = (value: unknown): string =>
  JSON.stringify(value, (name, part: unknown) =>
    ["range", "ranges", "doc"].includes(name) ? undefined : part,
  );

/** @param content of what is to be trained, from `contentOf` */
export async function keptOutcome(
  content: string,
  scalars: Scalars,
  make: () => Promise<Outcome>,
): Promise<Outcome> {
  const key = createHash("sha256").update(text([content, scalars]));
  const path = join(folder, `${key.digest("hex")}.json`);
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as Outcome;
  const outcome = await make();
  if (!isTrained(outcome)) return outcome;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${path}.${process.pid}`, JSON.stringify(outcome));
  renameSync(`${path}.${process.pid}`, path);
  return outcome;
}

export async function outcomeOf(preparation: Preparation): Promise<Outcome> {
  const started = performance.now();
  const { data, length, parameters, spec } = preparation;
  const training = await opened(unprobed(preparation), spec.training.seed);
  try {
    await training.run();
    const [failure] = training.failures;
    if (failure !== undefined) return { refused: failure };
    return {
      key: "",
      steps: length.steps,
      checkpoint: length.steps,
      heldOut: { total: 0, terms: {} },
      terms: [],
      rates: {},
      measurements: await measured(training, data),
      verdicts: [],
      // They depend on what looks at a training, and no figure of the bank on them.
      findings: [],
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
