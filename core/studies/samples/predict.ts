/**
 * After a pilot: what a design needs whose pilot is too small to show it. First it is asked whether the pilot shows anything
 * shared; then the design is trained on Gaussian twins of the pilot, of as many samples as it takes. Where its own curve can be
 * continued by a rule, the answer is the geometric mean of the two; else it is the twin's, unless the design finds less in the
 * pilot than in its twin.
 */
import { median } from "../../gaussian/simulation";
import { whole } from "../../language/number-text";
import type { Next } from "../study";
import { answered, type SamplesAnswer } from "./answer";
import { boundOf, changeOf, pointOf, pointsOf, reachedAt, type Runs, type Score, type Sized } from "./curve";
import { fallenText, LONGER, notCovered, STEADY, stepsText } from "./measure";
import type { LinkedPair } from "./pair";
import { dataJobs, MOST_VALUES, STEP, twinJobs, type Protocol } from "./plan";
import { reasonOf, RECORDS, type Made } from "./record";
import { searchedCurve } from "./search";
import { fallenFrom, FLAT_STEPS, isBending, isFlat } from "./trend";

/** Sizes of the pilot's own curve, the pilot itself among them. */
const OWN_SIZES = 4;
/** The twin's sizes: from one step below the pilot to this many above it. */
const STEPS_ABOVE = 6;

/** Standard deviations of the linear link: from the first on a line shows it, from the second on without the design too. */
const SHOWN = 4;
const CERTAIN = 6;
/** Standard errors of the design's own bound from which it has found something. */
const FOUND = 2;
/** Pilots that show nothing are at least this many times too small. */
const AT_LEAST = 4;
/** Past this many times the pilot, an estimate is said to reach far. */
const FAR = 8;

/** Of the rule: log(need / n) = START + SLOPE * (growth of the score) + NATS * log(nats). */
const RULE = { start: 1.52, slope: -0.22, nats: -0.15 };
/** Where the twin is too easy, the need is at least its own over this. */
const EASY = 2;
/** A design that shares this many times what it shares on its twin sees more than a line does. */
const BEYOND = { times: 2.5, nats: 0.02 };

interface Pilot {
  protocol: Protocol;
  pair: LinkedPair;
  score: Score;
  /** Its training samples. */
  rows: number;
  level: number;
}

export function predictedNext(pilot: Pilot, runs: Runs): Next<SamplesAnswer> {
  const { protocol, pair, score, rows, level } = pilot;
  const own = ownCurve(pilot, runs);
  const like = runs.of(twinJobs(protocol, pair, rows));
  if (own === undefined || like === undefined) return { ask: runs.missing };
  const of = score.of;
  const stop = (reason: string): Next<SamplesAnswer> => ({ answer: notCovered(of, level, runs, reason) });
  if (like.length === 0) return stop(`A Gaussian twin could not be trained: ${runs.refused}`);
  const { points, bound, best, z: found } = own;
  if (points.length === 0) return stop(`The pilot could not be trained: ${runs.refused}`);
  const linear = like[0]!.facts?.["z"] ?? 0;
  const common = { level, of, seconds: runs.seconds };
  const curve = pointsOf(points);
  const shows = found >= FOUND;
  if (linear < SHOWN && shows)
    return stop(
      "The design finds a link that no line shows, and a prediction rests on lines. Measure it on more samples.",
    );
  if (linear < CERTAIN && !shows) {
    const reason = `Nothing is shared that ${whole(rows)} samples show: neither a linear analysis nor the design finds it. Collect ${whole(AT_LEAST * rows)} and ask again.`;
    const low = AT_LEAST * rows;
    return { answer: answered({ ...common, answer: "at least", low, limitedBy: "data", curve, reason }) };
  }
  const fallen = fallenFrom(points);
  if (fallen !== undefined) return stop(fallenText(fallen, points.at(-1)!));
  const twin = twinCurve(pilot, runs);
  if (twin === undefined) return { ask: runs.missing };
  const end = twin.at(-1)!;
  const longer = runs.of(twinJobs(protocol, pair, end.rows, protocol.seeds.slice(0, LONGER), 2));
  if (longer === undefined) return { ask: runs.missing };
  const complete = { ...common, seconds: runs.seconds, curve: [...curve, ...pointsOf(twin)] };
  const change = changeOf(end.each, pointOf("twin", end.rows, longer, score)?.each ?? end.each);
  if (change > STEADY) {
    const reason = `On ${whole(end.rows)} Gaussian samples that look like the pilot: ${stepsText(change)}`;
    return { answer: answered({ ...complete, answer: "at least", low: rows, limitedBy: "steps", reason }) };
  }
  const twinNeed = reachedAt(twin, level * end.score)!;
  if (end.score <= 0 || twinNeed > end.rows / STEP) {
    const low = Math.round(end.rows / STEP);
    const reason = `On a Gaussian twin of these ${whole(rows)} samples the score has not come to its end at ${whole(end.rows)}, the most that are tried. Collect ${whole(2 * rows)} and ask again.`;
    return { answer: answered({ ...complete, answer: "at least", low, limitedBy: "data", reason }) };
  }
  if (twinNeed <= rows && isFlat(points)) {
    const reason = `The pilot's own score is flat from ${whole(points.at(-FLAT_STEPS - 1)!.rows)} to ${whole(rows)} samples, and a Gaussian twin of it reaches the level with ${whole(rows)} or fewer. To know how few are enough, measure it on parts of the pilot with --measure.`;
    return {
      answer: answered({ ...complete, answer: "at most", need: rows, high: rows, limitedBy: "data", reason }),
    };
  }
  // Of the best seeds: one that fails to start says nothing of how much there is to find.
  const twinBest = Math.max(...like.map((one) => boundOf(one, pair.term)?.value ?? 0));
  const numbered = (need: number, made: Made): Next<SamplesAnswer> => ({
    answer: estimate(pilot, complete, need, { made, change }),
  });
  if ((best + BEYOND.nats) / (twinBest + BEYOND.nats) > BEYOND.times) return numbered(twinNeed, "beyond");
  const grown = shows && !isBending(points) ? grownNeed(points, bound) : undefined;
  if (grown !== undefined) return numbered(Math.sqrt(twinNeed * grown), "both");
  const beside = pointOf("twin", rows, like, score);
  if (beside !== undefined && points.at(-1)!.high < beside.low) {
    const low = Math.max(rows, Math.round(twinNeed / EASY));
    const reason = `At every seed the design finds less in these ${whole(rows)} samples than in a Gaussian twin of them, on which it needs about ${whole(Number(Math.round(twinNeed).toPrecision(2)))}: the data are harder than their twin. Collect ${whole(2 * rows)} and ask again.`;
    return { answer: answered({ ...complete, answer: "at least", low, limitedBy: "data", reason }) };
  }
  return numbered(twinNeed, "twin");
}

