/** Scores of what a probe predicts of a label; each draw is scored by itself, and scores are averaged. */
import type { LabelReading } from "./reading";
import { normalTail, wilson, Z95, type Score } from "./score";

const indexOfLargest = (values: ArrayLike<number>): number => {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
};

/** How often each judged row is named right, over its draws, [rows]. */
function correctness({ truth, predictions, classes }: LabelReading): Float64Array {
  const correct = new Float64Array(truth.length);
  for (const predicted of predictions)
    for (let row = 0; row < correct.length; row++) {
      const scores = predicted.subarray(row * classes, (row + 1) * classes);
      if (indexOfLargest(scores) === truth[row]) correct[row]! += 1 / predictions.length;
    }
  return correct;
}

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

/** The share of the commonest class among all rows, seen and judged. */
const chanceOf = ({ counts }: LabelReading): number =>
  Math.max(...counts) / counts.reduce((sum, count) => sum + count, 0);

/** Accuracy with Wilson's interval; chance is the share of the commonest class. */
export function accuracyOf(reading: LabelReading): Score {
  const value = mean(correctness(reading));
  const [low, high] = wilson(value * reading.effective, reading.effective);
  return { value, low, high, chance: chanceOf(reading) };
}

/** Judged rows by their class and by the class that the probe names, from the first prediction of each. */
export function confusionOf({ truth, predictions, classes }: LabelReading): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let row = 0; row < truth.length; row++)
    counts[truth[row]!]![indexOfLargest(predictions[0]!.subarray(row * classes, (row + 1) * classes))]!++;
  return counts;
}

/** Recall of each class that a judged row has; its chance is the share of the class, were classes named at random. */
export function recallsOf(reading: LabelReading): (Score & { class: number })[] {
  const correct = correctness(reading);
  const all = reading.counts.reduce((sum, count) => sum + count, 0);
  return Array.from(reading.counts.keys()).flatMap((k) => {
    const own = correct.filter((_, row) => reading.truth[row] === k);
    if (own.length === 0) return [];
    const value = mean(own);
    const rows = (own.length * reading.effective) / reading.truth.length;
    const [low, high] = wilson(value * rows, rows);
    return [{ class: k, value, low, high, chance: reading.counts[k]! / all }];
  });
}

/** The mean recall of the classes, each counting alike; chance is one over their number. */
export function balancedAccuracyOf(reading: LabelReading): Score {
  const recalls = recallsOf(reading);
  const value = mean(recalls.map((recall) => recall.value));
  const half = Math.sqrt(recalls.reduce((sum, { low, high }) => sum + ((high - low) / 2) ** 2, 0));
  const width = half / recalls.length;
  return {
    value,
    low: Math.max(0, value - width),
    high: Math.min(1, value + width),
    chance: 1 / recalls.length,
  };
}

/** How surely a class is told from the others, with the probability of as much by chance (Mann and Whitney 1947). */
interface Ranking extends Score {
  class: number;
  p: number;
}

/** Area under the curve of each class against the others: how often one of its rows is ranked above one of another class. */
export function rankingsOf(reading: LabelReading): Ranking[] {
  const { truth, classes, effective } = reading;
  const rows = truth.length;
  return Array.from({ length: classes }, (_, k) => k).flatMap((k) => {
    const own = Array.from(truth).filter((label) => label === k).length;
    if (own === 0 || own === rows) return [];
    const value = mean(reading.predictions.map((predicted) => areaOf(predicted, truth, classes, k)));
    const shrink = rows / effective;
    const spread = Math.sqrt((shrink * (rows + 1)) / (12 * own * (rows - own)));
    const half = Z95 * Math.sqrt(shrink) * spreadOfArea(value, own, rows - own);
    const [low, high] = [Math.max(0, value - half), Math.min(1, value + half)];
    return [{ class: k, value, low, high, chance: 0.5, p: normalTail((value - 0.5) / spread) }];
  });
}

function areaOf(predicted: Float64Array, truth: ArrayLike<number>, classes: number, k: number): number {
  const order = Array.from(truth, (label, row) => ({
    own: label === k,
    score: predicted[row * classes + k]!,
  }));
  order.sort((a, b) => a.score - b.score);
  let ranks = 0;
  let own = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && order[end]!.score === order[start]!.score) end++;
    // Equal scores share their ranks.
    for (let i = start; i < end; i++) if (order[i]!.own) ranks += (start + end + 1) / 2;
    start = end;
  }
  for (const { own: isOwn } of order) if (isOwn) own++;
  return (ranks - (own * (own + 1)) / 2) / (own * (order.length - own));
}

/** Standard error of an area: Hanley and McNeil 1982, "The meaning and use of the area under a ROC curve", equation 2. */
function spreadOfArea(area: number, own: number, others: number): number {
  const q1 = area / (2 - area);
  const q2 = (2 * area ** 2) / (1 + area);
  const variance = area * (1 - area) + (own - 1) * (q1 - area ** 2) + (others - 1) * (q2 - area ** 2);
  return Math.sqrt(Math.max(0, variance) / (own * others));
}

/**
 * The probability that a code that carries nothing of the label is read this well: by the accuracy beyond that of naming
 * the commonest class, on the same rows (the interval of Agresti and Min 2005, "Simple improved confidence intervals for
 * comparing matched proportions"), and by the class that is ranked best, which sees a rare class that no accuracy shows.
 */
export function labelChance(reading: LabelReading): number {
  const { truth, effective, classes } = reading;
  const rows = truth.length;
  const common = indexOfLargest(reading.counts);
  const gains = correctness(reading).map((correct, row) => correct - (truth[row] === common ? 1 : 0));
  const gain = gains.reduce((sum, one) => sum + one, 0) / (rows + 2);
  const square = (gains.reduce((sum, one) => sum + one ** 2, 0) + 1) / (rows + 2);
  const spread = Math.sqrt((square - gain ** 2) / (effective + 2));
  const rankings = rankingsOf(reading);
  const tests = classes === 2 ? 1 : rankings.length;
  const ranked = Math.min(1, ...rankings.map(({ p }) => tests * p));
  return Math.min(1, 2 * Math.min(normalTail(gain / spread), ranked));
}
