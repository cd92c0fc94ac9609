import { binary, div, sqrt, square, sum } from "../../program/expression";
import type { Law } from "./law";

/** Keeps a code at the origin from being divided by zero; far below any norm that training meets. */
const SMALLEST_SQUARED_NORM = 1e-24;

/** The encoder's output divided by its length: a point of the unit sphere. */
export const sphere: Law = {
  name: "sphere",
  doc: "A point of the unit sphere, without noise, as contrastive methods use.",
  deterministic: true,
  outputs: (size) => size,
  read: (mean) => ({ mean }),
  draw({ mean }) {
    const norm = sqrt(binary("max", sum(square(mean), -1, true), SMALLEST_SQUARED_NORM));
    const point = div(mean, norm);
    return { law: "sphere", mean: point, sample: point };
  },
};
