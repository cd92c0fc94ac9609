/** The directions in which rows vary most: principal component analysis. */
import { normal } from "../../random";

/** Directions that are iterated together; more than the two that are wanted, so that they are found soon. */
const BLOCK = 10;
const ITERATIONS = 24;
/** Turns after which a symmetric matrix of this size is diagonal. */
const SWEEPS = 12;

interface Plane {
  /** Unit vectors [width], the direction of the largest variance first; one alone where a row is one number. */
  axes: Float64Array[];
  /** The share of the variance of all coordinates along each; 0 where nothing varies. */
  shares: number[];
  /** Where each row is along each axis, from the mean of the rows. */
  places: Float64Array[];
}

/**
 * The two principal axes of `values` [rows, width], by subspace iteration (Halko, Martinsson, Tropp 2011, "Finding
 * Structure with Randomness", algorithm 4.4) and the exact axes of the subspace.
 * @param before axes found earlier: each new one points to the same side as its own, so that a picture is not mirrored
 */
export function principalPlane(
  values: ArrayLike<number>,
  rows: number,
  before: readonly Float64Array[] = [],
): Plane {
  const width = values.length / rows;
  const centred = centredOf(values, rows, width);
  let total = 0;
  for (const value of centred) total += value ** 2;
  let basis = orthonormal(startOf(width));
  for (let i = 0; i < ITERATIONS && total > 0; i++)
    basis = orthonormal(basis.map((axis) => backOf(centred, width, placesOf(centred, width, axis))));
  const projected = basis.map((axis) => placesOf(centred, width, axis));
  const { vectors, variances } = eigenOf(projected.map((a) => projected.map((b) => dot(a, b))));
  const axes = vectors.slice(0, 2).map((weights, i) => pointed(combined(basis, weights), before[i]));
  return {
    axes,
    shares: axes.map((_, i) => (total > 0 ? Math.max(0, variances[i]!) / total : 0)),
    places: axes.map((axis) => placesOf(centred, width, axis)),
  };
}

function centredOf(values: ArrayLike<number>, rows: number, width: number): Float64Array {
  const means = new Float64Array(width);
  for (let i = 0; i < values.length; i++) means[i % width]! += values[i]! / rows;
  return Float64Array.from(values, (value, i) => value - means[i % width]!);
}

function startOf(width: number): Float64Array[] {
  const count = Math.min(width, BLOCK);
  const drawn = new Float32Array(count * width);
  normal(0, "principal", 0, drawn);
  return Array.from({ length: count }, (_, i) =>
    Float64Array.from(drawn.subarray(i * width, (i + 1) * width)),
  );
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/** Where rows are along an axis. */
function placesOf(rows: Float64Array, width: number, axis: Float64Array): Float64Array {
  const out = new Float64Array(rows.length / width);
  for (let i = 0; i < rows.length; i++) out[(i - (i % width)) / width]! += rows[i]! * axis[i % width]!;
  return out;
}

/** The sum of the rows, each times its place. */
function backOf(rows: Float64Array, width: number, places: Float64Array): Float64Array {
  const out = new Float64Array(width);
  for (let i = 0; i < rows.length; i++) out[i % width]! += rows[i]! * places[(i - (i % width)) / width]!;
  return out;
}

/** Gram-Schmidt, twice for what rounding leaves; a direction that the others span becomes zero. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const found: Float64Array[] = [];
  for (const vector of vectors) {
    const own = vector.slice();
    const length = Math.sqrt(dot(own, own));
    for (let turn = 0; turn < 2; turn++)
      for (const other of found) {
        const share = dot(own, other);
        for (let i = 0; i < own.length; i++) own[i]! -= share * other[i]!;
      }
    const left = Math.sqrt(dot(own, own));
    found.push(left > 1e-10 * length ? own.map((value) => value / left) : own.fill(0));
  }
  return found;
}

const combined = (basis: readonly Float64Array[], weights: readonly number[]): Float64Array =>
  basis[0]!.map((_, j) => basis.reduce((sum, axis, i) => sum + weights[i]! * axis[j]!, 0));

/** The axis or its opposite: to the side of an earlier one, else with its largest part positive. */
function pointed(axis: Float64Array, before: Float64Array | undefined): Float64Array {
  const largest = axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  const side = before?.length === axis.length ? dot(axis, before) : largest;
  return side < 0 ? axis.map((value) => -value) : axis;
}

/** Eigenvectors of a small symmetric matrix, largest eigenvalue first, by Jacobi's rotations. */
function eigenOf(matrix: readonly (readonly number[])[]): { vectors: number[][]; variances: number[] } {
  const size = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v: number[][] = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (let p = 0; p < size; p++)
      for (let q = p + 1; q < size; q++) {
        if (a[p]![q] === 0) continue;
        const angle = 0.5 * Math.atan2(2 * a[p]![q]!, a[q]![q]! - a[p]![p]!);
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (let k = 0; k < size; k++) {
          const [x, y] = [a[k]![p]!, a[k]![q]!];
          [a[k]![p], a[k]![q]] = [c * x - s * y, s * x + c * y];
        }
        for (let k = 0; k < size; k++) {
          const [x, y] = [a[p]![k]!, a[q]![k]!];
          [a[p]![k], a[q]![k]] = [c * x - s * y, s * x + c * y];
          const [m, n] = [v[k]![p]!, v[k]![q]!];
          [v[k]![p], v[k]![q]] = [c * m - s * n, s * m + c * n];
        }
      }
  const order = a.map((_, i) => i).sort((i, j) => a[j]![j]! - a[i]![i]!);
  return {
    vectors: order.map((i) => v.map((row) => row[i]!)),
    variances: order.map((i) => a[i]![i]!),
  };
}
