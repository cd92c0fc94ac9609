/** Triangular matrices of programs, in float64. */
import type { TriangularFunction } from "./program";

/** Row-major [size, size] in and out; see `Operation`. */
export const triangularNumbers: Record<
  TriangularFunction,
  (x: ArrayLike<number>, size: number) => Float64Array
> = { whitener, lower };

/** Cholesky's factor row by row, then its inverse in the same place. */
function whitener(x: ArrayLike<number>, size: number): Float64Array {
  const w = new Float64Array(size * size);
  const at = (row: number, column: number): number => w[row * size + column]!;
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let rest = x[i * size + j]!;
      for (let k = 0; k < j; k++) rest -= at(i, k) * at(j, k);
      w[i * size + j] = i === j ? Math.sqrt(rest) : rest / at(j, j);
    }
  for (let i = 0; i < size; i++) {
    const pivot = 1 / at(i, i);
    for (let j = 0; j < i; j++) {
      let total = 0;
      for (let k = j; k < i; k++) total += at(i, k) * at(k, j);
      w[i * size + j] = -pivot * total;
    }
    w[i * size + i] = pivot;
  }
  return w;
}

function lower(x: ArrayLike<number>, size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [row, column] = [Math.floor(at / size), at % size];
    return column > row ? 0 : column === row ? x[at]! / 2 : x[at]!;
  });
}
