/** Exports projects into folders, trains them, and computes their first steps beside those of the preview. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { generate } from "../../core/data/generator";
import { generatorOf } from "../../core/data/generators/index";
import { exportProject } from "../../core/export/project/index";
import { compileGradients } from "../../core/program/compile";
import { analyse } from "../../core/theory/analyse";
import type { DerivedLoss } from "../../core/theory/derivation/loss";
import { Batches } from "../../core/train/batches";
import type { Session } from "../../core/train/executor";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { Inputs } from "../../core/train/inputs";
import { chooseSpec, prepare } from "../../core/train/prepare";
import type { Unpredicted } from "../../core/train/protocol";
import { KnobSchedule } from "../../core/train/schedule";
import { askPython, pythonWithTorch } from "../reference/driver";
import { compute, numbersOf, type Answer, type Arrays, type Numbers } from "./harness";

/** A folder of its own, below the system's. */
export const scratch = (): string => mkdtempSync(join(tmpdir(), "bottleneck-project-"));

/** Writes the project of a text's first spec into a folder. */
export function writeProject(text: string, folder: string): string {
  const { specs, diagnostics } = analyse(text);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === "error"),
    [],
  );
  writeFiles(specs[0]!.derived!, folder);
  return folder;
}

function writeFiles(derived: DerivedLoss, folder: string): void {
  for (const { name, text, encoding } of exportProject(derived)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), Buffer.from(text, encoding ?? "utf8"));
  }
}

/** Writes the project of a spec on built-in data, and gives what the preview has at its first step, in float64. */
export async function firstStep(text: string, name: string, folder: string): Promise<Numbers> {
  const choice = chooseSpec({ text, spec: name });
  const { spec, data, derived, objective } = choice;
  writeFiles(derived, folder);
  const preparation = prepare(choice, generate(generatorOf(data.source)!, data));
  const { streams, splits } = preparation.data;
  const { seed, batch } = spec.training;
  const batches = new Batches(seed, splits.train, batch);
  const program = compileGradients(objective, { batch: batches.size });
  const arrays: Arrays = preparation.initialWeights(seed);
  const recorder: Pick<Session, "write"> = {
    write(_, input, values) {
      arrays[input] = Float64Array.from(values);
    },
  };
  new Inputs("step", program, streams, seed, preparation.absent).write(recorder as Session, {
    rows: batches.at(0),
    step: 0,
    purpose: "training",
    knobs: new KnobSchedule(spec.knobs, batches.stepsPerEpoch).at(0),
  });
  return compute(createReferenceExecutor(), program, arrays);
}

/** The first steps of projects by a Python: of each alone, and of two processes with half of the batch each. */
export async function firstStepsIn(
  folders: readonly string[],
  python: string,
): Promise<{ torch: string; numbers(folder: string): { alone: Numbers; ranks: Numbers } }> {
  const script = fileURLToPath(new URL("check_projects.py", import.meta.url));
  const { torch, projects } = (await askPython(script, { folders }, {}, python)) as {
    torch: string;
    projects: ({ alone: Answer; ranks: Answer } | { error: string })[];
  };
  return {
    torch,
    numbers(folder) {
      const found = projects[folders.indexOf(folder)]!;
      if ("error" in found) throw new Error(`${folder}: ${found.error}`);
      return { alone: numbersOf(found.alone), ranks: numbersOf(found.ranks) };
    },
  };
}

/** Small runs are quickest on one thread, and numbers do not depend on how many there are. */
export const oneThread = { ...process.env, OMP_NUM_THREADS: "1" };

interface Training {
  folder: string;
  arguments: string[];
  /** A file that gets what TensorBoard is sent; it is not installed for a run without. */
  board?: string;
  /** The file whose first appearance ends the run by a kill. */
  killed?: string;
}

/**
 * Trains projects one after another, in one process.
 * @returns what each run says that refuses to train; null of one that ends
 */
export function runProjects(runs: readonly Training[], python = pythonWithTorch()): (string | null)[] {
  const place = scratch();
  const [request, response] = [join(place, "request.json"), join(place, "response.json")];
  writeFileSync(request, JSON.stringify(runs));
  const script = fileURLToPath(new URL("run_projects.py", import.meta.url));
  const { status, stderr } = spawnSync(python, [script, request, response], {
    env: oneThread,
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(readFileSync(response, "utf8")) as (string | null)[];
}

/** The same of runs that all end. @throws when one refuses, with what it says */
export function trainProjects(runs: readonly Training[], python?: string): void {
  for (const said of runProjects(runs, python)) assert.equal(said, null);
}

/** A line of a run's log. */
export type Line = Record<string, number> & { rows: "train" | "validation" };

export const linesOf = (run: string): Line[] =>
  readFileSync(join(run, "terms.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

export interface Report {
  /** Of the checkpoint, and how many were made. */
  step: number;
  steps: number;
  test: Record<string, number>;
  validation: Record<string, number>;
  probes: {
    id: "r2" | "accuracy" | "r2-of-mean" | "accuracy-of-mean";
    code: string;
    factor: string;
    value: number;
    low: number;
    high: number;
    chance: number;
  }[];
  findings: string[];
  leftBehind: (Omit<Unpredicted, "quarters" | "shown"> & { text: string })[];
  leftBehindNote: string;
}

export const reportOf = (run: string): Report =>
  JSON.parse(readFileSync(join(run, "report.json"), "utf8")) as Report;
