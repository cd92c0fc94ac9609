/** Canonical correlation analysis with a ridge, from covariances. */
import { RandomStream } from "../random";
import { cholesky, solveLower, solveUpper } from "./cholesky";
import type { Covariances } from "./population";

/** Ridges that are tried, as multiples of the mean variance of a value. */
export const RIDGES = [0.001, 0.03, 0.3, 3] as const;

/** Pairs of directions, the most correlated first: rows [k, p] and [k, q]. */
export interface Directions {
  a: Float64Array;
  b: Float64Array;
}

const SPARE = 3;
const MOST_ROUNDS = 40;
/** Relative change of the correlations from one round to the next at which they are taken. */
const PRECISION = 5e-4;

/** @param ridge as a multiple of the mean variance of a view's values */
export function canonicalDirections(covariances: Covariances, k: number, ridge: number): Directions {
  const { p, q, xy } = covariances;
  const left = cholesky(ridged(covariances.xx, p, ridge), p);
  const right = cholesky(ridged(covariances.yy, q, ridge), q);
  // Singular vectors of Lx^-1 Sxy Ly^-T by subspace iteration, from the side of y.
  const link = whitenedLink(xy, left, right);
  const block = Math.min(k + SPARE, p, q);
  const there = (b: Float64Array): Float64Array => {
    const a = new Float64Array(p);
    for (let i = 0; i < p; i++) {
      let sum = 0;
      for (let j = 0; j < q; j++) sum += link[i * q + j]! * b[j]!;
      a[i] = sum;
    }
    return a;
  };
  const back = (a: Float64Array): Float64Array => {
    const b = new Float64Array(q);
    for (let i = 0; i < p; i++) {
      const value = a[i]!;
      for (let j = 0; j < q; j++) b[j]! += link[i * q + j]! * value;
    }
    return b;
  };
  const draws = new RandomStream(1, "start of canonical directions", 0);
  let vectors: Float64Array[] = Array.from({ length: block }, () =>
    Float64Array.from({ length: q }, () => draws.normal()),
  );
  let [known, images]: [number, Float64Array[]] = [-1, []];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    orthonormalise(vectors);
    images = vectors.map(there);
    const { values, rotation } = eigen(images.map((one) => images.map((other) => dot(one, other))));
    vectors = rotated(vectors, rotation);
    images = rotated(images, rotation);
    const total = values.slice(0, k).reduce((sum, value) => sum + value, 0);
    const settled = Math.abs(total - known) <= PRECISION * total;
    known = total;
    if (settled || round === MOST_ROUNDS - 1) break;
    vectors = images.map(back);
  }
  const [a, b] = [new Float64Array(k * p), new Float64Array(k * q)];
  for (let i = 0; i < k; i++) {
    const [one, other] = [images[i]!, vectors[i]!];
    solveUpper(left, p, one, 0);
    solveUpper(right, q, other, 0);
    a.set(one, i * p);
    b.set(other, i * q);
  }
  return { a, b };
}

/** Lx^-1 Sxy Ly^-T, [p, q]. */
function whitenedLink(xy: Float64Array, left: Float64Array, right: Float64Array): Float64Array {
  const [p, q] = [Math.sqrt(left.length), Math.sqrt(right.length)];
  const link = xy.slice();
  for (let i = 0; i < p; i++) {
    for (let k = 0; k < i; k++) {
      const weight = left[i * p + k]!;
      for (let j = 0; j < q; j++) link[i * q + j]! -= weight * link[k * q + j]!;
    }
    for (let j = 0; j < q; j++) link[i * q + j]! /= left[i * p + i]!;
  }
  for (let i = 0; i < p; i++) solveLower(right, q, link, i * q);
  return link;
}

function ridged(matrix: Float64Array, n: number, ridge: number): Float64Array {
  const out = matrix.slice();
  let trace = 0;
  for (let i = 0; i < n; i++) trace += matrix[i * n + i]!;
  for (let i = 0; i < n; i++) out[i * n + i]! += (ridge * trace) / n;
  return out;
}

/** The correlation of each pair of directions under these covariances. */
export function correlationsUnder({ p, q, xx, yy, xy }: Covariances, { a, b }: Directions): number[] {
  return Array.from({ length: a.length / p }, (_, i) => {
    const [left, right] = [a.subarray(i * p, (i + 1) * p), b.subarray(i * q, (i + 1) * q)];
    const size = Math.sqrt(form(left, xx, left) * form(right, yy, right));
    return size > 0 ? form(left, xy, right) / size : 0;
  });
}

/** left^T M right. */
function form(left: Float64Array, matrix: Float64Array, right: Float64Array): number {
  const columns = right.length;
  let total = 0;
  for (let i = 0; i < left.length; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += matrix[i * columns + j]! * right[j]!;
    total += left[i]! * sum;
  }
  return total;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Makes vectors orthonormal in place, by Gram and Schmidt, twice over for precision. */
export function orthonormalise(vectors: readonly Float64Array[]): void {
  vectors.forEach((vector, i) => {
    for (let pass = 0; pass < 2; pass++)
      for (const known of vectors.slice(0, i)) {
        const along = dot(vector, known);
        for (let j = 0; j < vector.length; j++) vector[j]! -= along * known[j]!;
      }
    const length = Math.sqrt(dot(vector, vector)) || 1;
    for (let j = 0; j < vector.length; j++) vector[j]! /= length;
  });
}

const rotated = (vectors: readonly Float64Array[], rotation: readonly number[][]): Float64Array[] =>
  rotation.map((row) => {
    const out = new Float64Array(vectors[0]!.length);
    row.forEach((weight, i) => {
      for (let j = 0; j < out.length; j++) out[j]! += weight * vectors[i]![j]!;
    });
    return out;
  });

/** Eigenvalues of a small symmetric matrix, largest first, and their vectors as rows, by Jacobi's rotations. */
function eigen(matrix: readonly number[][]): { values: number[]; rotation: number[][] } {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const vectors = a.map((_, i) => a.map((_, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 30; sweep++) {
    let off = 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) off += a[i]![j]! ** 2;
    if (off < 1e-22 * a.reduce((sum, row, i) => sum + row[i]! ** 2, 1e-300)) break;
    for (let i = 0; i < n; i++)
      for (let j = i + 1; j < n; j++) {
        if (a[i]![j] === 0) continue;
        const turn = 0.5 * Math.atan2(2 * a[i]![j]!, a[i]![i]! - a[j]![j]!);
        const [c, s] = [Math.cos(turn), Math.sin(turn)];
        for (const row of a) [row[i], row[j]] = [c * row[i]! + s * row[j]!, c * row[j]! - s * row[i]!];
        for (const table of [a, vectors]) {
          const [one, other] = [table[i]!, table[j]!];
          table[i] = one.map((value, m) => c * value + s * other[m]!);
          table[j] = other.map((value, m) => c * value - s * one[m]!);
        }
      }
  }
  const order = a.map((row, i) => [row[i]!, i] as const).sort(([one], [other]) => other - one);
  return { values: order.map(([value]) => value), rotation: order.map(([, i]) => vectors[i]!) };
}
