import type { BoundStream } from "../../../data/bind";
import { sizeOf } from "../../../program/program";
import { originOfRepeats } from "./chance";
import { evenly } from "./columns";
import { rowKey, rowsWithAll } from "./row-key";
import type { DataRule } from "./rule";
import { sentence } from "./words";

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
/** Rows of two columns, so many of them different. */
const values = (different: number): number[] =>
  Array.from({ length: 80 }, (_, i) => 8 * Math.sin(1 + ((i >> 1) % different) * 2 + (i % 2)));

export const repeatedRows: DataRule = {
  code: "repeated-rows",
  severity: "warning",
  seen: "At least 5 of 100 held-out samples are equal to a training sample in all modalities, and more samples are equal than independent draws give. Where a stream of few values could explain it as well, it is information, not a warning.",
  why: "Held-out values are then of samples that training has seen, so they show what was memorised, not what is learned. Equal samples also are negatives of each other in a contrastive bound.",
  change:
    "Save each sample once. Where a subject was measured several times, write `groups = subject`, with the field of the file that says whose sample it is: all samples of a subject then are in one split. Where a stream has few values by nature, there is nothing to change.",
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
    const origin = originOfRepeats(modalities, Int32Array.from([...splits.train, ...others]));
    if (origin === "chance") return [];
    const [row, twin] = pairs[0]!;
    const least = train.length < seen.length ? "at least " : "";
    const seenText =
      `Training sees ${least}${pairs.length} of ${heldOut.length} held-out samples: each is equal to a training sample in all modalities ` +
      `(sample ${row} to sample ${twin}).`;
    const change =
      "save each sample once, or keep the samples of each subject in one split with `groups = FIELD`.";
    if (origin === "undecided")
      return [
        {
          severity: "information",
          message: `${seenText} The values do not show whether these are copies or values that repeat by nature. If they are copies, held-out values show what was memorised: ${change}`,
        },
      ];
    return [
      {
        message: `${seenText} Independent samples are not equal so often, so held-out values show what was memorised. ${sentence(change)}`,
      },
    ];
  },
  example: { spec, fields: { X: { shape: [2], values: values(20) } } },
  healthy: { spec, fields: { X: { shape: [2], values: values(40).map((x) => Math.round(x / 4)) } } },
};

const equal = (streams: readonly BoundStream[], a: number, b: number): boolean =>
  streams.every(({ values, shape }) => {
    const width = sizeOf(shape);
    for (let i = 0; i < width; i++) if (values[a * width + i] !== values[b * width + i]) return false;
    return true;
  });
