/** Joint probabilities of two discrete variables, and the best codes of them. */
import { RandomStream } from "../../core/random";

/** p(x, y), or q(t | x): rows of the first variable. */
export type Table = readonly (readonly number[])[];

const sum = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0);

export const firstOf = (table: Table): number[] => table.map(sum);
export const secondOf = (table: Table): number[] => table[0]!.map((_, j) => sum(table.map((row) => row[j]!)));
export const swapped = (table: Table): Table => table[0]!.map((_, j) => table.map((row) => row[j]!));

/** -sum of p log p, nats. */
export const entropy = (p: readonly number[]): number => -sum(p.map((x) => (x > 0 ? x * Math.log(x) : 0)));

export const informationIn = (table: Table): number =>
  entropy(firstOf(table)) + entropy(secondOf(table)) - entropy(table.flat());

/** p(x, t) of a code q(t | x). */
export const paidBy = (table: Table, code: Table): Table =>
  firstOf(table).map((p, i) => code[i]!.map((q) => p * q));

/** p(t, y) of a code q(t | x). */
export const keptBy = (table: Table, code: Table): Table =>
  code[0]!.map((_, t) => table[0]!.map((_, y) => sum(table.map((row, x) => row[y]! * code[x]![t]!))));

/** I(X; T) - beta I(T; Y). */
export const lagrangian = (table: Table, code: Table, beta: number): number =>
  informationIn(paidBy(table, code)) - beta * informationIn(keptBy(table, code));

/**
 * One round of q(t | x) ~ q(t) exp(-beta KL(p(y | x), q(y | t))), which never raises the Lagrangian. Tishby, Pereira, Bialek 1999,
 * "The information bottleneck method", theorem 5.
 */
export function improved(table: Table, code: Table, beta: number): Table {
  const kept = keptBy(table, code);
  const weights = firstOf(kept);
  return table.map((row) => {
    const p = sum(row);
    const logits = kept.map((joint, t) => {
      if (weights[t] === 0) return -Infinity;
      const divergence = sum(
        row.map((x, y) => (x > 0 ? (x / p) * Math.log(x / p / (joint[y]! / weights[t]!)) : 0)),
      );
      return Math.log(weights[t]!) - beta * divergence;
    });
    const largest = Math.max(...logits);
    const scaled = logits.map((logit) => Math.exp(logit - largest));
    return scaled.map((value) => value / sum(scaled));
  });
}

/** A code of so many values, near nothing or anywhere. */
export function randomCode(inputs: number, values: number, seed: number, spread = 1): Table {
  const random = new RandomStream(seed, "code", 0);
  return Array.from({ length: inputs }, () => {
    const row = Array.from({ length: values }, () => Math.exp(spread * random.normal()));
    return row.map((x) => x / sum(row));
  });
}

export function settled(table: Table, start: Table, beta: number, rounds = 2000): Table {
  let code = start;
  for (let round = 0; round < rounds; round++) {
    const next = improved(table, code, beta);
    const moved = Math.max(...next.flatMap((row, x) => row.map((q, t) => Math.abs(q - code[x]![t]!))));
    code = next;
    if (moved < 1e-12) break;
  }
  return code;
}

/** Where each of several random starts ends: the problem is not convex, and the best is what counts. */
export const endings = (table: Table, beta: number, values: number, starts: number): Table[] =>
  Array.from({ length: starts }, (_, seed) =>
    settled(table, randomCode(table.length, values, seed, 2), beta),
  );

/** Rows drawn from a table, the same for the same batch. */
export function drawPairs(table: Table, rows: number, batch: number): [x: number[], y: number[]] {
  const random = new RandomStream(3, "pairs", batch);
  const cells = table.flatMap((row, x) => row.map((p, y) => ({ x, y, p })));
  const drawn = Array.from({ length: rows }, () => {
    let left = random.uniform();
    return cells.find(({ p }) => (left -= p) < 0) ?? cells.at(-1)!;
  });
  return [drawn.map(({ x }) => x), drawn.map(({ y }) => y)];
}

export const oneHot = (values: readonly number[], classes: number): number[] =>
  values.flatMap((value) => Array.from({ length: classes }, (_, i) => (i === value ? 1 : 0)));
