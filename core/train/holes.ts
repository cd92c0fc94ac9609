/** Samples of the data that lack streams. */
import type { Pattern } from "../theory/spec";

/** Streams of which some samples have none, with what says so: 1 at each sample without it. */
type Lacking = ReadonlyMap<string, Uint8Array>;

/** Rows of the data that lack the same streams. */
export interface Group {
  absent: readonly string[];
  rows: Int32Array;
}

export class Holes {
  /** The streams that each row lacks, by its number among `sets`. */
  private readonly setOf: Uint16Array;
  private readonly sets: (readonly string[])[] = [[]];

  /** @param lacking at least one stream */
  constructor(lacking: Lacking) {
    const samples = [...lacking.values()][0]!.length;
    this.setOf = new Uint16Array(samples);
    const known = new Map<string, number>([["", 0]]);
    for (let row = 0; row < samples; row++) {
      const absent = [...lacking].flatMap(([stream, lacks]) => (lacks[row] ? [stream] : []));
      const key = absent.join();
      let set = known.get(key);
      if (set === undefined) {
        set = this.sets.push(absent) - 1;
        known.set(key, set);
      }
      this.setOf[row] = set;
    }
  }

  /** The streams that a row of the data lacks. */
  of(row: number): readonly string[] {
    return this.sets[this.setOf[row]!]!;
  }

  /** The rows by what they lack, each group in the order of `rows`. */
  groupsOf(rows: Int32Array): Group[] {
    return this.sets
      .map((absent, set) => ({ absent, rows: rows.filter((row) => this.setOf[row] === set) }))
      .filter((group) => group.rows.length > 0);
  }

  patternsOf(rows: Int32Array): Pattern[] {
    return this.groupsOf(rows).map((group) => ({ absent: group.absent, rows: group.rows.length }));
  }
}

/** The rows that lack no stream that a loss reads. */
export const wholeRows = (rows: Int32Array, holes: Holes | undefined): Int32Array =>
  holes === undefined ? rows : rows.filter((row) => holes.of(row).length === 0);

/** Those first, then the others: what is shown is whole where anything is. */
export const wholeFirst = (rows: Int32Array, holes: Holes | undefined): Int32Array =>
  holes === undefined
    ? rows
    : Int32Array.from([...wholeRows(rows, holes), ...rows.filter((row) => holes.of(row).length > 0)]);
