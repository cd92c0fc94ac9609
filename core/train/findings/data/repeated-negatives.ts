import { inputsOf, latentOf } from "../../../theory/terms/roles";
import { informationText } from "../../../theory/terms/print";
import { links } from "../../../theory/wants/duties";
import type { Spec, Variable } from "../../../theory/spec";
import { sizeOf } from "../../../program/program";
import { originOfRepeats } from "./chance";
import { evenly, type LookedAt } from "./columns";
import { rowKey, rowsWithAll } from "./row-key";
import type { DataRule } from "./rule";

/** Equal negatives of a row, on average over a batch, from which it is said. */
const EQUAL = 0.1;
/** Values of training samples that are compared. */
const MOST_VALUES = 10_000_000;

const spec = `spec S {
  modality X : vector(2)
  modality Y : vector(2)
  latent Zx : gaussian(2) from X
  latent Zy : gaussian(2) from Y
  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy) by infonce
  train { batch = 32 }
}
`;
const values = (different: number, shift: number): number[] =>
  Array.from({ length: 160 }, (_, i) => Math.sin(shift + ((i >> 1) % different) * 2 + (i % 2)));

/** The streams that one side of a link reads, by name. */
function streamsOf(spec: Pick<Spec, "latents">, side: readonly Variable[]): string[] {
  return side.flatMap((one): string[] =>
    latentOf(spec, one) ? inputsOf(spec, one).flatMap((name) => streamsOf(spec, [{ name }])) : [one.name],
  );
}

/** How often two samples are equal in these streams, over all pairs of training samples, and two that are. */
function equalRows(
  streams: readonly LookedAt[],
  train: Int32Array,
): { share: number; pair: readonly [number, number] } {
  const width = streams.reduce((sum, { stream }) => sum + sizeOf(stream.shape), 0);
  const bound = streams.map(({ stream }) => stream);
  const rows = evenly(rowsWithAll(bound, train), Math.max(2, Math.floor(MOST_VALUES / width)));
  const seen = new Map<number, { row: number; count: number }>();
  let [pairs, pair] = [0, [0, 0] as readonly [number, number]];
  for (const row of rows) {
    const key = rowKey(bound, row);
    const before = seen.get(key) ?? { row, count: 0 };
    if (before.count > 0) pair = [before.row, row];
    pairs += before.count;
    seen.set(key, { ...before, count: before.count + 1 });
  }
  return { share: (2 * pairs) / Math.max(1, rows.length * (rows.length - 1)), pair };
}

export const repeatedNegatives: DataRule = {
  code: "repeated-negatives",
  severity: "warning",
  seen: "A contrastive bound has negatives that are equal to its positive.",
  why: "The bound asks the critic to tell the right pair from wrong ones. Where several samples have the same row, some wrong pairs are as right as the right one, so the codes are pushed apart where they should agree, and the estimate stays low.",
  change:
    "Save each row once, or one measurement of each subject. Where a stream has few values by nature, its rows repeat by chance, which is information and no warning: the bound holds, and a likelihood needs no negatives.",
  find: ({ streams, splits: { train }, spec: read, terms }) =>
    links({ terms }).flatMap(({ term, bound, sides }) => {
      if (bound.family !== "noise-contrastive") return [];
      const batch = Math.min(read.training.batch, train.length);
      const worst = sides
        .map((side) => {
          const names = streamsOf(read, side);
          const found = streams.filter(({ stream }) => names.includes(stream.name));
          // Classes and words repeat by nature, and streams that are made as batches are drawn do not.
          const whole = found.length === new Set(names).size;
          const numbers = found.some(({ stream }) => stream.values instanceof Float32Array);
          if (!whole || !numbers) return { names, found, equal: 0, pair: [0, 0] as const };
          const { share, pair } = equalRows(found, train);
          return { names, found, equal: (batch - 1) * share, pair };
        })
        .sort((a, b) => b.equal - a.equal)[0];
      if (worst === undefined || worst.equal < EQUAL) return [];
      const name = [...new Set(worst.names)].map((one) => `\`${one}\``).join(", ");
      const said =
        `\`${informationText(term.information)}\` by \`${bound.id}\` compares each row with ${worst.equal.toFixed(1)} equal ones in a batch of ${batch}, on average: ` +
        `rows of ${name} repeat (sample ${worst.pair[0]} and sample ${worst.pair[1]})`;
      switch (
        originOfRepeats(
          worst.found.map(({ stream }) => stream),
          train,
        )
      ) {
        case "copies":
          return [
            { about: term.id, message: `${said}. Save each row once, or one measurement of each subject.` },
          ];
        case "chance":
          return [
            {
              about: term.id,
              severity: "information",
              message: `${said}, as often as independent draws of so few values do. The bound holds; it is at most the entropy of these values. A likelihood of ${name} needs no negatives.`,
            },
          ];
        case "undecided":
          return [
            {
              about: term.id,
              severity: "information",
              message: `${said}. If these are copies, save each row once, or one measurement of each subject; if ${name} has few values by nature, use a likelihood, which needs no negatives.`,
            },
          ];
      }
    }),
  example: {
    spec,
    fields: { X: { shape: [2], values: values(80, 0) }, Y: { shape: [2], values: values(10, 1) } },
  },
  healthy: {
    spec,
    fields: { X: { shape: [2], values: values(80, 0) }, Y: { shape: [2], values: values(80, 1) } },
  },
};
