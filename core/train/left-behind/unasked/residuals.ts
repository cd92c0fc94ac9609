/** What no code accounts for: the values of a stream less what a ridge regression on the codes predicts of them. */
import { cholesky, gram, solveCholesky } from "../../../gaussian/cholesky";
import { copyRows } from "../../../data/rows";
import { permutation } from "../../../random";
import type { Slices } from "../../clock";
import type { DataStream } from "../../prepare";
import { add, dot, eachRow, type Matrix } from "./matrix";

/** Most columns that are looked at: of a wider stream, so many at random. */
const MOST_COLUMNS = 1200;
const PENALTY = 1e-3;
/** Rows of others that are looked at together. */
const PIECE = 256;

/** Residuals of a stream: column by column, each divided by its standard deviation over the rows fitted. */
interface Residuals {
  /** Those of the rows fitted. */
  seen: Matrix;
  /** Where other rows are along directions of these residuals, [directions][rows]. @param features of the rows */
  along(
    directions: readonly Float64Array[],
    rows: Int32Array,
    features: Matrix,
    slices: Slices,
  ): Promise<Float64Array[]>;
}

/** Values of rows as networks read them. @param width of the stream */
function valuesOf(stream: DataStream, rows: Int32Array, width: number, columns: Int32Array): Matrix {
  const values = new Float64Array(rows.length * columns.length);
  const whole = new Float32Array(width);
  rows.forEach((row, i) => {
    copyRows(stream, [row], whole);
    for (let j = 0; j < columns.length; j++) values[i * columns.length + j] = whole[columns[j]!]!;
  });
  return { rows: rows.length, width: columns.length, values };
}

export async function residualsOf(
  stream: DataStream,
  width: number,
  rows: Int32Array,
  features: Matrix,
  slices: Slices,
): Promise<Residuals> {
  const columns = permutation(0, "columns", 0, width).slice(0, MOST_COLUMNS).sort();
  const seen = valuesOf(stream, rows, width, columns);
  const n = features.width;
  const factor = cholesky(gram(features.values, features.rows, n, PENALTY), n);
  const products = Array.from({ length: n }, () => new Float64Array(columns.length));
  const featuresAt = (row: number): Float64Array => features.values.subarray(row * n, (row + 1) * n);
  await eachRow(seen, slices, (own, row) => {
    featuresAt(row).forEach((value, k) => {
      if (value !== 0) add(products[k]!, value / rows.length, own);
    });
  });
  const weights = Array.from(columns, (_, j) => {
    const own = Float64Array.from(products, (product) => product[j]!);
    solveCholesky(factor, n, own, 0);
    return own;
  });
  const squares = new Float64Array(columns.length);
  await eachRow(seen, slices, (own, row) => {
    for (let j = 0; j < own.length; j++) {
      own[j]! -= dot(weights[j]!, featuresAt(row));
      squares[j]! += own[j]! ** 2 / rows.length;
    }
  });
  // A column that is predicted to rounding has nothing left to look at.
  const scales = squares.map((square) => (square > 1e-10 ? 1 / Math.sqrt(square) : 0));
  await eachRow(seen, slices, (own) => {
    for (let j = 0; j < own.length; j++) own[j]! *= scales[j]!;
  });
  return {
    seen,
    async along(directions, others, theirs, paused) {
      // A direction of the residuals is one of the values, less what it is of the features.
      const ofValues = directions.map((direction) => direction.map((value, j) => value * scales[j]!));
      const ofFeatures = ofValues.map((direction) => {
        const sum = new Float64Array(n);
        weights.forEach((own, j) => add(sum, direction[j]!, own));
        return sum;
      });
      const places = directions.map(() => new Float64Array(others.length));
      for (let start = 0; start < others.length; start += PIECE) {
        const piece = valuesOf(stream, others.subarray(start, start + PIECE), width, columns);
        await eachRow(piece, paused, (own, i) => {
          const row = start + i;
          const read = theirs.values.subarray(row * n, (row + 1) * n);
          ofValues.forEach(
            (direction, k) => (places[k]![row] = dot(direction, own) - dot(ofFeatures[k]!, read)),
          );
        });
      }
      return places;
    },
  };
}
