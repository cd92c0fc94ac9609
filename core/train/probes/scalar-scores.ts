/** Scores of what a probe predicts of a number; each draw is scored by itself, and scores are averaged. */
import { mean } from "./ridge";
import type { ScalarReading } from "./reading";
import { normalTail, Z95, type Score } from "./score";

/**
 * R^2 about the judged rows' mean (below 0 when worse than it) with an interval from its influence function; chance is 0.
 * A number that does not vary has R^2 0.
 */
export function r2Of(reading: ScalarReading): Score {
  const { value, spread } = explained(reading);
  return { value, low: value - Z95 * spread, high: Math.min(1, value + Z95 * spread), chance: 0 };
}

/** The probability that a code that carries nothing of the number is read this well. */
export function scalarChance(reading: ScalarReading): number {
  const { value, spread } = explained(reading);
  return spread === 0 ? (value > 0 ? 0 : 1) : normalTail(value / spread);
}

function explained({ truth, predictions, effective }: ScalarReading): { value: number; spread: number } {
  const center = mean(truth);
  const deviations = Float64Array.from(truth, (value) => (value - center) ** 2);
  const errors = Float64Array.from(
    truth,
    (value, row) =>
      predictions.reduce((sum, predicted) => sum + (value - predicted[row]!) ** 2, 0) / predictions.length,
  );
  const variance = mean(deviations);
  if (variance === 0) return { value: 0, spread: 0 };
  const unexplained = mean(errors) / variance;
  // A ratio of means moves with sample i by (error_i - unexplained * deviation_i) / variance.
  const influence = errors.map((error, i) => ((error - unexplained * deviations[i]!) / variance) ** 2);
  return { value: 1 - unexplained, spread: Math.sqrt(mean(influence) / effective) };
}
