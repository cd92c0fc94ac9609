import { canonicalDirections, correlationsUnder } from "../../gaussian/cca";
import { covariancesOf, momentsOf } from "../../gaussian/population";
import { sizeOf } from "../../program/program";
import type { BoundStream } from "../bind";
import { DataError } from "../dataset";
import { copyRows } from "../rows";
import type { AlterationKind, BoundData } from "./alteration";
import { there } from "./parts";

/** Values of a stream above which its covariances are not computed. */
const WIDEST = 256;
/** Against covariances that cannot be inverted. */
const RIDGE = 1e-6;

/** Leaves the data as they are, and finds by second moments what one stream predicts of another. */
export const spectra: AlterationKind = {
  id: "spectra",
  doc: "Changes nothing. Finds, from the training rows, the canonical correlations of two streams of numbers (`correlation 1`, …), the variances of `right` that a line predicts from `left` (`predicted 1`, …), and the number and total variance of the values of `right`.",
  example: { id: "spectra", left: "X", right: "Y" },
  alter(data, options) {
    const [left, right] = ["left", "right"].map((side) => streamOf(data, options.text(side)));
    if (left === undefined || right === undefined) return data;
    const rows = there(data.splits.train, left, right);
    const [x, y] = [left, right].map((stream) => valuesOf(stream, rows));
    const sizes = { p: sizeOf(left.shape), q: sizeOf(right.shape) };
    const moments = covariancesOf(
      momentsOf(
        { x: x!, y: y!, ...sizes },
        rows.map((_, i) => i),
      ),
    );
    const { p, q, yy } = moments;
    const identity = Float64Array.from({ length: q * q }, (_, i) => (i % (q + 1) === 0 ? 1 : 0));
    const most = Math.min(p, q);
    const pairs = correlationsUnder(moments, canonicalDirections(moments, most, RIDGE));
    // With an identity in place of the covariance of `right`, what is found are the roots of what is predicted of it.
    const plain = { ...moments, yy: identity };
    const roots = correlationsUnder(plain, canonicalDirections(plain, most, RIDGE));
    const total = Array.from({ length: q }, (_, i) => yy[i * (q + 1)]!).reduce((sum, each) => sum + each, 0);
    return {
      ...data,
      facts: {
        ...Object.fromEntries(pairs.map((each, i) => [`correlation ${i + 1}`, Math.min(1, each)])),
        ...Object.fromEntries(roots.map((each, i) => [`predicted ${i + 1}`, each ** 2])),
        values: q,
        total,
      },
    };
  },
};

/** A stream of numbers that is not too wide; undefined for any other. @throws DataError where there is none of this name */
function streamOf({ streams }: BoundData, name: string | undefined): BoundStream | undefined {
  const stream = streams.find((one) => one.name === name);
  if (stream === undefined)
    throw new DataError(`there is no stream \`${name}\``, "Name two streams of the spec.", {
      kind: "source",
    });
  const fits = !(stream.values instanceof Int32Array) && sizeOf(stream.shape) <= WIDEST;
  return fits ? stream : undefined;
}

/** Its rows, one after another. */
function valuesOf(stream: BoundStream, rows: Int32Array): Float64Array {
  const values = new Float32Array(rows.length * sizeOf(stream.shape));
  copyRows(stream, rows, values);
  return Float64Array.from(values);
}
