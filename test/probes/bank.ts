/**
 * Codes and factors of which the truth is known, to hold verdicts to: pure noise, planted shares and a rare class. Seeds are
 * even while thresholds are set and odd where figures are given.
 */
import { judge } from "../../core/train/verdicts";
import { readLabel, readScalar, type Coded, type Reading } from "../../core/train/probes/index";
import type { Verdict } from "../../core/train/protocol";
import { RandomStream } from "../../core/random";

export const CLASSES = [2, 4, 10];
export const ROWS = [20, 50, 100, 200];
const WIDTH = 4;

/** The verdict on one code and one factor whose draws and mean are alike. */
function verdictOf(reading: Reading): Verdict["verdict"] {
  const pair = [{ code: "Z", factor: "L", reading }];
  return judge(pair, pair, {}, { latents: [], terms: [] })[0]!.verdict;
}

const normals = (draws: RandomStream, count: number): Float32Array =>
  Float32Array.from({ length: count }, () => draws.normal());

const alone = (codes: Float32Array, truth: ArrayLike<number>): Coded => ({
  seen: [],
  seenTruth: [],
  judged: [codes],
  truth,
});

/** A label of equally likely classes that the code has nothing to do with. */
export function noise(classes: number, rows: number, seed: number): Verdict["verdict"] {
  const draws = new RandomStream(seed, `noise of ${classes} classes`, rows);
  const codes = normals(draws, rows * WIDTH);
  const truth = Int32Array.from({ length: rows }, () => draws.integer(classes));
  return verdictOf(readLabel(alone(codes, truth), classes));
}

/** A number that the code has nothing to do with. */
export function scalarNoise(rows: number, seed: number): Verdict["verdict"] {
  const draws = new RandomStream(seed, "noise of a number", rows);
  return verdictOf(readScalar(alone(normals(draws, rows * WIDTH), normals(draws, rows))));
}

/** A label that the code names in this share of the rows, and at random in the others. */
export function planted(classes: number, rows: number, share: number, seed: number): Verdict["verdict"] {
  const draws = new RandomStream(seed, `a share of ${classes} classes`, rows);
  const codes = normals(draws, rows * classes).map((value) => 0.2 * value);
  const truth = Int32Array.from({ length: rows }, (_, row) => {
    const label = draws.integer(classes);
    const shown = draws.uniform() < share ? label : draws.integer(classes);
    codes[row * classes + shown]! += 1;
    return label;
  });
  return verdictOf(readLabel(alone(codes, truth), classes));
}

/** A class of 2 % that one coordinate ranks with an area of 0.96, among 2,000 rows seen and 1,000 judged. */
export function rare(seed: number): Verdict["verdict"] {
  const draws = new RandomStream(seed, "a rare class", 0);
  const part = (rows: number): [Float32Array, Int32Array] => {
    const codes = normals(draws, rows * WIDTH);
    const truth = Int32Array.from({ length: rows }, (_, row) => (row % 50 === 0 ? 1 : 0));
    // Two unit Gaussians this far apart have an area of 0.96.
    truth.forEach((label, row) => (codes[row * WIDTH]! += label * 2.476));
    return [codes, truth];
  };
  const [seen, seenTruth] = part(2000);
  const [judged, truth] = part(1000);
  return verdictOf(readLabel({ seen, seenTruth, judged: [judged], truth }, 2));
}

/** How many of these seeds give one of these verdicts. */
export const countOf = (
  seeds: readonly number[],
  run: (seed: number) => Verdict["verdict"],
  verdicts: readonly Verdict["verdict"][],
): number => seeds.filter((seed) => verdicts.includes(run(seed))).length;

/** Seeds with which figures are given; their even neighbours are for setting thresholds. */
export const toldSeeds = (count: number): number[] => Array.from({ length: count }, (_, i) => 2 * i + 1);
export const tuningSeeds = (count: number): number[] => Array.from({ length: count }, (_, i) => 2 * i);
