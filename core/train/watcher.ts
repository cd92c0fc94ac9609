/** What a person sees of a training between its steps: held-out values, rates, pictures, findings, probes. */
import { evaluate } from "../theory/terms/scalar";
import type { Slices } from "./clock";
import { Evaluator, type Measured } from "./evaluation";
import type { Session } from "./executor";
import { findingsOf } from "./findings";
import { Inputs } from "./inputs";
import { drawable, drawPictures } from "./pictures";
import type { Preparation } from "./prepare";
import { codesOf, runProbes, type CodedRows } from "./probing";
import type { FromHost } from "./protocol";
import { describeProbes } from "./sentence";

type WithoutGeneration<T> = T extends { generation: number } ? Omit<T, "generation"> : never;
/** What a training says; its host adds the generation. */
export type TrainingMessage = WithoutGeneration<FromHost>;

/** Rows that a round of probes learns from while training runs; the last round learns from all. */
const LIVE_PROBE_ROWS = 1500;
/** Held-out batches in one look while training runs; the last look takes all. */
const LIVE_BATCHES = 4;
const SHOWN_SAMPLES = 8;

/** Where a training stands. */
export interface Standing {
  step: number;
  /** Share of the training that is done. */
  progress: number;
  knobs: Record<string, number>;
}

export class Watcher {
  private readonly evaluator: Evaluator;
  private readonly encoder: Evaluator;
  private readonly shown: Int32Array;
  private first: Measured | undefined;
  private readonly told = new Set<string>();

  constructor(
    private readonly preparation: Preparation,
    session: Session,
    seed: number,
    private readonly slices: Slices,
    private readonly emit: (message: TrainingMessage) => void,
  ) {
    const { data, programs, batch, absent } = preparation;
    const evaluator = (name: "evaluate" | "encode"): Evaluator => {
      const inputs = new Inputs(name, programs[name], data.streams, seed, absent);
      return new Evaluator(session, name, programs[name], batch[name], inputs, slices);
    };
    this.evaluator = evaluator("evaluate");
    this.encoder = evaluator("encode");
    this.shown = data.splits.validation.slice(0, SHOWN_SAMPLES);
  }

  /** Pictures of the first held-out samples, beside their reconstructions [rows, width] where there are any. */
  showSamples(step: number, reconstructions: Record<string, Float32Array> = {}): void {
    const pictures = [...this.preparation.data.streams.values()]
      .filter((stream) => stream.role !== "observe" && drawable(stream))
      .map((stream) => drawPictures(stream, this.shown, reconstructions[stream.name]));
    if (pictures.length > 0) this.emit({ kind: "pictures", step, pictures });
  }

  /** Measures what later looks are compared with, once. */
  async begin(at: Standing): Promise<void> {
    this.first ??= await this.measure(at, LIVE_BATCHES);
  }

  /**
   * Measures the validation rows and shows what the codes do with them.
   * @param all over all of them, not only some batches
   * @returns the values, unless one of them is not finite
   */
  async look(at: Standing, all: boolean): Promise<Measured | undefined> {
    const now = await this.measure(at, all ? Infinity : LIVE_BATCHES);
    const numbers = [now.total, ...Object.values(now.terms), ...Object.values(now.rates).flat()];
    if (!numbers.every(Number.isFinite)) return undefined;
    this.emit({ kind: "rates", step: at.step, rates: now.rates });
    const shown = await this.evaluator.collect(["reconstruction."], this.shown, at.knobs);
    this.showSamples(at.step, shown["reconstruction."]);
    this.tell(now, at);
    return now;
  }

  /** Probes learn from training rows and are judged on validation rows while training runs, on test rows at its end. */
  async probe(at: Standing, final: boolean): Promise<void> {
    const { splits, streams } = this.preparation.data;
    const learned = final ? splits.train : splits.train.slice(0, LIVE_PROBE_ROWS);
    const judged = final ? splits.test : splits.validation;
    const coded = (rows: Int32Array): Promise<CodedRows> =>
      codesOf(this.preparation.spec, this.encoder, rows, at.knobs);
    const [seen, unseen] = [await coded(learned), await coded(judged)];
    const probes = await runProbes([...streams.values()], seen, unseen, this.slices);
    if (probes.length === 0) return;
    this.emit({ kind: "probes", step: at.step, probes, sentence: describeProbes(probes) });
  }

  private measure(at: Standing, batches: number): Promise<Measured> {
    return this.evaluator.measure(this.preparation.data.splits.validation, at.knobs, batches);
  }

  private tell(now: Measured, at: Standing): void {
    const { derived, batch, spec } = this.preparation;
    const weights = Object.fromEntries(
      derived.terms.map(({ term, effectiveWeight }) => [term.id, evaluate(effectiveWeight, at.knobs)]),
    );
    const first = this.first ?? now;
    const { progress } = at;
    const terms = derived.terms;
    const steps = { asked: spec.training.batch, rows: batch.train };
    const found = findingsOf({ now, first, terms, weights, spec, batch: batch.evaluate, steps, progress });
    for (const code of this.told) {
      if (found.some((finding) => finding.code === code)) continue;
      this.told.delete(code);
      this.emit({ kind: "settled", step: at.step, code });
    }
    for (const finding of found) {
      if (this.told.has(finding.code)) continue;
      this.told.add(finding.code);
      this.emit({ kind: "finding", step: at.step, finding });
    }
  }
}
