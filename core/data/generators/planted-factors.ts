import { RandomStream } from "../../random";
import type { Generator, MadeField } from "../generator";

/** Directions of what the views share and of what each has alone, and the classes of the label and of the group. */
const SHARED = 2;
const OWN = 2;
const WEAK = 1;
const CLASSES = 10;
const GROUPS = 2;
const VIEWS = ["X", "Y", "A"] as const;
/** Standard deviations within a view of the factors, and of the weak one: above and below the unit noise of a decoder. */
const SIZE = 2;
const WEAK_SIZE = 0.5;

const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${name}_${i + 1}`);
const scalars = (names: string[], doc: string, only?: string): MadeField[] =>
  names.map((name) => ({
    name,
    kind: "scalar",
    role: "factor",
    doc,
    ...(only === undefined ? {} : { only }),
  }));

/** Gaussian views x = U [shared, own, weak, group] + noise: float32 [dimension] each. */
export const plantedFactors: Generator = {
  name: "planted-factors",
  doc: `Three Gaussian views X, Y and A that share ${SHARED} factors and have ${OWN} private factors each, with a standard deviation of ${SIZE}, and one weak private factor of ${WEAK_SIZE}, which is below the unit noise of a decoder. X also has a group that no other view contains. The factors lie along random orthonormal directions, under noise in every direction. So any two views share -1/2 * ${SHARED} * log(1 - r^2) nats, r = 1 / (1 + noise^2 / ${SIZE ** 2}): 1.78 at noise 0.6. The label is the sector, of ${CLASSES}, in which the shared factors point, so it is worth log ${CLASSES} = 2.3 nats.`,
  fields: [
    ...VIEWS.map((name): MadeField => ({ name, kind: "vector(64)", role: "stream", doc: "a view" })),
    { name: "label", kind: `label(${CLASSES})`, role: "factor", doc: "the sector of the shared factors" },
    {
      name: "group",
      kind: `label(${GROUPS})`,
      role: "factor",
      doc: "one of two halves of the samples, only in X",
      only: "X",
    },
    ...scalars(numbered("shared", SHARED), "in all views"),
    ...VIEWS.flatMap((view) => scalars(numbered(`own_${view}`, OWN), `only in ${view}`, view)),
    ...VIEWS.flatMap((view) => scalars([`weak_${view}`], `only in ${view}, and weak`, view)),
  ],
  options: [
    {
      name: "dimension",
      doc: "Number of values of a view.",
      whole: true,
      least: SHARED + OWN + WEAK + 1,
      most: 1024,
      fallback: 64,
    },
    {
      name: "noise",
      doc: `Standard deviation of the noise of every value; that of a factor is ${SIZE}.`,
      whole: false,
      least: 0,
      most: 10,
      fallback: 0.6,
    },
  ],
  draw({ seed, samples, options }) {
    const dimension = options["dimension"]!;
    const noise = options["noise"]!;
    const directions = VIEWS.map((view) => orthonormal(SHARED + OWN + WEAK + 1, dimension, seed, view));
    const views = VIEWS.map(() => new Float32Array(samples * dimension));
    const labels = new Uint8Array(samples);
    const groups = new Uint8Array(samples);
    const shared = numbered("shared", SHARED).map((name) => ({ name, values: new Float32Array(samples) }));
    const own = VIEWS.map((view) =>
      numbered(`own_${view}`, OWN).map((name) => ({ name, values: new Float32Array(samples) })),
    );
    const weak = VIEWS.map((view) => ({ name: `weak_${view}`, values: new Float32Array(samples) }));
    const draws = new RandomStream(seed, "data.factors", 0);
    for (let i = 0; i < samples; i++) {
      draws.rewind(i);
      for (const { values } of [...shared, ...own.flat(), ...weak]) values[i] = draws.normal();
      groups[i] = draws.integer(GROUPS);
      const turn = Math.atan2(shared[1]!.values[i]!, shared[0]!.values[i]!) / (2 * Math.PI) + 0.5;
      labels[i] = Math.min(CLASSES - 1, Math.floor(turn * CLASSES));
      views.forEach((view, v) => {
        const factors = [
          ...[...shared, ...own[v]!].map(({ values }) => SIZE * values[i]!),
          WEAK_SIZE * weak[v]!.values[i]!,
          VIEWS[v] === "X" ? SIZE * (2 * groups[i]! - 1) : 0,
        ];
        const sample = view.subarray(i * dimension, (i + 1) * dimension);
        factors.forEach((factor, f) => {
          for (let d = 0; d < dimension; d++) sample[d]! += factor * directions[v]![f * dimension + d]!;
        });
        for (let d = 0; d < dimension; d++) sample[d]! += noise * draws.normal();
      });
    }
    return {
      ...Object.fromEntries(VIEWS.map((view, v) => [view, { shape: [dimension], values: views[v]! }])),
      ...Object.fromEntries(
        [...shared, ...own.flat(), ...weak].map(({ name, values }) => [name, { shape: [], values }]),
      ),
      label: { shape: [], values: labels, classes: CLASSES },
      group: { shape: [], values: groups, classes: GROUPS },
    };
  },
};

/** `count` random orthonormal rows of `dimension` values, by Gram and Schmidt. */
function orthonormal(count: number, dimension: number, seed: number, view: string): Float64Array {
  const draws = new RandomStream(seed, `data.directions of ${view}`, 0);
  const rows = new Float64Array(count * dimension);
  for (let r = 0; r < count; r++) {
    const row = rows.subarray(r * dimension, (r + 1) * dimension);
    for (let d = 0; d < dimension; d++) row[d] = draws.normal();
    for (let e = 0; e < r; e++) {
      const other = rows.subarray(e * dimension, (e + 1) * dimension);
      let product = 0;
      for (let d = 0; d < dimension; d++) product += row[d]! * other[d]!;
      for (let d = 0; d < dimension; d++) row[d]! -= product * other[d]!;
    }
    const length = Math.hypot(...row);
    for (let d = 0; d < dimension; d++) row[d]! /= length;
  }
  return rows;
}
