/** Which rows each step sees: a fresh random order of the training rows in every epoch. */
import { permutation } from "../random";

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
   */
  constructor(
    private readonly seed: number,
    private readonly rows: Int32Array,
    batch: number,
  ) {
    if (rows.length === 0) throw new RangeError("there are no training rows");
    this.size = Math.min(batch, rows.length);
    this.stepsPerEpoch = Math.floor(rows.length / this.size);
  }

  /** The data rows of step `step` (from 0), int32 [size]: a function of the seed and the step alone. */
  at(step: number): Int32Array {
    const epoch = Math.floor(step / this.stepsPerEpoch);
    if (epoch !== this.epoch) {
      this.order = permutation(this.seed, "batches", epoch, this.rows.length).map((i) => this.rows[i]!);
      this.epoch = epoch;
    }
    const start = (step % this.stepsPerEpoch) * this.size;
    return this.order.subarray(start, start + this.size);
  }
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
