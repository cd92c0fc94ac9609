/**
 * What is true of a training of the bank: how well a linear probe ranks the rows with the rare feature before the others, by
 * draws of all codes together. It knows which rows these are, and has nothing in common with what is to find them.
 */
import { drawRare } from "../../../../core/data/rare";
import { logistic } from "../../../../core/train/probes/linear";
import type { CodedRows } from "../../../../core/train/measurements/coded-rows";
import type { Plain } from "./bank";

/** Whether each of these rows has the rare feature. */
export function rareAt({ seed, share }: Plain, rows: Int32Array): Uint8Array {
  const rare = drawRare(seed, Math.max(...rows) + 1, share);
  return Uint8Array.from(rows, (row) => rare[row]!);
}

/**
 * The probability that a row with the feature is ranked before one without, among the held-out rows (0.5: by chance).
 * @param coded of training rows and of held-out ones
 */
export function rankingOf(plain: Plain, { seen, judged }: { seen: CodedRows; judged: CodedRows }): number {
  const fit = logistic(2)(joined(seen), rareAt(plain, seen.rows));
  const rows = judged.rows.length;
  const scores = fit(joined(judged), rows);
  const rare = rareAt(plain, judged.rows);
  const order = Array.from(rare.keys()).sort((a, b) => scores[2 * a + 1]! - scores[2 * b + 1]!);
  const with_ = rare.reduce((sum, one) => sum + one, 0);
  // Mann and Whitney: the sum of the ranks of those with the feature, from 0.
  const ranks = order.reduce((sum, row, rank) => sum + (rare[row] === 1 ? rank : 0), 0);
  return (ranks - (with_ * (with_ - 1)) / 2) / (with_ * (rows - with_));
}

/** The first draws of all codes side by side, [rows, width]. */
function joined({ draws, rows: { length } }: CodedRows): Float64Array {
  const all = Object.values(draws[0]!).map((values) => ({ values, own: values.length / length }));
  const width = all.reduce((sum, { own }) => sum + own, 0);
  const out = new Float64Array(length * width);
  let at = 0;
  for (const { values, own } of all) {
    values.forEach((value, i) => (out[Math.floor(i / own) * width + at + (i % own)] = value));
    at += own;
  }
  return out;
}
