/** What a person sees of a training between its steps: held-out values, rates, pictures, findings, probes. */
import type { Slices } from "./clock";
import { Evaluator, type Measured } from "./evaluation";
import type { Session } from "./executor";
import { Evidence } from "./findings/evidence";
import { leaksIn, privatePairs } from "./findings/leaks";
import { findingRules, findingsOf } from "./findings/index";
import type { Observed } from "./findings/rule";
import type { Read } from "./inspect/scene";
import { Inputs } from "./inputs";
import { shownSamples } from "./samples";
import { leftBehindSentence } from "./left-behind/sentence";
import { heldOutOf, type CodesSearched, type Search } from "./left-behind/search";
import type { Preparation } from "./prepare";
import { Contrasts, type Recalibrated } from "./recalibration";
import { lightMeasurements, measurements } from "./measurements/index";
import { informedPairs } from "./measurements/informed";
import { apartIn, apartPairs } from "./measurements/shared-at-most";
import { togetherOf, knownOf } from "./measurements/together";
import { carryOut, once, sentencesOf, type Gather } from "./measurements/measure";
import {
  codesOf,
  isFactor,
  readPairs,
  readTemperatures,
  type CodedRows,
  type PairReading,
  type Told,
} from "./measurements/subjects";
import { confusionOf } from "./probes/index";
import type { Confusion, Finding, FromHost, MeasuredValue } from "./protocol";
import { firstSentences, SENTENCES } from "./sentence";
import { judge } from "./verdicts";

type WithoutGeneration<T> = T extends { generation: number } ? Omit<T, "generation"> : never;
/** What a training says; its host adds the generation. */
export type TrainingMessage = WithoutGeneration<FromHost>;

/** Rows that a round of probes learns from, and is judged on, while training runs; the last round takes all. */
const LIVE_PROBE_ROWS = 1000;
const LIVE_JUDGED_ROWS = 500;
/** Draws of each judged row, each scored by itself: while training runs, and in the last round. */
const DRAWS = { live: 1, last: 4 };
/** The same, where it is searched for what is left behind. */
const DRAWS_SEARCHED = 2;
/** Held-out batches in one look while training runs; the last look takes all. */
const LIVE_BATCHES = 4;
/** Batches of codes in one look while training runs. */
const LOOK_BATCHES = 2;
const SHOWN_SAMPLES = 8;

/** Where a training stands. */
export interface Standing {
  step: number;
  /** Share of the training that is done. */
  progress: number;
  knobs: Record<string, number>;
}

/** What a round is made from. */
interface Gathered {
  /** Whether it is the last: of all training rows and test rows. */
  final: boolean;
  /** Of a look: how many rows are judged at most. */
  most: number;
  recalibrated: Record<string, Recalibrated> | undefined;
}

/** Codes of findings that a look takes back; any other has happened, and stays. */
const looked: ReadonlySet<string> = new Set(findingRules.map(({ code }) => code));
const keyOf = ({ code, about = "" }: Finding): string => `${code} ${about}`;

export class Watcher {
  private readonly evaluator: Evaluator;
  private readonly encoder: Evaluator;
  private readonly shown: Int32Array;
  private readonly evidence: Evidence;
  private readonly pairs: ReturnType<typeof privatePairs>;
  /** What is measured. */
  private readonly list: typeof measurements;
  private readonly apart: ReturnType<typeof apartPairs>;
  private first: Measured | undefined;
  /** Codes of the weights that were tested. */
  private tested: ({ step: number } & CodesSearched) | undefined;
  /** What the probes of the last round have predicted. */
  read: Read | undefined;
  /** What bounds the information of all codes together, as the last round found it. */
  private toldByCodes: readonly Told[] = [];
  /** What the last round said first. */
  private said: string[] = [];
  /** Findings that hold, as they were last said. */
  private readonly told = new Map<string, Finding>();

