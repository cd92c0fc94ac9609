/** What a program reads at each step: rows of the data, noise, permutations, knobs. All of it is made here. */
import type { BoundStream } from "../data/bind";
import type { Draws, Maker } from "../data/made";
import { copyRows } from "../data/rows";
import { sizeOf, type BufferSpec, type Program } from "../program/program";
import { ROWS } from "../theory/objective/part";
import { PRESENT } from "../theory/model/network-model";
import { Absences, type Absent } from "./absences";
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
  /** Streams that all rows lack; where this is not said, the rows that lack a stream are drawn. */
  absent?: readonly string[];
}

type Writer = (session: Session, moment: Moment) => void;

/** Fills the inputs of one program of a session. */
export class Inputs {
  private readonly writers: Writer[];
  private readonly absences: Absences;

  /**
   * @param program name of the program in its session
   * @throws Error when the program reads something that is neither data, its presence, noise, component, choice, permutation, knob nor Adam's
   */
  constructor(
    private readonly program: string,
    definition: Program,
    private readonly streams: ReadonlyMap<
      string,
      BoundStream & { make?: Maker; absentWith?: readonly string[] }
    >,
    private readonly seed: number,
    absent: Absent = { missing: [], parts: [] },
  ) {
    this.absences = new Absences(absent, seed);
    this.writers = definition.buffers
      .filter((buffer) => buffer.role === "input")
      .map((buffer) => this.writerOf(buffer));
  }

  write(session: Session, moment: Moment): void {
    for (const writer of this.writers) writer(session, moment);
  }

  private writerOf(buffer: BufferSpec): Writer {
    const name = buffer.name!;
    const values =
      buffer.dtype === "int32"
        ? new Int32Array(sizeOf(buffer.shape))
        : new Float32Array(sizeOf(buffer.shape));
    const put = (session: Session): void => session.write(this.program, name, values);
    const streamOf = (moment: Moment): string => prefixOf(moment) + name;

    if (name === "adam.step") return scalar(this.program, name, (moment) => moment.step + 1);
    if (name === "adam.rate") return scalar(this.program, name, (moment) => moment.rate ?? 0);
    if (name.startsWith("knob.")) {
      const knob = name.slice("knob.".length);
      return scalar(this.program, name, (moment) => moment.knobs[knob] ?? 0);
    }
    if (name.startsWith("noise.")) {
      return (session, moment) => {
        const { rows, step, purpose } = moment;
        if (purpose === "by-row") normalByRow(this.seed, streamOf(moment), rows, values as Float32Array);
        else normal(this.seed, streamOf(moment), step, values as Float32Array);
        put(session);
      };
    }
    if (name.startsWith("component.")) {
      return (session, moment) => {
        const { rows, step, purpose } = moment;
        const count = buffer.shape[1]!;
        if (purpose === "by-row")
          componentsByRow(this.seed, streamOf(moment), rows, values as Float32Array, count);
        else components(this.seed, streamOf(moment), step, values as Float32Array, count);
        put(session);
      };
    }
    if (name.startsWith("chosen.")) {
      return (session, moment) => {
        chosen(
          this.seed,
          streamOf(moment),
          moment.step,
          values as Float32Array,
          Number(name.split(".").at(-1)),
        );
        put(session);
      };
    }
    if (name.startsWith("permutation.")) {
      return (session, moment) => {
        session.write(
          this.program,
          name,
          permutation(this.seed, streamOf(moment), moment.step, values.length),
        );
      };
    }
    if (name.startsWith(PRESENT)) {
      const stream = name.slice(PRESENT.length);
      return (session, moment) => {
        this.lacking(moment).forEach((absent, row) => (values[row] = absent.includes(stream) ? 0 : 1));
        put(session);
      };
    }
    if (name.startsWith(ROWS)) {
      const part = name.slice(ROWS.length);
      return (session, moment) => {
        session.write(this.program, name, this.absences.rowsOf(part, this.drawn(moment)));
      };
    }
    // A text is read as the counts of its words, under its name, and as its words by number.
    const stream = this.streams.get(name.replace(/^tokens\./, ""));
    if (stream === undefined) throw new Error(`the program reads ${name}, which nothing provides`);
    return (session, moment) => {
      if (stream.make) this.make(stream.make, moment, values);
      else copyRows(stream, moment.rows, values);
      this.blank(values, stream.absentWith ?? [], moment);
      put(session);
    };
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

  /** The streams that each row lacks, as they are drawn. */
  private drawn({ rows, purpose, step }: Moment): readonly (readonly string[])[] {
    return this.absences.at(rows.length, prefixOf({ purpose, step }), step);
  }

  private lacking(moment: Moment): readonly (readonly string[])[] {
    const { absent, rows } = moment;
    return absent ? Array.from(rows, () => absent) : this.drawn(moment);
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

function scalar(program: string, name: string, value: (moment: Moment) => number): Writer {
  return (session, moment) => session.write(program, name, [value(moment)]);
}
