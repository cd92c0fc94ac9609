import { permutation } from "../../random";
import { DataError } from "../dataset";
import type { AlterationKind } from "./alteration";

/** Fewer training rows: each count is among those of a larger one, so that a learning curve is nested. */
export const rows: AlterationKind = {
  id: "rows",
  doc: "Keeps the first `count` training rows of a random order that depends on `seed` alone; a smaller count keeps some of the same rows. With `validation`, it keeps so many validation rows at most.",
  example: { id: "rows", count: 500, seed: 1 },
  alter(data, options) {
    const { train } = data.splits;
    const count = options.integer("count", 1, train.length);
    const seed = options.integer("seed", 0, 1);
    if (count > train.length) {
      throw new DataError(
        `the study asks for ${count} training rows, and there are ${train.length}`,
        `Ask for ${train.length} or fewer, or raise \`samples\` of the data.`,
        { kind: "option", name: "samples" },
      );
    }
    // In the order of the data: all rows are then the data as they were.
    const kept = permutation(seed, "alteration rows", 0, train.length).slice(0, count).sort();
    const validation = data.splits.validation.slice(0, options.integer("validation", 1, Infinity));
    return { ...data, splits: { ...data.splits, validation, train: kept.map((place) => train[place]!) } };
  },
};
