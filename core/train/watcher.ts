/** What a person sees of a training between its steps: held-out values, rates, pictures, findings, probes. */
import type { Slices } from "./clock";
import { Evaluator, outputsOf, type Measured } from "./evaluation";
import type { Session } from "./executor";
import { Evidence } from "./findings/evidence";
import { findingsOf } from "./findings/index";
import { Gatherer, type Gathered } from "./gatherer";
import { HeldFindings } from "./held-findings";
import type { Read } from "./inspect/scene";
import { wholeFirst } from "./holes";
import { Inputs } from "./inputs";
import { isShown, showing } from "./samples";
import { leftBehindSentence } from "./left-behind/sentence";
import { heldOutOf, learnedOf, type CodesSearched, type Search } from "./left-behind/search";
import type { Program } from "../program/program";
import type { Preparation } from "./prepare";
import { Contrasts } from "./recalibration";
import { lightMeasurements, measurements } from "./measurements/index";
import type { CodedRows } from "./measurements/coded-rows";
import { carryOut, sentencesOf } from "./measurements/measure";
import { codesOf, type PairReading } from "./measurements/subjects";
import { confusionOf } from "./probes/index";
import type { Confusion, MeasuredValue } from "./protocol";
import { firstSentences, SENTENCES } from "./sentence";
import type { Standing, TrainingMessage } from "./training";
import { jointlyCarried, judge } from "./verdicts";

/** Draws of each judged row, where it is searched for what is left behind: two to suspect a row, one to judge it. */
const DRAWS_SEARCHED = 3;
/** Held-out batches in one look while training runs; the last look takes all. */
const LIVE_BATCHES = 4;
/** Batches of codes in one look while training runs. */
const LOOK_BATCHES = 2;
const SHOWN_SAMPLES = 8;

export class Watcher {
  readonly findings: HeldFindings;
  private readonly evaluator: Evaluator;
  private readonly encoder: Evaluator;
  /** Of test rows, whose batches lack other streams than those of validation rows. */
  private readonly tester: Evaluator;
  private readonly shown: Int32Array;
  private shows: readonly [name: string, show: ReturnType<typeof showing>][] | undefined;
  private readonly evidence: Evidence;
  private readonly gatherer: Gatherer;
  /** What is measured. */
  private readonly list: typeof measurements;
  private first: Measured | undefined;
  /** Codes of the weights that were tested. */
  private tested: ({ step: number } & CodesSearched) | undefined;
  /** What the probes of the last round have predicted. */
  read: Read | undefined;
  /** What the last round said first. */
  private said: string[] = [];
  /** The multipliers of contrastive terms that the last look has fitted: those of the next are near. */
  private multipliers: Readonly<Record<string, number>> = {};

  constructor(
    private readonly preparation: Preparation,
    session: Session,
    seed: number,
    slices: Slices,
    private readonly emit: (message: TrainingMessage) => void,
  ) {
    const { data, programs, batch, absent, light } = preparation;
    this.list = light ? lightMeasurements : measurements;
    const evaluator = (name: "evaluate" | "encode" | "test", program: Program): Evaluator => {
      const inputs = new Inputs(name, program, data.streams, seed, absent);
      return new Evaluator(session, name, program, batch[name], inputs, slices);
    };
    this.evaluator = evaluator("evaluate", programs.evaluate);
    this.encoder = evaluator("encode", programs.encode);
    this.tester = programs.test ? evaluator("test", programs.test) : this.evaluator;
    this.evidence = new Evidence(preparation);
    this.gatherer = new Gatherer(preparation, session, this.encoder, slices);
    this.findings = new HeldFindings(emit);
    this.shown = wholeFirst(data.splits.validation, absent.holes).slice(0, SHOWN_SAMPLES);
  }

  /** The first held-out samples, beside their reconstructions [rows, width] where there are any. */
  showSamples(step: number, reconstructions: Record<string, Float32Array> = {}): void {
    this.shows ??= [...this.preparation.data.streams.values()]
      .filter(({ role }) => role !== "observe")
      .map((stream) => [stream.name, showing(stream, this.shown)]);
    const samples = this.shows.flatMap(([name, show]) => show(reconstructions[name]));
    if (samples.length > 0) this.emit({ kind: "samples", step, samples });
  }

