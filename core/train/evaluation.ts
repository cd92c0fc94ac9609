/** Running the forward program over held-out rows. */
import type { Program } from "../program/program";
import { chunks } from "./batches";
import type { Slices } from "./clock";
import type { Session, Values } from "./executor";
import type { Inputs, Moment } from "./inputs";
import { Moments } from "./moments";
import type { Contrasts, Recalibrated } from "./recalibration";

/** Means over full batches, in nats. */
export interface Measured {
  total: number;
  terms: Record<string, number>;
  /** Rate of each coordinate, by latent. */
  rates: Record<string, number[]>;
  /** Contrastive terms with one temperature fitted on held-out rows, by id, where that was asked for. */
  recalibrated?: Record<string, Recalibrated>;
  /** How much each term differs from batch to batch, as a standard deviation, where there were several batches. */
  spread?: { batches: number; deviations: Record<string, number> };
}

/** The names of a program's outputs behind a prefix: `term.` gives the terms' ids. */
export function outputsOf(program: Program, prefix: string): string[] {
  return program.buffers.flatMap((buffer) =>
    buffer.role === "output" && buffer.name!.startsWith(prefix) ? [buffer.name!.slice(prefix.length)] : [],
  );
}

/** Runs one forward program over given rows, under the weights of now; changes no weight. */
export class Evaluator {
  /**
   * @param name of the program in its session
   * @param batch its rows
   */
  constructor(
    private readonly session: Session,
    private readonly name: string,
    private readonly program: Program,
    private readonly batch: number,
    private readonly inputs: Inputs,
    private readonly slices: Slices,
  ) {}

  /** Whether the program has contrastive terms. */
  get contrasts(): boolean {
    return outputsOf(this.program, "contrast.").length > 0;
  }

  /**
   * Terms and rates over full batches of `rows`, at most `limit` of them; the draws are the same at every call.
   * @param contrasts takes the scores of contrastive terms, as far as it has room
   */
  async measure(
    rows: Int32Array,
    knobs: Record<string, number>,
    { limit = Infinity, contrasts }: { limit?: number; contrasts?: Contrasts } = {},
  ): Promise<Measured> {
    const used = this.batchesOf(rows).slice(0, limit);
    const terms = outputsOf(this.program, "term.");
    const latents = outputsOf(this.program, "rate.");
    const sum: Measured = { total: 0, terms: {}, rates: {} };
    const moments = new Moments();
    for (const [step, rows] of used.entries()) {
      // The draws' counter is the batch's number: every evaluation meets the same noise.
      await this.forward({ rows, step, knobs, purpose: "held-out" });
      sum.total += (await this.read("total"))[0]! / used.length;
      for (const id of terms) {
        const value = (await this.read(`term.${id}`))[0]!;
        sum.terms[id] = (sum.terms[id] ?? 0) + value / used.length;
        moments.add(id, value);
        if (contrasts?.hasRoom) await this.addScores(contrasts, id, value);
      }
      for (const latent of latents) {
        const rates = await this.read(`rate.${latent}`);
        sum.rates[latent] = Array.from(
          rates,
          (rate, i) => (sum.rates[latent]?.[i] ?? 0) + rate / used.length,
        );
      }
    }
    return used.length > 1
      ? { ...sum, spread: { batches: used.length, deviations: moments.deviations() } }
      : sum;
  }

  /**
   * Every output after each of these prefixes (`mean.`, `reconstruction.`), [rows, width], by prefix and by name.
   * @param absent streams that all rows lack
   * @param draw number of the draw of each row; the draws of different rows share no noise
   */
  async collect<P extends string>(
    prefixes: readonly P[],
    rows: Int32Array,
    knobs: Record<string, number>,
    { absent = [], draw = 0 }: { absent?: readonly string[]; draw?: number } = {},
  ): Promise<Record<P, Record<string, Float32Array>>> {
    const found: Record<string, Record<string, Float32Array>> = {};
    for (const prefix of prefixes) found[prefix] = {};
    let done = 0;
    for (const chunk of chunks(rows, this.batch)) {
      await this.forward({ rows: chunk.rows, step: draw, knobs, absent, purpose: "by-row" });
      for (const prefix of prefixes)
        for (const name of outputsOf(this.program, prefix)) {
          const values = await this.read(prefix + name);
          const width = values.length / this.batch;
          const all = (found[prefix]![name] ??= new Float32Array(rows.length * width));
          all.set((values as Float32Array).subarray(0, chunk.used * width), done * width);
        }
      done += chunk.used;
    }
    return found as Record<P, Record<string, Float32Array>>;
  }

  /** The full batches of `rows`; one that is filled up where they are too few for one. */
  private batchesOf(rows: Int32Array): Int32Array[] {
    const cut = chunks(rows, this.batch);
    const full = cut.filter(({ used }) => used === this.batch);
    return this.inputs.batchesOf(rows) ?? (full.length > 0 ? full : cut).map((chunk) => chunk.rows);
  }

  private async addScores(contrasts: Contrasts, id: string, value: number): Promise<void> {
    const own = outputsOf(this.program, "contrast.").filter(
      (name) => name.slice(name.indexOf(".") + 1) === id,
    );
    const tables: Values[] = [];
    for (const name of own) tables.push(await this.read(`contrast.${name}`));
    if (tables.length > 0) contrasts.add(id, tables, value);
  }

  private async forward(moment: Moment): Promise<void> {
    this.inputs.write(this.session, moment);
    await this.session.run(this.name);
    await this.slices.breathe();
  }

  private read(name: string): ReturnType<Session["read"]> {
    return this.session.read(this.name, name);
  }
}
