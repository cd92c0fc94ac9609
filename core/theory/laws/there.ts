/** Joining what only some rows have. `there`: 1 on rows that have it, else 0, [N, 1]; absent where all have it. */
import { add, concat, constant, div, mul, reduce, sub, unary, type Expr } from "../../program/expression";

/** Far above any standard normal draw. */
const BEYOND = 1e6;

interface Partly {
  value: Expr;
  there?: Expr | undefined;
}

export const total = (values: readonly Expr[]): Expr => values.reduce((sum, value) => add(sum, value));

/** 1 on rows that have none of several; undefined where all rows have one of them. */
export function noneThere(there: readonly (Expr | undefined)[]): Expr | undefined {
  const absent = there.flatMap((each) => (each ? [sub(1, each)] : []));
  return absent.length < there.length ? undefined : absent.reduce((product, each) => mul(product, each));
}

/** x where it is there, else 0. */
export const whereThere = ({ value, there }: Partly): Expr => (there ? mul(there, value) : value);

/** The mean over what a row has; 0 where it has nothing. */
export function meanOfThere(parts: readonly Partly[]): Expr {
  const sum = total(parts.map(whereThere));
  const there = parts.map((part) => part.there);
  if (there.every((each) => each === undefined)) return div(sum, parts.length);
  const none = noneThere(there);
  const count = total(there.map((each) => each ?? constant(1)));
  return div(sum, none ? add(count, none) : count);
}

/** One-hot rows, [N, k]: of what a row has, that with the largest draw. @param draws [N, k] */
export function drawnThere(draws: Expr, there: readonly (Expr | undefined)[]): Expr {
  const handicaps = there.map((each) => (each ? mul(BEYOND, sub(each, 1)) : constant(0, ["N", 1])));
  const scores = add(draws, concat(handicaps));
  return sub(1, unary("step", sub(reduce("max", scores, 1, true), scores)));
}
