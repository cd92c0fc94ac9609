/**
 * Trainings of the banks, kept by their content: one is made again only where its program, its data or the code that makes
 * its numbers has changed. The rules are no part of that: a kept training has what they are given at each look.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { codeOf } from "../../../scripts/pages";
import { findingRules, stepRules } from "../../../core/train/findings/index";
import type { FindingRule, Observed } from "../../../core/train/findings/rule";
import type { Finding } from "../../../core/train/protocol";
import type { Preparation } from "../../../core/train/prepare";
import { opened, prepared, trainedPrograms, type Training } from "../../trainer/train";
import type { Change } from "./failure";
import type { Outcome } from "./oracles";

const root = join(import.meta.dirname, "../../..");
const folder = join(process.env["BOTTLENECK_CACHE"] ?? join(homedir(), ".cache", "bottleneck"), "failures");

/** What makes programs, which are part of a training's key themselves; what only says when to look; and the rules. */
const NO_NUMBERS =
  /[\\/]core[\\/](language|views|export|catalogue|data|theory(?![\\/](terms[\\/]scalar|missing[\\/]))|train[\\/](findings[\\/](?!evidence|levels|signal|leaks)|trainer|watcher|looks|checkpoint|progress|recovery|host|protocol|prepare|run-state|summary|sentence|verdicts|spent))/;

/** What rules are given at a look, without what the text says. */
export type Look = Omit<Observed, "terms" | "spec">;

export interface Run extends Kept {
  /** Findings of the data, as they are found now. */
  ofData: readonly Finding[];
}

/** What is kept of a training. */
interface Kept extends Outcome {
  looks: readonly Look[];
  /** Codes of findings of its steps. */
  ofSteps: readonly string[];
}

/** What makes a training's numbers: steps, values on held-out rows, and what rules are given of them. */
const MAKES_NUMBERS = ["batches", "inputs", "evaluation", "executors/wasm", "findings/evidence"];

let code: Promise<string[]> | undefined;

/** A training with what the rules were given, from an earlier time where nothing changed. */
export async function keptRun(text: string, seed: number, change?: Change): Promise<Run> {
  code ??= Promise.all(MAKES_NUMBERS.map((file) => codeOf(join(root, `core/train/${file}.ts`), NO_NUMBERS)));
  const preparation = preparationOf(text, seed, change);
  const file = join(folder, `${keyOf((await code).join("\n"), preparation, seed)}.json`);
  const ofData = preparation.findings;
  if (existsSync(file)) return { ...(JSON.parse(readFileSync(file, "utf8")) as Kept), ofData };
  const kept = await made(preparation, seed);
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(kept));
  renameSync(`${file}.${process.pid}`, file);
  return { ...kept, ofData };
}

/** The same, made now. */
export async function freshRun(text: string, seed: number, change?: Change): Promise<Run> {
  const preparation = preparationOf(text, seed, change);
  return { ...(await made(preparation, seed)), ofData: preparation.findings };
}

const preparationOf = (text: string, seed: number, change?: Change): Preparation =>
  prepared(text, seed, change && ((dataset) => change.of(dataset, seed)));

function keyOf(sources: string, preparation: Preparation, seed: number): string {
  const key = createHash("sha256").update(sources);
  const { spec, data } = preparation;
  const { training, knobs, missing } = spec;
  // Where things are in the text changes no training.
  key.update(
    JSON.stringify([trainedPrograms(preparation), training, knobs, missing, seed], (name, value: unknown) =>
      ["range", "ranges", "doc"].includes(name) ? undefined : value,
    ),
  );
  for (const split of Object.values(data.splits)) key.update(split);
  for (const { values } of data.streams.values()) key.update(values);
  return key.digest("hex");
}

/** Trains, with a rule beside the others that finds nothing and keeps what it is given. */
async function made(preparation: Preparation, seed: number): Promise<Kept> {
  const looks: Look[] = [];
  const keeps: Pick<FindingRule, "find"> = {
    find(observed) {
      const { terms, spec, ...look } = observed;
      void [terms, spec];
      looks.push(look);
      return [];
    },
  };
  const rules = findingRules as FindingRule[];
  rules.push(keeps as FindingRule);
  const { test, train } = preparation.data.splits;
  const training = await opened(preparation, seed);
  try {
    const untrained = await training.measure(test);
    await training.run();
    const failed = training.failures.length > 0;
    return {
      looks,
      ofSteps: training.found
        .map(({ code }) => code)
        .filter((one) => stepRules.some((rule) => rule.code === one)),
      probes: failed ? [] : await training.probes(),
      test: await training.measure(test),
      batches: await batchesOf(training, test, preparation.batch.evaluate),
      train: await training.measure(train.slice(0, test.length)),
      untrained,
      failed,
    };
  } finally {
    rules.splice(rules.indexOf(keeps as FindingRule), 1);
    await training.dispose();
  }
}

/** Terms of each full batch of these rows. */
async function batchesOf(training: Training, rows: Int32Array, size: number): Promise<Outcome["batches"]> {
  const found: Record<string, number[]> = {};
  for (let at = 0; at + size <= rows.length; at += size) {
    const { terms } = await training.measure(rows.slice(at, at + size));
    for (const [id, value] of Object.entries(terms)) (found[id] ??= []).push(value);
  }
  return found;
}
