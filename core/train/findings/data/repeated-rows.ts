import type { BoundStream } from "../../../data/bind";
import { sizeOf } from "../../../program/program";
import { evenly } from "./columns";
import { rowKey, rowsWithAll } from "./row-key";
import type { DataRule } from "./rule";

/** Share of the held-out samples that must have been seen in training. */
const REPEATED = 0.05;
/** Held-out samples that are looked for, and values of training samples among which they are. */
const MOST_HELD_OUT = 2000;
const MOST_VALUES = 10_000_000;

const spec = `spec S {
  modality X : vector(2)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;
const values = (period: number): number[] =>
  Array.from({ length: 80 }, (_, i) => Math.sin(1 + (i >> 1) * 2 + (i % 2)) * ((i >> 1) % period));

export const repeatedRows: DataRule = {
  code: "repeated-rows",
  severity: "warning",
  seen: "At least 5 of 100 held-out samples are equal to a training sample in all modalities.",
  why: "Held-out values are then of samples that training has seen, so they show what was memorised, not what is learned. Equal samples also are negatives of each other in a contrastive bound.",
  change:
    "Save each sample once. Where a subject was measured several times, write `groups = subject`, with the field of the file that says whose sample it is: all samples of a subject then are in one split.",
  find({ streams, splits, spec: { streams: declared } }) {
    const isModality = (name: string): boolean =>
      declared.some((stream) => stream.name === name && stream.role === "modality");
    const modalities = streams.map(({ stream }) => stream).filter(({ name }) => isModality(name));
    // Classes and words repeat by nature.
    if (!modalities.some(({ values }) => !(values instanceof Int32Array))) return [];
    const width = modalities.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    const seen = rowsWithAll(modalities, splits.train);
    const train = evenly(seen, Math.max(1, Math.floor(MOST_VALUES / width)));
    const others = Int32Array.from([...splits.validation, ...splits.test]);
    const heldOut = evenly(rowsWithAll(modalities, others), MOST_HELD_OUT);
    const first = new Map<number, number>();
    for (const row of train) {
      const key = rowKey(modalities, row);
      if (!first.has(key)) first.set(key, row);
    }
    const pairs = [...heldOut].flatMap((row) => {
      const twin = first.get(rowKey(modalities, row));
      return twin !== undefined && equal(modalities, row, twin) ? [[row, twin] as const] : [];
    });
    if (pairs.length === 0 || pairs.length < REPEATED * heldOut.length) return [];
    const [row, twin] = pairs[0]!;
    const least = train.length < seen.length ? "at least " : "";
    return [
      {
        message:
          `Training sees ${least}${pairs.length} of ${heldOut.length} held-out samples: each is equal to a training sample in all modalities ` +
          `(sample ${row} to sample ${twin}). Held-out values then show what was memorised. ` +
          "Save each sample once, or keep the samples of each subject in one split with `groups = FIELD`.",
      },
    ];
  },
  example: { spec, fields: { X: { shape: [2], values: values(4).map((x) => Math.round(x)) } } },
  healthy: { spec, fields: { X: { shape: [2], values: values(100) } } },
};

const equal = (streams: readonly BoundStream[], a: number, b: number): boolean =>
  streams.every(({ values, shape }) => {
    const width = sizeOf(shape);
    for (let i = 0; i < width; i++) if (values[a * width + i] !== values[b * width + i]) return false;
    return true;
  });
