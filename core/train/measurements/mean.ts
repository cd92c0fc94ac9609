import { Z95 } from "../probes/score";

/** The mean of rows with its 95 % interval. */
export function meanOf(rows: ArrayLike<number>): { value: number; low: number; high: number } {
  const values = Array.from(rows);
  const value = values.reduce((sum, one) => sum + one, 0) / values.length;
  const square = values.reduce((sum, one) => sum + (one - value) ** 2, 0);
  const half = values.length > 1 ? Z95 * Math.sqrt(square / (values.length - 1) / values.length) : Infinity;
  return { value, low: value - half, high: value + half };
}
