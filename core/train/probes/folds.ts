import { RandomStream } from "../../random";

/**
 * The fold of each row, from 0, such that every fold has its share of each class; of numbers, of each part of their range.
 * @param repeat number of the division: each is another one
 */
export function stratifiedFolds(truth: ArrayLike<number>, folds: number, repeat: number): Int32Array {
  const draws = new RandomStream(0, "folds of a probe", repeat);
  const order = Array.from(truth, (value, row) => ({ value, row, at: draws.word() }));
  order.sort((a, b) => a.value - b.value || a.at - b.at);
  const result = new Int32Array(truth.length);
  // Runs of as many neighbours as there are folds are dealt out in an order of their own.
  for (let start = 0; start < order.length; start += folds) {
    const dealt = Array.from({ length: folds }, (_, fold) => ({ fold, at: draws.word() }));
    dealt.sort((a, b) => a.at - b.at);
    order.slice(start, start + folds).forEach(({ row }, i) => (result[row] = dealt[i]!.fold));
  }
  return result;
}