  constructor(
    private readonly preparation: Preparation,
    private readonly session: Session,
    seed: number,
    private readonly slices: Slices,
    private readonly emit: (message: TrainingMessage) => void,
  ) {
    const { data, programs, batch, absent, light } = preparation;
    this.list = light ? lightMeasurements : measurements;
    const evaluator = (name: "evaluate" | "encode"): Evaluator => {
      const inputs = new Inputs(name, programs[name], data.streams, seed, absent);
      return new Evaluator(session, name, programs[name], batch[name], inputs, slices);
    };
    this.evaluator = evaluator("evaluate");
    this.encoder = evaluator("encode");
    this.evidence = new Evidence(preparation);
    this.pairs = privatePairs(preparation.derived);
    this.apart = apartPairs(preparation.derived, this.pairs);
    this.shown = data.splits.validation.slice(0, SHOWN_SAMPLES);
  }

  /** The first held-out samples, beside their reconstructions [rows, width] where there are any. */
  showSamples(step: number, reconstructions: Record<string, Float32Array> = {}): void {
    const samples = [...this.preparation.data.streams.values()]
      .filter(({ role }) => role !== "observe")
      .flatMap((stream) => shownSamples(stream, this.shown, reconstructions[stream.name]));
    if (samples.length > 0) this.emit({ kind: "samples", step, samples });
  }

  /** What has been found and still holds, as it was last said. */
  get findings(): Finding[] {
    return [...this.told.values()];
  }

  /** Findings of the run that is gone on with, said already: a look takes them back once they no longer hold. */
  takeUp(findings: readonly Finding[]): void {
    for (const finding of findings) this.told.set(keyOf(finding), finding);
  }

  /** A step was made: values of its terms on its batch. */
  trained(terms: Readonly<Record<string, number>>): void {
    this.evidence.trained(terms);
  }

  /** Says what has been found; it holds until a look no longer finds it. */
  say(step: number, finding: Finding): void {
    this.told.set(keyOf(finding), finding);
    this.emit({ kind: "finding", step, finding });
  }

  /** Measures what later looks are compared with, once. */
  async begin(at: Standing): Promise<void> {
    this.first ??= await this.measure(at, LIVE_BATCHES);
  }

  /**
   * Measures the validation rows and shows what the codes do with them.
   * @param how whether terms are measured over the whole of them, not only some batches; and codes, over all or some rows
   * @returns the values, unless one of them is not finite
   */
  async look(
    at: Standing,
    { whole, rows }: { whole: boolean; rows: "all" | "some" },
  ): Promise<Measured | undefined> {
    const now = whole ? await this.measureWhole(at) : await this.measure(at, LIVE_BATCHES);
    if (!isFinite(now)) return undefined;
    this.emit({ kind: "rates", step: at.step, rates: now.rates });
    const { spec, batch } = this.preparation;
    const most = rows === "all" ? Infinity : LOOK_BATCHES * batch.encode;
    const gather = this.gather(at, { most, recalibrated: now.recalibrated });
    const measured = await carryOut(this.list, "look", gather, spec);
    this.emit({ kind: "measurements", step: at.step, measurements: measured });
    await this.reconstruct(at);
    const [coded, temperatures] = [await gather.judged(), await gather.temperatures()];
    this.tell(
      this.evidence.take({
        now,
        first: this.first ?? now,
        rates: ratesIn(measured),
        coded,
        temperatures,
        ...at,
      }),
      at,
    );
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
    const tested = await this.evaluator.measure(test, at.knobs, { contrasts });
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
    const { spec, data } = this.preparation;
    const of = (rows: Int32Array, draws: number): Promise<CodedRows> =>
      codesOf(spec, this.encoder, rows, knobs, draws);
    const [seen, judged] = [await of(data.splits.train, 1), await of(heldOutOf(data), DRAWS_SEARCHED)];
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
    const told = { codes: this.toldByCodes, streams };
    const again = measurements.filter(({ needs }) => needs === "told");
    const gather = {
      ...this.gather({ step, progress: 1, knobs: {} }, {}),
      told: () => Promise.resolve(told),
    };
    const measured = await carryOut(again, "round", gather, this.preparation.spec);
    this.emit({ kind: "measurements", step, measurements: measured });
  }

  private async reconstruct({ step, knobs }: Standing): Promise<void> {
    const shown = await this.evaluator.collect(["reconstruction."], this.shown, knobs);
    this.showSamples(step, shown["reconstruction."]);
  }

