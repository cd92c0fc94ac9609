/** Which rows each step sees: a fresh random order of the training rows in every epoch. */
import type { Pattern } from "../theory/spec";
import { permutation } from "../random";
import type { Group } from "./holes";

export class Batches {
  /** Rows a step; fewer than asked when the data has fewer. */
  readonly size: number;
  /** Full batches in an epoch; the rows left over are others in the next epoch. */
  readonly stepsPerEpoch: number;
  private epoch = -1;
  private order = new Int32Array(0);

  /**
   * @param rows the rows of the training split; at least one
   * @param batch rows asked for a step; at least 1
   * @param name of the draws
   */
  constructor(
    private readonly seed: number,
    private readonly rows: Int32Array,
    batch: number,
    private readonly name = "batches",
  ) {
    if (rows.length === 0) throw new RangeError("there are no training rows");
    this.size = Math.min(batch, rows.length);
    this.stepsPerEpoch = Math.floor(rows.length / this.size);
  }

  /** The data rows of step `step` (from 0), int32 [size]: a function of the seed and the step alone. */
  at(step: number): Int32Array {
    const epoch = Math.floor(step / this.stepsPerEpoch);
    if (epoch !== this.epoch) {
      this.order = permutation(this.seed, this.name, epoch, this.rows.length).map((i) => this.rows[i]!);
      this.epoch = epoch;
    }
    const start = (step % this.stepsPerEpoch) * this.size;
    return this.order.subarray(start, start + this.size);
  }
}

/** Batches of rows that lack streams: of each pattern as many as every batch has, in a random order of its own. */
export class PatternBatches implements Pick<Batches, "at"> {
  private readonly each: readonly Batches[];

  /** @param patterns of a batch; each is that of one of the groups */
  constructor(seed: number, groups: readonly Group[], patterns: readonly Pattern[]) {
    this.each = drawnFrom(groups, patterns).map(
      ({ absent, rows, count }) => new Batches(seed, rows, count, ["batches", ...absent].join(" ")),
    );
  }

  at(step: number): Int32Array {
    return joined(this.each.map((batches) => batches.at(step)));
  }
}

/** The same from the first rows to the last, as many batches as there are rows for; a pattern that runs out begins again. */
export function batchesInTurn(groups: readonly Group[], patterns: readonly Pattern[]): Int32Array[] {
  const drawn = drawnFrom(groups, patterns);
  const sum = (of: (one: Drawn) => number): number => drawn.reduce((total, one) => total + of(one), 0);
  const batches = Math.max(1, Math.floor(sum(({ rows }) => rows.length) / sum(({ count }) => count)));
  return Array.from({ length: batches }, (_, batch) =>
    joined(
      drawn.map(({ rows, count }) =>
        Int32Array.from({ length: count }, (_, i) => rows[(batch * count + i) % rows.length]!),
      ),
    ),
  );
}

interface Drawn extends Group {
  /** Rows of each batch. */
  count: number;
}

/** @throws Error where a batch has a pattern that no row has */
function drawnFrom(groups: readonly Group[], patterns: readonly Pattern[]): Drawn[] {
  return patterns.map(({ absent, rows: count }) => {
    const group = groups.find((one) => one.absent.join() === absent.join());
    if (group === undefined) throw new Error(`no row lacks just ${absent.join(" and ") || "nothing"}`);
    return { ...group, count };
  });
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * `rows` cut into runs of `size`; the last is filled up from the first rows, `used` says how many are its own.
 * @param rows at least one
 */
export function chunks(rows: Int32Array, size: number): { rows: Int32Array; used: number }[] {
  const cut: { rows: Int32Array; used: number }[] = [];
  for (let start = 0; start < rows.length; start += size) {
    const used = Math.min(size, rows.length - start);
    cut.push({
      rows: Int32Array.from({ length: size }, (_, i) => rows[(start + i) % rows.length]!),
      used,
    });
  }
  return cut;
}