  /** A step was made: values of its terms on its batch. */
  trained(terms: Readonly<Record<string, number>>): void {
    this.evidence.trained(terms);
  }

  /** Measures what later looks are compared with, once. */
  async begin(at: Standing): Promise<void> {
    this.first ??= await this.measure(at, LIVE_BATCHES);
  }

  /**
   * Measures the validation rows and shows what the codes do with them.
   * @param how whether terms are measured over the whole of them, not only some batches; and codes, over all or some rows
   * @param show is given the values before codes are measured, which takes longer
   * @returns the values, unless one of them is not finite
   */
  async look(
    at: Standing,
    { whole, rows }: { whole: boolean; rows: "all" | "some" },
    show: (now: Measured) => void,
  ): Promise<Measured | undefined> {
    const now = whole ? await this.measureWhole(at) : await this.measure(at, LIVE_BATCHES);
    if (!isFinite(now)) return undefined;
    this.emit({ kind: "rates", step: at.step, rates: now.rates });
    show(now);
    const { spec, batch } = this.preparation;
    const most = rows === "all" ? Infinity : LOOK_BATCHES * batch.encode;
    const gather = this.gatherer.gather(at, { most, recalibrated: now.recalibrated });
    const measured = await carryOut(this.list, "look", gather, spec);
    this.emit({ kind: "measurements", step: at.step, measurements: measured });
    await this.reconstruct(at);
    const [coded, temperatures] = [await gather.judged(), await gather.temperatures()];
    const observed = this.evidence.take({
      now,
      first: this.first ?? now,
      rates: ratesIn(measured),
      coded,
      temperatures,
      ...at,
    });
    this.findings.lookedAt(at.step, this.preparation.fixable(findingsOf(observed)));
    return now;
  }

  /**
   * Judges the weights of a training that has ended, on test rows: terms, rates, reconstructions, a round of all measurements.
   * @param searched whether what they leave behind is searched for afterwards
   * @returns the terms, unless one of them is not finite
   */
  async test(at: Standing, searched: boolean): Promise<Pick<Measured, "total" | "terms"> | undefined> {
    const { test, validation } = this.preparation.data.splits;
    const [fitted, contrasts] = [new Contrasts(), new Contrasts()];
    // The temperature that suits the test rows would be chosen by them.
    if (this.evaluator.contrasts) await this.evaluator.measure(validation, at.knobs, { contrasts: fitted });
    const tested = await this.tester.measure(test, at.knobs, { contrasts });
    const { total, terms, rates } = tested;
    if (!isFinite(tested)) return undefined;
    this.emit({ kind: "rates", step: at.step, rates });
    await this.reconstruct(at);
    await this.round(at, { final: true, recalibrated: contrasts.at(fitted.fitted()) });
    if (searched) await this.collectCodes(at);
    return { total, terms };
  }

  /** Keeps what a search for rows that are left behind reads of these weights. */
  private async collectCodes({ step, knobs }: Standing): Promise<void> {
    const of = (rows: Int32Array, draws: number): Promise<CodedRows> =>
      codesOf(this.preparation.spec, this.encoder, rows, knobs, draws);
    const [seen, judged] = [
      await of(learnedOf(this.preparation), 1),
      await of(heldOutOf(this.preparation), DRAWS_SEARCHED),
    ];
    this.tested = { step, seen, judged };
  }