  /**
   * A round of all measurements, with verdicts. Probes learn from training rows and are judged on validation rows while
   * training runs, on test rows at its end.
   */
  async round(at: Standing, how: Partial<Gathered> = {}): Promise<void> {
    const { spec } = this.preparation;
    const gather = this.gather(at, how);
    const measured = await carryOut(this.list, "round", gather, spec);
    this.emit({ kind: "measurements", step: at.step, measurements: measured });
    const [draws, means, rates] = [
      await gather["read-draws"](),
      await gather["read-means"](),
      await gather.rates(),
    ];
    this.read = { step: at.step, rows: (await gather.judged()).rows, readings: draws };
    const judged = judge(draws, means, rates, spec);
    const verdicts = judged.map(({ code, factor, verdict, because }) => ({
      code,
      factor,
      verdict,
      ...(because && { because }),
    }));
    this.said = [...firstSentences(judged), ...sentencesOf(this.list, measured)];
    const sentence = joined(this.said);
    if (verdicts.length > 0 || sentence !== "")
      this.emit({ kind: "verdicts", step: at.step, verdicts, confusions: confusionsOf(draws), sentence });
  }

  /** What the measurements of a round are made from; those of a look, where `most` rows are given, compare no densities. */
  private gather(
    at: Standing,
    { final = false, most, recalibrated = {} }: Partial<Gathered>,
  ): Gather & { judged: () => Promise<CodedRows> } {
    const { spec, data, temperatures, light } = this.preparation;
    const { train, test, validation } = data.splits;
    const factors = [...data.streams.values()].filter(isFactor);
    const compared = most === undefined && (factors.length > 0 || this.apart.length > 0) && !light;
    const coded = (rows: Int32Array, draws: number, densities = false): Promise<CodedRows> =>
      codesOf(spec, this.encoder, rows, at.knobs, draws, densities);
    const seen = final ? train : train.slice(0, LIVE_PROBE_ROWS);
    const rows = final ? test : validation.slice(0, most ?? LIVE_JUDGED_ROWS);
    const judged = once(() => coded(rows, final ? DRAWS.last : DRAWS.live, compared));
    const codes = once(async () => ({ seen: await coded(seen, 1), judged: await judged(), factors }));
    const readDraws = once(async () => readPairs(await codes(), "draws", this.slices));
    const informed = once(async () =>
      informedPairs(await codes(), await readDraws(), spec, final, this.slices),
    );
    const together = once(async () => (final ? togetherOf(await codes(), spec, this.slices) : []));
    return {
      judged,
      recalibrated: () => Promise.resolve(recalibrated),
      temperatures: () => readTemperatures(temperatures, this.session),
      rates: async () => (await judged()).rates,
      codes,
      "read-draws": readDraws,
      "read-means": once(async () => readPairs(await codes(), "means", this.slices)),
      leaks: once(async () => leaksIn(this.pairs, await judged(), data.streams)),
      apart: once(async () => apartIn(this.apart, await judged(), spec, this.slices)),
      informed,
      together,
      told: once(async () => ({
        codes: (this.toldByCodes = knownOf(spec, await informed(), await together())),
        streams: [],
      })),
    };
  }

  private measure(at: Standing, limit: number): Promise<Measured> {
    return this.evaluator.measure(this.preparation.data.splits.validation, at.knobs, { limit });
  }

  /** Over all validation rows, contrastive terms recalibrated too. */
  private async measureWhole({ knobs }: Standing): Promise<Measured> {
    const contrasts = new Contrasts();
    const { validation } = this.preparation.data.splits;
    const measured = await this.evaluator.measure(validation, knobs, { contrasts });
    return { ...measured, recalibrated: contrasts.at(contrasts.fitted()) };
  }

  private tell(observed: Observed, at: Standing): void {
    const found = this.preparation.fixable(findingsOf(observed));
    const holds = new Map(found.map((finding) => [keyOf(finding), finding]));
    for (const [name, { code, about }] of this.told) {
      if (holds.has(name) || !looked.has(code)) continue;
      this.told.delete(name);
      this.emit({ kind: "settled", step: at.step, code, ...(about === undefined ? {} : { about }) });
    }
    // Said again when its numbers have changed: what is shown is of now.
    for (const [name, finding] of holds)
      if (this.told.get(name)?.message !== finding.message) this.say(at.step, finding);
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
