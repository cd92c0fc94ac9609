import { averageEach } from "./average";
import type { Law } from "./law";
import { unit } from "./unit";
import { vmf } from "./vmf";

/** The encoder's output divided by its length: a point of the unit sphere. */
export const sphere: Law = {
  name: "sphere",
  doc: "A point on the unit sphere, without noise, as in contrastive methods.",
  deterministic: true,
  handed: "its value, [N, k]",
  outputs: (size) => size,
  read: (mean) => ({ mean }),
  draw({ mean }) {
    const point = unit(mean!);
    return { mean: point, sample: point };
  },
  standard: vmf.standard,
  average: averageEach,
};