  /** Says which rows the codes of the tested weights fail, unless the search is stopped. */
  async tellLeftBehind(search: Search): Promise<void> {
    if (this.tested === undefined) return;
    const { step, ...codes } = this.tested;
    const found = await search(codes);
    if (found === undefined) return;
    const { leftBehind, streams } = found;
    // After what matters most of the rest, and before all else.
    const [most, rest] = [this.said.slice(0, 1), this.said.slice(1)];
    const sentence =
      leftBehind.length > 0 ? { sentence: joined([...most, leftBehindSentence(leftBehind), ...rest]) } : {};
    this.emit({ kind: "left-behind", step, leftBehind, ...sentence });
    // What rests on the streams too is measured again, now that they have been read.
    const told = { codes: this.gatherer.toldByCodes, streams };
    const again = measurements.filter(({ needs }) => needs === "told");
    const gather = {
      ...this.gatherer.gather({ step, progress: 1, knobs: {} }, {}),
      told: () => Promise.resolve(told),
    };
    const measured = await carryOut(again, "round", gather, this.preparation.spec);
    this.emit({ kind: "measurements", step, measurements: measured });
  }

  private async reconstruct({ step, knobs }: Standing): Promise<void> {
    const { programs, data } = this.preparation;
    const decoded = outputsOf(programs.evaluate, "reconstruction.");
    if (!decoded.some((name) => isShown(data.streams.get(name)!))) return this.showSamples(step);
    const shown = await this.evaluator.collect(["reconstruction."], this.shown, knobs);
    this.showSamples(step, shown["reconstruction."]);
  }

  /**
   * A round of all measurements, with verdicts. Probes learn from training rows and are judged on validation rows while
   * training runs, on test rows at its end.
   */
  async round(at: Standing, how: Partial<Gathered> = {}): Promise<void> {
    const { spec } = this.preparation;
    const gather = this.gatherer.gather(at, how);
    const measured = await carryOut(this.list, "round", gather, spec);
    this.emit({ kind: "measurements", step: at.step, measurements: measured });
    const { light } = this.preparation;
    const [draws, means, rates] = [
      await gather["read-draws"](),
      await gather["read-means"](),
      await gather.rates(),
    ];
    const [informed, together] = light ? [[], []] : [await gather.informed(), await gather.together()];
    this.read = { step: at.step, rows: (await gather.judged()).rows, readings: draws };
    const judged = judge(draws, means, rates, spec, informed);
    const verdicts = judged.map(({ code, factor, verdict, because }) => ({
      code,
      factor,
      verdict,
      ...(because && { because }),
    }));
    this.said = [...firstSentences(judged, jointlyCarried(together)), ...sentencesOf(this.list, measured)];
    const sentence = joined(this.said);
    if (verdicts.length > 0 || sentence !== "")
      this.emit({ kind: "verdicts", step: at.step, verdicts, confusions: confusionsOf(draws), sentence });
  }

  private measure(at: Standing, limit: number): Promise<Measured> {
    return this.evaluator.measure(this.preparation.data.splits.validation, at.knobs, { limit });
  }

  /** Over all validation rows, contrastive terms recalibrated too. */
  private async measureWhole({ knobs }: Standing): Promise<Measured> {
    const contrasts = new Contrasts();
    const { validation } = this.preparation.data.splits;
    const measured = await this.evaluator.measure(validation, knobs, { contrasts });
    this.multipliers = contrasts.fitted(this.multipliers);
    return { ...measured, recalibrated: contrasts.at(this.multipliers) };
  }
}

const joined = (sentences: readonly string[]): string => sentences.slice(0, SENTENCES).join(" ");

const isFinite = ({ total, terms, rates }: Measured): boolean =>
  [total, ...Object.values(terms), ...Object.values(rates).flat()].every(Number.isFinite);

/** Of labels with so many classes a table of them shows nothing. */
const MOST_CONFUSED = 40;

const confusionsOf = (draws: readonly PairReading[]): Confusion[] =>
  draws.flatMap(({ code, factor, reading }) =>
    reading.kind === "label" && reading.classes <= MOST_CONFUSED
      ? [{ code, factor, counts: confusionOf(reading) }]
      : [],
  );

/** The rate of each code among measured values. */
const ratesIn = (measured: readonly MeasuredValue[]): Record<string, number> =>
  Object.fromEntries(measured.flatMap(({ id, code, value }) => (id === "rate" ? [[code!, value]] : [])));
