/** Learning curves: a score at several numbers of samples, and where it reaches a level. */
import { median } from "../../gaussian/simulation";
import { isTrained, type Job, type Outcome, type Trained } from "../job";
import type { DerivedLoss } from "../../theory/derivation/loss";
import { informationText } from "../../theory/terms/print";
import { links } from "../../theory/wants/duties";
import type { CurvePoint } from "./answer";

/** What is read of a training, 1 being all: of a factor, or of the term that links the codes. */
export interface Score {
  /** `r2 of s`, `accuracy of digit`, `I(Zx; Zy)`. */
  of: string;
  read(trained: Trained): number | undefined;
}

/**
 * The score of a factor, read by a probe from draws of a code; without a factor, the linking term in nats, recalibrated.
 * @param of the factor that is asked for, or the linking term, by its text or id; the first factor that is measured where absent
 * @returns undefined where nothing of it is measured
 */
export function scoreOf(
  { measurements, terms }: Trained,
  of: string | undefined,
  code: string | undefined,
): Score | undefined {
  const probed = measurements.filter(
    ({ id, factor }) => ["r2", "accuracy"].includes(id) && (of === undefined || factor === of),
  );
  const best = [...probed].sort((a, b) => b.value - a.value);
  const found =
    probed.find((one) => one.code === code) ?? best.find(({ factor }) => factor === probed[0]!.factor);
  if (found !== undefined) {
    const { id, factor } = found;
    return {
      of: `${id} of ${factor}`,
      read: (trained) =>
        trained.measurements.find((one) => one.id === id && one.factor === factor && one.code === found.code)
          ?.value,
    };
  }
  const asked = terms.find(({ id, text }) => id === of || text === of);
  const linking = measurements.filter(({ id }) => id === "recalibrated").map((one) => one.term);
  const term = linking.find((one) => asked === undefined || one === asked.id);
  if ((of !== undefined && asked === undefined) || term === undefined) return undefined;
  return {
    of: terms.find(({ id }) => id === term)?.text ?? term,
    read: (trained) => boundOf(trained, term)?.value,
  };
}

/** The name of that score, before anything is trained. */
export function scoreNameOf({ spec, terms }: DerivedLoss, of: string | undefined): string {
  const factor = spec.streams.find(
    ({ name, role, kind }) =>
      role !== "modality" && ["label", "scalar"].includes(kind.name) && (of === undefined || of === name),
  );
  if (factor !== undefined) return `${factor.kind.name === "label" ? "accuracy" : "r2"} of ${factor.name}`;
  const [link] = links({ terms });
  return of ?? (link === undefined ? "the loss" : informationText(link.term.information));
}

/** The recalibrated bound of a term on test rows, in nats, and its distance from 0 in standard errors. */
export function boundOf({ measurements }: Trained, term: string): { value: number; z: number } | undefined {
  const found = measurements.find((one) => one.id === "recalibrated" && one.term === term);
  if (found === undefined || found.high === null) return undefined;
  return { value: found.value, z: (found.value * 2 * 1.96) / Math.max(1e-9, found.high - found.low) };
}

/** Trainings that are done, and a list of those that are missing. */
export class Runs {
  readonly missing: Job[] = [];
  /** Why the last set of trainings could not be done, where none of it could. */
  refused: string | undefined;
  /** Of every training that was asked for. */
  seconds = 0;

  constructor(private readonly done: (job: Job) => Outcome | undefined) {}

  /** What all of these gave, without those that could not be done; undefined while some are missing. */
  of(jobs: readonly Job[]): Trained[] | undefined {
    const outcomes = jobs.map((job) => this.done(job));
    const missing = jobs.filter((_, i) => outcomes[i] === undefined);
    this.missing.push(...missing);
    if (missing.length > 0) return undefined;
    const trained = (outcomes as Outcome[]).filter(isTrained);
    this.seconds += trained.reduce((sum, { seconds }) => sum + seconds, 0);
    const [first] = outcomes as Outcome[];
    if (trained.length === 0 && first !== undefined && !isTrained(first)) this.refused = first.refused;
    return trained;
  }
}

/** A point of a curve, and the score of each seed. */
export interface Sized extends CurvePoint {
  each: number[];
}

/** The points alone, as an answer has them. */
export const pointsOf = (sized: readonly Sized[]): CurvePoint[] =>
  sized.map(({ from, rows, score, low, high }) => ({ from, rows, score, low, high }));

/** @returns undefined where no training gave a score */
export function pointOf(
  from: CurvePoint["from"],
  rows: number,
  trained: readonly Trained[],
  score: Score,
): Sized | undefined {
  const each = trained.flatMap((one) => score.read(one) ?? []);
  if (each.length === 0) return undefined;
  return { from, rows, score: median(each), low: Math.min(...each), high: Math.max(...each), each };
}

/**
 * The number of samples at which a score reaches a target, between its points on the logarithm of the samples.
 * @param points with ascending numbers of samples
 * @returns the first number where it is reached there already, undefined where no point reaches it
 */
export function reachedAt(
  points: readonly { rows: number; score: number }[],
  target: number,
): number | undefined {
  const at = points.findIndex(({ score }) => score >= target);
  if (at <= 0) return points[at]?.rows;
  const [before, after] = [points[at - 1]!, points[at]!];
  const share = (target - before.score) / (after.score - before.score);
  return before.rows * (after.rows / before.rows) ** share;
}

/** The same for each seed, relative to its own value at the end. */
export function reachedBySeed(points: readonly Sized[], level: number): number[] {
  const seeds = Math.min(...points.map(({ each }) => each.length));
  return Array.from({ length: seeds }, (_, seed) => {
    const own = points.map(({ rows, each }) => ({ rows, score: each[seed]! }));
    return reachedAt(own, level * own.at(-1)!.score) ?? own.at(-1)!.rows;
  });
}

/** How much more steps change the score, relative to it: the mean over seeds that have both. */
export function changeOf(before: readonly number[], after: readonly number[]): number {
  const pairs = Math.min(before.length, after.length);
  const sum = (values: readonly number[]): number =>
    values.slice(0, pairs).reduce((total, value) => total + value, 0);
  return (sum(after) - sum(before)) / Math.max(1e-9, Math.abs(sum(before)));
}
