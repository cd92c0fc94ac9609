/** One training of a study, and what it gave: plain JSON both. */
import type { Alteration } from "../data/alterations/alteration";
import { asText } from "../train/as-text";
import type { ExecutorId } from "../train/executors/index";
import type { Uses } from "../language/uses";
import { compileStep } from "../program/compile";
import { hashText } from "../random";
import { chooseSpec, type Choice } from "../train/prepare";
import { Rejection } from "../train/rejection";
import type { RunState } from "../train/run-state";
import { shapeOf } from "../train/snapshot";
import { ownModulesIn } from "./own-modules";

/** Values of knobs, by name. */
export type KnobValues = Readonly<Record<string, number>>;

export interface Job {
  /** The text of the subject, or a variant of it. */
  text: string;
  uses: Uses;
  /** Address of the text, from which its paths start. */
  location: string;
  /** Name of its spec. */
  spec: string;
  overrides: { knobs?: KnobValues; seed?: number; steps?: number };
  /** What is changed of the data, one change after another. */
  alterations: readonly Alteration[];
  /**
   * Knobs at which it is trained first, each time for its whole length; the weights are carried on from one to the next.
   * Each differs from the next in one knob at most.
   */
  before?: readonly KnobValues[];
  /** Whether no information in nats is measured, for a study that reads none: it takes longer than many a training. */
  light?: boolean;
  /** What must carry it out, where that is not the executor of studies. */
  executor?: ExecutorId;
}

/** What a job gave. */
export interface Trained {
  key: string;
  /** Steps of the training, and of the checkpoint that is measured. */
  steps: number;
  checkpoint: number;
  /** Values in nats on test rows, at the checkpoint; `terms` by their ids. */
  heldOut: { total: number; terms: Record<string, number> };
  /** The terms, with their weights in the loss. */
  terms: { id: string; text: string; side: "compress" | "keep"; bound: string; weight: number }[];
  /** Rate of each coordinate in nats, by latent. */
  rates: Record<string, number[]>;
  measurements: RunState["measurements"];
  verdicts: RunState["verdicts"];
  findings: RunState["findings"];
  leftBehind: RunState["leftBehind"];
  sentence: string;
  /** Trained numbers in all, and training rows. */
  parameters: number;
  rows: number;
  /** What the alterations have found in the data, by name. */
  facts?: Readonly<Record<string, number>>;
  /** What it took. */
  seconds: number;
  millisecondsPerStep: number;
  /** What has carried it out, for people; of a job that asks for an executor. */
  executor?: string;
}

/** A job that could not be done, and why, in one sentence. */
export interface Refused {
  refused: string;
}

export type Outcome = Trained | Refused;

export const isTrained = (outcome: Outcome): outcome is Trained => !("refused" in outcome);

/** The knobs of each leg: those before, and at last its own. */
export const legsOf = ({ before = [], overrides }: Job): readonly KnobValues[] => [
  ...before,
  overrides.knobs ?? {},
];

/** The job that ends at this leg of another. */
export function legOf(job: Job, leg: number): Job {
  const legs = legsOf(job);
  return { ...job, overrides: { ...job.overrides, knobs: legs[leg]! }, before: legs.slice(0, leg) };
}

/** Equal for jobs of equal parts, in whichever order these are written. */
export function textOf({ text, uses, location, spec, overrides, alterations, ...rest }: Job): string {
  const { knobs = {}, seed, steps } = overrides;
  const { before = [], light = false, executor } = rest;
  const [last, ...earlier] = [knobs, ...before].map((values) => Object.entries(values).sort());
  const all = [text, uses, location, spec, last, earlier, seed, steps, alterations, light];
  return JSON.stringify(executor === undefined ? all : [...all, executor]);
}

/** What a key needs to know besides the job. */
export interface KeySource {
  /** Of the program that trains: another one may give other numbers. */
  version: string;
  /** What identifies the contents of a data source, as named at a location. */
  contentsOf(source: string, location: string): Promise<string>;
  /** What identifies the code of modules of the person's own (`pkg.Encoder`); absent where none are run. */
  modulesOf?(names: readonly string[]): Promise<string>;
}

/**
 * Makes keys of jobs: a hash of all that decides what a job gives (program, scalars, data and their alterations, seed, knobs
 * before), and of nothing else: comments, layout and names of files leave it as it is.
 */
export function keyMaker({ version, contentsOf, modulesOf }: KeySource): (job: Job) => Promise<string> {
  const chosen = new Map<string, { choice: Choice; program: string } | Rejection>();
  return async (job) => {
    const { text, uses, location, spec, overrides, alterations, before = [], light = false, executor } = job;
    const subject = JSON.stringify([text, uses, location, spec]);
    const found = chosen.get(subject) ?? choiceOf(job);
    chosen.set(subject, found);
    if (found instanceof Rejection) return hashText(JSON.stringify([version, textOf(job)]));
    const { choice, program } = found;
    const { streams, latents, missing, wants, training, knobs, data } = choice.spec;
    const { steps, seed } = { ...training, ...overrides };
    const valueAt = (values: KnobValues): number[] => knobs.map(({ name, value }) => values[name] ?? value);
    const modules = ownModulesIn(choice.spec);
    const code = modules.length === 0 ? undefined : await modulesOf?.(modules);
    const contents = await contentsOf(choice.data.source, data?.location ?? location);
    return hashText(
      asText([
        ...[version, program, contents, data?.options, streams, latents, missing, wants],
        ...[{ ...training, steps, seed }, knobs.map(({ anneal }) => anneal ?? null)],
        ...[alterations, legsOf({ ...job, before }).map(valueAt), light],
        ...(code === undefined ? [] : [code]),
        ...(executor === undefined ? [] : [{ executor }]),
      ]),
    );
  };
}

function choiceOf({ text, uses, location, spec }: Job): { choice: Choice; program: string } | Rejection {
  try {
    const choice = chooseSpec({ text, origin: { location, uses }, spec });
    const { batch } = choice.spec.training;
    return { choice, program: programOf(choice, batch) };
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}

/** The training program for whole batches; the numbers that are written into it are those of the spec, hashed beside it. */
function programOf({ objective }: Choice, batch: number): string {
  const program = compileStep(objective, { batch });
  return `${shapeOf(program)} ${hashText(JSON.stringify(program))}`;
}