function estimate(
  { rows }: Pilot,
  common: Pick<SamplesAnswer, "level" | "of" | "seconds" | "curve">,
  need: number,
  { made, change }: { made: Made; change: number },
): SamplesAnswer {
  const { factor } = RECORDS[made];
  const unstable = change < -STEADY ? ` On the twin: ${stepsText(change)}` : "";
  const far =
    need > FAR * rows
      ? ` The pilot is less than an eighth of it: collect ${whole(2 * rows)} and ask again.`
      : "";
  return answered({
    ...{ ...common, answer: "estimate", limitedBy: "data", reason: `${reasonOf(made)}${unstable}${far}` },
    ...{ need: Math.round(need), low: Math.round(need / factor), high: Math.round(need * factor) },
  });
}

/** The pilot's own curve, with ascending samples; its bound in nats, the best of its seeds, and the standard errors it is above 0. */
function ownCurve(
  { protocol, pair, score, rows }: Pilot,
  runs: Runs,
): { points: Sized[]; bound: number; best: number; z: number } | undefined {
  const sizes = Array.from({ length: OWN_SIZES }, (_, i) => Math.round(rows / STEP ** (OWN_SIZES - 1 - i)));
  const trained = sizes.map((size) => runs.of(dataJobs(protocol, size)));
  if (trained.some((each) => each === undefined)) return undefined;
  const bounds = trained.at(-1)!.flatMap((one) => boundOf(one, pair.term) ?? []);
  return {
    points: sizes.flatMap((size, i) => pointOf("data", size, trained[i]!, score) ?? []),
    bound: bounds.length === 0 ? 0 : median(bounds.map(({ value }) => value)),
    best: Math.max(0, ...bounds.map(({ value }) => value)),
    z: bounds.length === 0 ? 0 : median(bounds.map(({ z }) => z)),
  };
}

/** The need by the growth of the score; undefined where it does not rise. */
function grownNeed(points: readonly Sized[], bound: number): number | undefined {
  const mean = points.reduce((sum, { score }) => sum + score, 0) / points.length;
  const slope = slopeOf(points);
  if (points.length < OWN_SIZES || mean <= 0 || slope <= 0 || bound <= 0) return undefined;
  const { start, slope: each, nats } = RULE;
  return points.at(-1)!.rows * Math.exp(start + (each * slope) / mean + nats * Math.log(bound));
}

/** Of the score on the logarithm of the samples, by least squares. */
function slopeOf(points: readonly Sized[]): number {
  const x = points.map(({ rows }) => Math.log(rows));
  const [meanX, meanY] = [x, points.map(({ score }) => score)].map(
    (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  ) as [number, number];
  const [above, below] = points.reduce(
    ([a, b], { score }, i) => [a + (x[i]! - meanX) * (score - meanY), b + (x[i]! - meanX) ** 2],
    [0, 0],
  );
  return above / below;
}

/** The design's curve on twins: the largest, and by halving those about the level; undefined while some are missing. */
function twinCurve({ protocol, pair, score, rows, level }: Pilot, runs: Runs): Sized[] | undefined {
  const most = MOST_VALUES / (pair.left.size + pair.right.size);
  const sizes = Array.from({ length: STEPS_ABOVE + 2 }, (_, i) => Math.round(rows * STEP ** (i - 1))).filter(
    (size, i) => i < 2 || size <= most,
  );
  return searchedCurve(sizes, 1, level, (size) => {
    const trained = runs.of(twinJobs(protocol, pair, size));
    return trained && pointOf("twin", size, trained, score);
  });
}
