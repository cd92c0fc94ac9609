/** Which rows of a batch lack which streams, drawn anew at each step. */
import { patternsOf, type Pattern } from "../theory/missing/patterns";
import { holds, presenceText, type Presence } from "../theory/missing/presence";
import type { Missing } from "../theory/spec";
import { permutation } from "../random";

/** Streams that may be absent, and the parts of the batch that a program reads for it. */
export interface Absent {
  missing: readonly Missing[];
  parts: readonly Presence[];
}

export class Absences {
  private readonly parts: ReadonlyMap<string, Presence>;
  private patterns: Pattern[] = [];
  private rows = 0;
  private last: { key: string; lacking: (readonly string[])[] } | undefined;

  constructor(
    private readonly absent: Absent,
    private readonly seed: number,
  ) {
    this.parts = new Map(absent.parts.map((presence) => [presenceText(presence), presence]));
  }

  /** The streams that each row lacks: a function of the seed, the purpose and the step. */
  at(rows: number, purpose: string, step: number): readonly (readonly string[])[] {
    const key = `${purpose} ${step} ${rows}`;
    if (this.last?.key === key) return this.last.lacking;
    if (this.rows !== rows) this.patterns = patternsOf(this.absent.missing, rows);
    this.rows = rows;
    const order = permutation(this.seed, `${purpose}missing`, step, rows);
    const lacking: (readonly string[])[] = [];
    let next = 0;
    for (const { absent, rows: count } of this.patterns)
      for (let i = 0; i < count; i++) lacking[order[next++]!] = absent;
    this.last = { key, lacking };
    return lacking;
  }

  /** The rows that have what a part needs, in their order. @throws Error when no part has this name */
  rowsOf(part: string, lacking: readonly (readonly string[])[]): number[] {
    const presence = this.parts.get(part);
    if (presence === undefined)
      throw new Error(`the program reads the rows with ${part}, which are not known`);
    return lacking.flatMap((absent, row) => (holds(presence, absent) ? [row] : []));
  }
}
