/**
 * Groups of rows that are left behind. A group is found without its rows' classes: rows that are expected to lose at least so
 * many nats, all of them, or those of which the streams report one class, or which have one value of a known factor. Then
 * their classes decide whether it is one.
 */
import { wilson } from "../probes/score";
import { holm } from "../verdicts";
import type { Losses } from "./losses";
import type { Question } from "./questions";

/** How the streams and the codes name the classes of a group. */
interface Comparison {
  accuracyByStreams: number;
  accuracyByCodes: number;
  /** Upper 95 % limit of that by codes. */
  mostByCodes: number;
  /** 95 % interval of the difference. */
  low: number;
  high: number;
  /** Probability of so many rows that the streams alone name right, against those that the codes alone do, by luck. */
  luck: number;
}

/** Rows of a question that lose alike. */
export interface Group extends Comparison {
  /** Their places among the held-out rows, those that lose most first. */
  places: number[];
  /** Probability, at most, of such losses where the codes' own probabilities are right; corrected for all that was looked at. */
  chance: number;
}

/** Nats that the rows of a group are expected to lose at least. */
const EXPECTED = [0.35, 0.7, 1.4, 2.8];
/** Most probability of a group where there is none, over all that is looked at. */
const RISK = 0.01;
const LUCK = 0.01;
/** Least lower limit of the difference of the two accuracies in a group. */
const LEAST = 1 / 3;
/**
 * Upper limit of the accuracy by codes in a group. Of a row near a border, every second draw of its code lies on the right side; what
 * codes lack is wrong more often.
 */
const MOST_BY_CODES = 1 / 2;
/** Least accuracy by codes among all other rows, as a share of that by streams: else the codes lack the factor as a whole. */
const ELSEWHERE = 0.85;
/** Fewer rows are no group, nor are more than this share of all. */
const FEWEST_ROWS = 5;
const MOST_SHARE = 0.15;
const MOST_GROUPS = 3;
/** Of groups whose least difference is nearly the largest, the one with most rows is taken. */
const NEAR = 0.05;

/**
 * Groups of a question, the one with the surest difference of accuracies first.
 * @param kind of the question: of a number, the quarter next to the true one is right too. Which of two quarters codes report of a
 * value near their border is chance, and such rows have nothing in common.
 */
export function groupsOf(losses: Losses, factors: readonly Question[], kind: Question["kind"]): Group[] {
  const compared = (places: readonly number[]): Comparison =>
    comparisonOf(losses, places, kind === "scalar" ? 1 : 0);
  const found: Group[] = [];
  const left = new Set(losses.rows.keys());
  while (found.length < MOST_GROUPS) {
    const candidates = candidatesOf(losses, factors, left);
    // The ratio of two probabilities of the same classes is at least e^t with probability e^-t at most, where that below
    // the line is right (Markov's inequality).
    const chances = holm(candidates.map((places) => Math.min(1, Math.exp(-sumOf(losses.found, places)))));
    const sure = candidates
      .map((places, i) => ({ places, chance: chances[i]!, ...compared(places) }))
      .filter((one) => one.chance <= RISK && one.luck <= LUCK && standsOut(one, left, compared));
    if (sure.length === 0) break;
    const surest = Math.max(...sure.map(({ low }) => low));
    const best = sure
      .filter(({ low }) => low >= surest - NEAR)
      .reduce((a, b) => (b.places.length > a.places.length ? b : a));
    found.push({ ...best, places: best.places.toSorted((a, b) => losses.found[b]! - losses.found[a]!) });
    for (const place of best.places) left.delete(place);
  }
  return found;
}

/** Every group that could be one. */
function candidatesOf(
  { rows, expected, byStreams }: Losses,
  factors: readonly Question[],
  left: ReadonlySet<number>,
): number[][] {
  const parts = [
    () => 0,
    (i: number) => byStreams[i]!,
    ...factors.map(
      ({ labels }) =>
        (i: number) =>
          labels[rows[i]!]!,
    ),
  ];
  return EXPECTED.flatMap((least) => {
    const suspect = [...left].filter((i) => expected[i]! >= least);
    return parts.flatMap((part) => split(suspect, part));
  }).filter(({ length }) => length >= FEWEST_ROWS && length <= MOST_SHARE * rows.length);
}

function split(places: readonly number[], part: (place: number) => number): number[][] {
  const parts = new Map<number, number[]>();
  for (const place of places) {
    const key = part(place);
    const own = parts.get(key);
    if (own) own.push(place);
    else parts.set(key, [place]);
  }
  return [...parts.values()];
}

/** Whether its rows lose more than the others do: else nobody in particular is left behind. */
function standsOut(
  group: { places: readonly number[] } & Comparison,
  left: ReadonlySet<number>,
  compared: (places: readonly number[]) => Comparison,
): boolean {
  const own = new Set(group.places);
  const others = compared([...left].filter((place) => !own.has(place)));
  return (
    group.low >= LEAST &&
    group.mostByCodes < MOST_BY_CODES &&
    others.accuracyByCodes >= ELSEWHERE * others.accuracyByStreams
  );
}

/** @param farthest a class that is counted as right may be from the true one */
function comparisonOf(
  { byStreams, byCodes, truth }: Losses,
  places: readonly number[],
  farthest: number,
): Comparison {
  const { length } = places;
  const count = (of: (i: number) => boolean): number => places.filter(of).length;
  const right = (named: Int32Array, i: number): boolean => Math.abs(named[i]! - truth[i]!) <= farthest;
  const streams = count((i) => right(byStreams, i));
  const codes = count((i) => right(byCodes, i));
  const both = count((i) => right(byStreams, i) && right(byCodes, i));
  // Newcombe 1998, "Improved confidence intervals for the difference between binomial proportions", method 10 without
  // correlation, which is wider where rows are named alike.
  const [s, c] = [streams / length, codes / length];
  const [[lowS, highS], [lowC, highC]] = [wilson(streams, length), wilson(codes, length)];
  return {
    accuracyByStreams: s,
    accuracyByCodes: c,
    mostByCodes: highC,
    low: s - c - Math.hypot(s - lowS, highC - c),
    high: s - c + Math.hypot(highS - s, c - lowC),
    luck: signTest(streams - both, codes - both),
  };
}

/** The probability of at least `more` heads in `more + fewer` tosses of a fair coin. */
function signTest(more: number, fewer: number): number {
  const tosses = more + fewer;
  let chance = 0;
  let ways = 0.5 ** tosses;
  for (let heads = tosses; heads >= more; heads--) {
    chance += ways;
    ways *= heads / (tosses - heads + 1);
  }
  return chance;
}

const sumOf = (values: Float64Array, places: readonly number[]): number =>
  places.reduce((sum, i) => sum + values[i]!, 0);
