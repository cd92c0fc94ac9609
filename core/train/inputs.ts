/** What a program reads at each step: rows of the data, noise, permutations, knobs. All of it is made here. */
import type { BoundStream } from "../data/bind";
import type { Draws, Maker } from "../data/made";
import { copyRows } from "../data/rows";
import { sizeOf, type BufferSpec, type Program } from "../program/program";
import { Absences, type Absent } from "./absences";
import { batchesInTurn } from "./batches";
import type { Session } from "./executor";
import {
  chosen,
  components,
  componentsByRow,
  normal,
  normalByRow,
  permutation,
  RandomStream,
} from "../random";

/** One run of a program. */
export interface Moment {
  /** Rows of the data, as many as the program's batch. */
  rows: Int32Array;
  /** Counter of the random draws: the step, the number of a held-out batch, or the number of a draw of each row. */
  step: number;
  /**
   * `held-out` draws are separate from those of training, and the same at every evaluation. Draws `by-row` are keyed by the
   * row's number in the data, so that no two rows share noise and a row's draw does not depend on its batch.
   */
  purpose: "training" | "held-out" | "by-row";
  knobs: Record<string, number>;
  /** Adam's rate, for a program that updates. */
  rate?: number;
  /** Streams that all rows lack, besides what they lack in the data; where this is not said, what rows lack is drawn. */
  absent?: readonly string[];
}

type Writer = (session: Session, moment: Moment) => void;

/** Fills the inputs of one program of a session. */
export class Inputs {
  private readonly writers: Writer[];
  private readonly absences: Absences;

  /**
   * @param program name of the program in its session
   * @throws Error when the program reads a stream that is not among `streams`
   */
  constructor(
    private readonly program: string,
    definition: Program,
    private readonly streams: ReadonlyMap<
      string,
      BoundStream & { make?: Maker; absentWith?: readonly string[]; shares?: Float32Array }
    >,
    private readonly seed: number,
    absent: Absent = { missing: [], parts: [] },
  ) {
    this.absences = new Absences(absent, seed, program);
    this.writers = definition.buffers
      .filter((buffer) => buffer.role === "input")
      .map((buffer) => this.writerOf(buffer));
  }

  /** Full batches of rows of the data with as many of each pattern as the program has; undefined where any rows make one. */
  batchesOf(rows: Int32Array): Int32Array[] | undefined {
    const { known, holes } = this.absences;
    return known && holes && batchesInTurn(holes.groupsOf(rows), known);
  }

  write(session: Session, moment: Moment): void {
    for (const writer of this.writers) writer(session, moment);
  }

  private writerOf({ name, input, shape, dtype }: BufferSpec): Writer {
    const size = sizeOf(shape);
    const values = dtype === "int32" ? new Int32Array(size) : new Float32Array(size);
    const given =
      (value: (moment: Moment) => ArrayLike<number>): Writer =>
      (session, moment) =>
        session.write(this.program, name!, value(moment));
    /** Fills `values` by a draw of this input. */
    const drawn = (draw: (stream: string, moment: Moment, values: Float32Array) => void): Writer =>
      given((moment) => {
        draw(prefixOf(moment) + name!, moment, values as Float32Array);
        return values;
      });
    const { seed } = this;

    const what = input!;
    switch (what.kind) {
      case "adam":
        return given(({ step, rate = 0 }) => [what.of === "step" ? step + 1 : rate]);
      case "knob":
        return given(({ knobs }) => [knobs[what.of] ?? 0]);
      case "noise":
        return drawn((stream, { purpose, rows, step }, out) =>
          purpose === "by-row" ? normalByRow(seed, stream, rows, out) : normal(seed, stream, step, out),
        );
      case "component":
        return drawn((stream, { purpose, rows, step }, out) =>
          purpose === "by-row"
            ? componentsByRow(seed, stream, rows, out, shape[1]!)
            : components(seed, stream, step, out, shape[1]!),
        );
      case "chosen":
        return drawn((stream, { step }, out) => chosen(seed, stream, step, out, what.count));
      case "shares":
        return given(() => this.streams.get(what.of)?.shares ?? values);
      case "permutation":
        return given((moment) => permutation(seed, prefixOf(moment) + name!, moment.step, size));
      case "present":
        return given((moment) => this.lacking(moment).map((absent) => (absent.includes(what.of) ? 0 : 1)));
      case "rows":
        return given((moment) => this.absences.rowsOf(what.of, this.drawn(moment)));
      case "stream":
      case "tokens":
        return this.streamWriter(what.of, values, given);
    }
  }

  /** Rows of a stream. A text is read as the counts of its words, and as its words by number. */
  private streamWriter(
    name: string,
    values: Float32Array | Int32Array,
    given: (value: (moment: Moment) => ArrayLike<number>) => Writer,
  ): Writer {
    const stream = this.streams.get(name);
    if (stream === undefined) throw new Error(`the program reads ${name}, which nothing provides`);
    return given((moment) => {
      if (stream.make) this.make(stream.make, moment, values);
      else copyRows(stream, moment.rows, values);
      this.blank(values, stream.absentWith ?? [], moment);
      return values;
    });
  }

  /** Makes rows of a stream: together from one sequence of draws, or each from its own. */
  private make(make: Maker, moment: Moment, values: Float32Array | Int32Array): void {
    const { rows, step, purpose } = moment;
    if (purpose !== "by-row") {
      make(rows, (what) => new RandomStream(this.seed, prefixOf(moment) + what, step), values);
      return;
    }
    const known = new Map<string, RandomStream>();
    const width = values.length / rows.length;
    rows.forEach((row, i) => {
      const draws: Draws = (what) => {
        const random = known.get(what) ?? new RandomStream(this.seed, prefixOf(moment) + what, 0);
        known.set(what, random);
        random.rewind(row);
        return random;
      };
      make(Int32Array.of(row), draws, values.subarray(i * width, (i + 1) * width));
    });
  }

  /** The streams that each row lacks, as they are drawn. Of draws by row, nobody reads the parts of the batch. */
  private drawn({ rows, purpose, step }: Moment): readonly (readonly string[])[] {
    if (this.absences.known !== undefined && purpose === "by-row") return this.absences.any(rows.length);
    return this.absences.at(rows, prefixOf({ purpose, step }), step);
  }

  private lacking(moment: Moment): readonly (readonly string[])[] {
    const { absent, rows } = moment;
    return absent
      ? Array.from(rows, (row) => [...absent, ...this.absences.lackedBy(row)])
      : this.drawn(moment);
  }

  /** Puts zeros on the rows that lack one of these streams. */
  private blank(values: Float32Array | Int32Array, streams: readonly string[], moment: Moment): void {
    if (streams.length === 0) return;
    const width = values.length / moment.rows.length;
    this.lacking(moment).forEach((absent, row) => {
      if (streams.some((stream) => absent.includes(stream))) values.fill(0, row * width, (row + 1) * width);
    });
  }
}

/** What begins the names of a moment's draws. */
const prefixOf = ({ purpose, step }: Pick<Moment, "purpose" | "step">): string =>
  purpose === "training" ? "" : purpose === "held-out" ? "held-out " : `draw ${step} of each row of `;
