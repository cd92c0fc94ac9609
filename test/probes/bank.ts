/**
 * Codes and factors of which the truth is known, to hold verdicts to: pure noise, planted shares and a rare class. Seeds are
 * even while thresholds are set and odd where figures are given.
 */
import { judge } from "../../core/train/verdicts";
import {
  entropyOf,
  gainsOf,
  quantileClasses,
  readLabel,
  readScalar,
  type Coded,
  type Reading,
} from "../../core/train/probes/index";
import type { Verdict } from "../../core/train/protocol";
import { RandomStream } from "../../core/random";

export const CLASSES = [2, 4, 10];
export const ROWS = [20, 50, 100, 200];
const WIDTH = 4;

/** The verdict on one code and one factor whose draws and mean are alike, by a linear probe and by nats about these classes. */
function verdictOf(reading: Reading, coded: Coded, classes: number): Verdict["verdict"] {
  const name = { code: "Z", factor: "L" };
  const pair = [{ ...name, reading }];
  const gains = gainsOf(coded, classes);
  const informed = [{ ...name, evidence: { gains }, entropy: entropyOf(coded.truth, classes) }];
  return judge(pair, pair, {}, { latents: [], terms: [] }, informed)[0]!.verdict;
}
const labelVerdict = (coded: Coded, classes: number): Verdict["verdict"] =>
  verdictOf(readLabel(coded, classes), coded, classes);

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
  return labelVerdict(alone(codes, truth), classes);
}

/** A number that the code has nothing to do with. */
export function scalarNoise(rows: number, seed: number): Verdict["verdict"] {
  const draws = new RandomStream(seed, "noise of a number", rows);
  const coded = alone(normals(draws, rows * WIDTH), normals(draws, rows));
  const { classes, classOf } = quantileClasses(Array.from(coded.truth), 8);
  return verdictOf(readScalar(coded), { ...coded, truth: Array.from(coded.truth, classOf) }, classes);
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
  return labelVerdict(alone(codes, truth), classes);
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
  return labelVerdict({ seen, seenTruth, judged: [judged], truth }, 2);
}

/** The product of the signs of two coordinates, by codes that show the signs or do not: among 1,000 rows seen and 500 judged. */
export function product(shown: boolean, seed: number): Verdict["verdict"] {
  const draws = new RandomStream(seed, "a product of signs", 0);
  const part = (rows: number): [Float32Array, Int32Array] => {
    const codes = normals(draws, rows * WIDTH).map((value) => 0.3 * value);
    const truth = Int32Array.from({ length: rows }, (_, row) => {
      const [a, b] = [2 * draws.integer(2) - 1, 2 * draws.integer(2) - 1];
      if (shown) codes.set([a, b], row * WIDTH);
      return a === b ? 1 : 0;
    });
    return [codes, truth];
  };
  const [seen, seenTruth] = part(1000);
  const [judged, truth] = part(500);
  return labelVerdict({ seen, seenTruth, judged: [judged], truth }, 2);
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
