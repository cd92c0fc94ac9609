/**
 * Whether a few rows lie beyond a gap. In a tail that only falls there are at least as many rows in an interval as in the one
 * of the same width beyond it; so where there are far fewer, the rows beyond are a group of their own.
 */

/** Two intervals of one width: [from, from + width) has hardly a row, and the next one has many. */
export interface Gap {
  from: number;
  width: number;
  /** Probability of so few before so many where the tail falls, of these rows. */
  luck: number;
}

/** Widths that are tried, and how far apart the intervals begin, in standard deviations. */
const WIDTHS = [0.5, 0.75, 1, 1.5, 2, 3];
const STEP = 0.125;
/** Share of the rows that is never beyond a gap, and of those that are beyond it, the least and the most. */
const BULK = 0.7;
const LEAST_SHARE = 0.005;
const MOST_SHARE = 0.15;
/** Rows within a gap, at most, for each row of the interval beyond it. */
const WITHIN = 0.25;

/** The surest gap in the upper tail of places of unit variance; undefined where there is none. */
export function gapOf(places: Float64Array): Gap | undefined {
  const sorted = places.toSorted();
  const { length } = sorted;
  let best: Gap | undefined;
  for (const width of WIDTHS)
    for (let from = sorted[Math.floor(BULK * length)]!; from + width < sorted[length - 1]!; from += STEP) {
      const gap = judged({ from, width }, sorted);
      if (gap && (best === undefined || gap.luck <= best.luck)) best = gap;
    }
  return best;
}

/** The same gap among other rows; undefined where these have none. @param sorted ascending */
export function judged({ from, width }: Omit<Gap, "luck">, sorted: Float64Array): Gap | undefined {
  const [start, end, after] = [from, from + width, from + 2 * width].map((place) => below(sorted, place));
  const [within, next, beyond] = [end! - start!, after! - end!, sorted.length - end!];
  const share = beyond / sorted.length;
  return share < LEAST_SHARE || share > MOST_SHARE || within > WITHIN * next
    ? undefined
    : { from, width, luck: atMost(within, within + next) };
}

/** Rows beyond a gap, those farthest first. */
export const beyond = ({ from, width }: Gap, places: Float64Array): number[] =>
  [...places.keys()].filter((i) => places[i]! >= from + width / 2).sort((a, b) => places[b]! - places[a]!);

/** How many of ascending numbers are below a place. */
function below(sorted: Float64Array, place: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The probability of at most so many heads in tosses of a fair coin. */
function atMost(heads: number, tosses: number): number {
  let ways = 0;
  let chance = 0;
  for (let k = 0; k <= heads; k++) {
    chance += Math.exp(ways - tosses * Math.LN2);
    ways += Math.log((tosses - k) / (k + 1));
  }
  return chance;
}
