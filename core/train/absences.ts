/** Which rows of a batch lack which streams: as the data have them, and drawn anew at each step. */
import { patternsOf } from "../theory/missing/patterns";
import { holds, presenceText, type Presence } from "../theory/missing/presence";
import type { Missing, Pattern } from "../theory/spec";
import { permutation } from "../random";
import type { Holes } from "./holes";

/** Streams that may be absent, and the parts of the batch that a program reads for it. */
export interface Absent {
  missing: readonly Missing[];
  parts: readonly Presence[];
  /** Rows of the data that lack streams, where there are such. */
  holes?: Holes;
  /** How many rows of a program's batch lack what in the data, by the name of the program, where these have holes. */
  known?: Readonly<Record<string, readonly Pattern[]>>;
}

export class Absences {
  private readonly parts: ReadonlyMap<string, Presence>;
  private readonly measured: ReadonlySet<string>;
  private patterns: readonly Pattern[] = [];
  private rows = 0;
  private last: { key: string; rows: Int32Array; lacking: (readonly string[])[] } | undefined;

  /** How many rows of a batch lack what in the data, where these have holes. */
  readonly known: readonly Pattern[] | undefined;

  constructor(
    private readonly absent: Absent,
    private readonly seed: number,
    program = "",
  ) {
    this.known = absent.known?.[program];
    this.parts = new Map(absent.parts.map((presence) => [presenceText(presence), presence]));
    this.measured = new Set(absent.missing.flatMap(({ stream, measured }) => (measured ? [stream] : [])));
  }

  /**
   * The streams that each row lacks: what the data say, and what is drawn by the seed, the purpose and the step.
   * @param rows of the data; where these have holes, as many of each pattern as a batch has
   */
  at(rows: Int32Array, purpose: string, step: number): readonly (readonly string[])[] {
    const key = `${purpose} ${step} ${rows.length}`;
    if (this.last?.key === key && (this.known === undefined || this.last.rows === rows))
      return this.last.lacking;
    const queues = this.queues(rows.length);
    const order = permutation(this.seed, `${purpose}missing`, step, rows.length);
    const lacking: (readonly string[])[] = [];
    for (const i of order) {
      const own = this.known === undefined ? "" : this.lackedBy(rows[i]!).join();
      lacking[i] = queues.get(own)!.pop()!;
    }
    this.last = { key, rows, lacking };
    return lacking;
  }

  get holes(): Holes | undefined {
    return this.absent.holes;
  }

  /** What a row lacks in the data, whatever is drawn. */
  lackedBy(row: number): readonly string[] {
    return this.absent.holes?.of(row) ?? [];
  }

  /** Some rows of a batch, where nobody reads what is made of them. */
  any(rows: number): readonly (readonly string[])[] {
    return this.patternsOf(rows).flatMap(({ absent, rows: count }) =>
      Array.from({ length: count }, () => absent),
    );
  }

  /** The rows that have what a part needs, in their order. @throws Error when no part has this name */
  rowsOf(part: string, lacking: readonly (readonly string[])[]): number[] {
    const presence = this.parts.get(part);
    if (presence === undefined)
      throw new Error(`the program reads the rows with ${part}, which are not known`);
    return lacking.flatMap((absent, row) => (holds(presence, absent) ? [row] : []));
  }

  private patternsOf(rows: number): readonly Pattern[] {
    if (this.rows !== rows) this.patterns = patternsOf(this.absent.missing, rows, this.known);
    this.rows = rows;
    return this.patterns;
  }

  /** What the rows of a batch lack, the last of them first, by what they lack in the data. */
  private queues(rows: number): Map<string, (readonly string[])[]> {
    const queues = new Map<string, (readonly string[])[]>();
    for (const absent of this.any(rows).toReversed()) {
      const key = this.known === undefined ? "" : absent.filter((one) => this.measured.has(one)).join();
      const queue = queues.get(key);
      if (queue === undefined) queues.set(key, [absent]);
      else queue.push(absent);
    }
    return queues;
  }
}
