/** From a text to something that can be trained: one spec chosen, its data bound, its programs compiled. */
import type { Alteration, BoundData } from "../data/alterations/alteration";
import { altered } from "../data/alterations/index";
import { bindStreams, type BoundStream } from "../data/bind";
import { makerOf, shownValues, type Maker } from "../data/made";
import { DataError, type Dataset, type ReadFile } from "../data/dataset";
import { loadDataset } from "../data/load";
import type { Diagnostic } from "../language/diagnostic";
import type { SpecTree } from "../language/tree";
import type { Origin } from "../language/uses";
import { compileDecode, compileEncode, compileEvaluate, compileParts, compileStep } from "../program/compile";
import type { OwnParameters } from "../program/own";
import { initialValues, parametersOfObjective } from "../program/parameters";
import { sizeOf, type Program } from "../program/program";
import { analyse } from "../theory/analyse";
import { learnedTemperatureIn, type LearnedTemperature } from "../theory/bounds/temperature";
import { changeEdit } from "../theory/change-edit";
import type { DerivedLoss, Generation, Objective } from "../theory/derivation/loss";
import { fewRows } from "../theory/faults/few-rows";
import { unreadUse } from "../theory/faults/unread-use";
import { sharedOut } from "../theory/missing/patterns";
import { presenceOf, presenceText } from "../theory/missing/presence";
import { rowsOf } from "../theory/derivation/rows";
import { buildObjective } from "../theory/objective/objective";
import type { DataRequest, Pattern, Spec, Stream } from "../theory/spec";
import type { Absent } from "./absences";
import type { Finding, Overrides, RunIdentity } from "./protocol";
import { hashText, initialWeights } from "../random";
import { asText } from "./as-text";
import { findingsIn } from "./findings/data/index";
import { overHoles } from "./over-holes";
import { noData, noSpec, unfitValues } from "./refusals";
import { Rejection } from "./rejection";
import { shapeOf } from "./snapshot";
import { outsideSupport } from "./support";

/** Rows of programs that are run for a few pictures. */
const FEW = 64;

/** A text to train. */
interface Request {
  text: string;
  /** Where it stands, with what it uses. */
  origin?: Origin;
  /** Name of its spec; the first where absent. */
  spec?: string;
  overrides?: Overrides;
  /** What is changed of the data, where they are those of a study. */
  alterations?: readonly Alteration[];
  /** Whether only its end is measured, and no information in nats. */
  light?: boolean;
}

/** One spec of a text, derived. */
export interface Choice {
  derived: DerivedLoss;
  objective: Objective;
  spec: Spec;
  data: DataRequest;
  alterations: readonly Alteration[];
  light: boolean;
  /** The published method it is, or is near, in words; empty where there is none. */
  method: string;
  /** Findings without those fixes for which the text, or one that it uses, has no place. */
  fixable: (findings: Finding[]) => Finding[];
}

export type DataStream = BoundStream & {
  role: Stream["role"];
  /** Writes rows of a stream that is made as batches are drawn. */
  make?: Maker;
  /** Streams without which a row lacks it. */
  absentWith: readonly string[];
  /** Of a label: the share of each class among the training rows, [classes]. */
  shares?: Float32Array;
};

export interface Preparation {
  derived: DerivedLoss;
  spec: Spec;
  method: string;
  fixable: Choice["fixable"];
  data: { streams: ReadonlyMap<string, DataStream>; splits: Dataset["splits"] };
  /** What the streams were read from. */
  dataset: Dataset;
  /** What the alterations have found in the data, by name. */
  facts?: Readonly<Record<string, number>>;
  /** What there is to say about the data before they are trained on. */
  findings: Finding[];
  absent: Absent;
  /** Whether only its end is measured, and no information in nats. */
  light: boolean;
  /** Rows of each program's batch. */
  batch: Record<keyof Programs, number>;
  /** What is decoded and drawn by itself, for the programs that do. */
  generation: Generation;
  programs: Programs;
  /** Steps of the whole training, and of an epoch. */
  length: { steps: number; stepsPerEpoch: number };
  /** Trained numbers in all. */
  parameters: number;
  /** The temperatures that terms learn, by the terms' ids. */
  temperatures: Record<string, LearnedTemperature>;
  /** Made when it is asked for: a long program takes some milliseconds. */
  identity(): RunIdentity;
  /** What held-out losses are of, hashed: the evaluation with the numbers written into it, and the data. */
  yardstick(): string;
  /** First values of every parameter, by name, but of those that modules of the user's own have. */
  initialWeights(seed: number): Record<string, Float32Array>;
}

/**
 * The training step; the loss without an update; the codes alone: their means, draws and rates row by row; where the data have
 * holes, the loss of batches with those of the test rows; and, where there are such, decoders of codes that are handed in, and codes of single streams.
 */
type Programs = Record<"train" | "evaluate" | "encode", Program> &
  Partial<Record<"test" | "decode" | "parts", Program>>;

/**
 * Derives a spec of the text: the one of this name, else the first.
 * @throws Rejection when the text or the spec has errors, or there is no such spec or no data
 */
export function chooseSpec(request: Request): Choice {
  const analysis = analyse(request.text, request.origin);
  const { specs, diagnostics } = analysis;
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  const names = specs.map(({ tree }) => tree.name.text);
  const found = request.spec === undefined ? specs[0] : specs[names.indexOf(request.spec)];
  if (found === undefined && (errors.length === 0 || names.length > 0)) {
    throw new Rejection([noSpec.at(request.spec, names)]);
  }
  if (found?.derived === undefined || !found.valid)
    throw new Rejection(errors.length > 0 || found === undefined ? errors : [missingUse(found.tree)]);
  const spec = override(found.derived.spec, request.overrides ?? {});
  if (spec.data === undefined) throw new Rejection([noData.at(spec)]);
  const { derived, recognised } = found;
  return {
    derived,
    objective: buildObjective(derived),
    spec,
    data: spec.data,
    alterations: request.alterations ?? [],
    light: request.light ?? false,
    method: recognised?.text ?? "",
    fixable: (findings) =>
      findings.map(({ fix, ...finding }) =>
        fix && changeEdit(analysis, spec.name, fix) ? { ...finding, fix } : finding,
      ),
  };
}

/** Whoever hands over a text hands over what it uses; without that nothing is wrong with it, and it is not whole. */
function missingUse({ name, range }: SpecTree): Diagnostic {
  const message = `\`${name.text}\` may extend a spec of a file that was not handed over with this text; open the preview again.`;
  return { code: unreadUse.code, severity: "error", message, range };
}

function override(spec: Spec, { epochs, steps, seed, knobs = {} }: Overrides): Spec {
  const { steps: written, ...training } = spec.training;
  const length = steps ?? (epochs === undefined ? written : undefined);
  return {
    ...spec,
    training: {
      ...training,
      epochs: epochs ?? training.epochs,
      ...(length !== undefined && { steps: length }),
      seed: seed ?? training.seed,
    },
    knobs: spec.knobs.map((knob) => ({ ...knob, value: knobs[knob.name] ?? knob.value })),
  };
}

/**
 * Loads what the spec's `data` asks for.
 * @throws Rejection at the words of the spec that asked for what is not there
 */
export function loadFor({ spec, data }: Choice, readFile: ReadFile): Promise<Dataset> {
  return loadDataset(data, readFile, fieldStreams(spec)).catch((error: unknown) => {
    throw rejected(error, spec, data);
  });
}

/** The streams that read fields: others are made from them. */
export const fieldStreams = ({ streams }: Spec): Stream[] =>
  streams.filter(({ derived }) => derived === undefined);

function rejected(error: unknown, spec: Spec, data: DataRequest): unknown {
  if (!(error instanceof DataError)) return error;
  return new Rejection([unfitValues.refused(error, spec, data)]);
}

/**
 * Binds the streams and compiles the programs.
 * @param own modules of the user's own, as an executor has built them
 * @throws Rejection when a stream does not fit the data, or its likelihood does not allow a value of it
 */
export function prepare(
  { alterations, light, method, fixable, ...choice }: Choice,
  loaded: Dataset,
  own: OwnParameters = new Map(),
): Preparation {
  const { bound, dataset, facts } = bind(choice.spec, choice.data, loaded, alterations);
  const streams = new Map(bound.map((stream) => [stream.name, stream]));
  const { derived, objective, spec, holes } = overHoles(choice, streams, dataset.splits);
  const outside = outsideSupport(derived, streams);
  if (outside.length > 0) throw new Rejection(outside);
  const { splits } = dataset;
  const train = Math.min(spec.training.batch, splits.train.length);
  // Estimates grow with the batch: held-out values are made with the same one, unless there are too few rows.
  const evaluate = Math.min(train, splits.validation.length);
  const few = Math.min(train, FEW);
  const batch = { train, evaluate, test: Math.min(train, splits.test.length) };
  const known = holes && {
    train: sharedOut(holes.patternsOf(splits.train), batch.train),
    evaluate: sharedOut(holes.patternsOf(splits.validation), batch.evaluate),
    test: sharedOut(holes.patternsOf(splits.test), batch.test),
  };
  const parameters = parametersOfObjective(objective, own);
  if (known === undefined) refuseFewRows(derived, spec, Math.min(train, evaluate));
  else
    for (const name of ["train", "evaluate", "test"] as const)
      refuseFewRows(derived, spec, batch[name], name, known[name]);
  const { generation } = objective;
  const evaluation = (name: "evaluate" | "test"): Program =>
    compileEvaluate(objective, { batch: batch[name], own, known: known?.[name] });
  const programs: Programs = {
    train: compileStep(objective, { batch: train, own, known: known?.train }),
    evaluate: evaluation("evaluate"),
    encode: compileEncode(objective, { batch: train, own }),
    ...(known && { test: evaluation("test") }),
    ...(some(generation.decoded) && { decode: compileDecode(objective, { batch: few, own }) }),
    ...(some(generation.parts) && { parts: compileParts(objective, { batch: few, own }) }),
  };
  const stepsPerEpoch = Math.floor(splits.train.length / train);
  const dataHash = dataOf(spec, alterations);
  let identity: RunIdentity | undefined;
  let yardstick: string | undefined;
  return {
    derived,
    spec,
    method,
    fixable,
    light,
    ...(facts && { facts }),
    data: { streams, splits },
    dataset,
    findings: findingsIn(dataset, streams.values(), { spec: choice.spec, terms: derived.terms }),
    absent: {
      missing: objective.missing,
      parts: objective.parts,
      ...(holes && { holes }),
      ...(known && { known }),
    },
    batch: { ...batch, encode: train, decode: few, parts: few },
    generation,
    programs,
    length: { steps: spec.training.steps ?? spec.training.epochs * stepsPerEpoch, stepsPerEpoch },
    yardstick: () => (yardstick ??= hashText(asText([dataHash, programs.evaluate]))),
    identity: () => (identity ??= { program: shapeOf(programs.train), data: dataHash }),
    parameters: parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    temperatures: temperaturesOf(objective),
    initialWeights: (seed) =>
      Object.fromEntries(
        parameters
          .filter(({ initial }) => initial.kind !== "own")
          .map((parameter) => [
            parameter.name,
            initialValues(parameter, (name, shape, fanIn) => initialWeights(seed, name, shape, fanIn)),
          ]),
      ),
  };
}

const some = (table: object): boolean => Object.keys(table).length > 0;

const temperaturesOf = ({ terms }: Objective): Preparation["temperatures"] =>
  Object.fromEntries(
    Object.entries(terms).flatMap(([id, value]) => {
      const learned = learnedTemperatureIn(value);
      return learned ? [[id, learned]] : [];
    }),
  );

/** The programs that read parts of their batch, and the samples that they read. */
const SAMPLES = { train: "training", evaluate: "validation", test: "test" } as const;

/** Data so small that a batch of them has not two rows of which a term can read all. */
function refuseFewRows(
  { terms }: DerivedLoss,
  spec: Spec,
  batch: number,
  of?: keyof typeof SAMPLES,
  known?: readonly Pattern[],
): void {
  const few = terms.find((derived) => rowsOf(derived, spec, batch, known) < 2);
  if (few === undefined) return;
  const { range } = few.term;
  throw new Rejection([
    of === undefined
      ? fewRows.ofRates(range, batch)
      : fewRows.ofData(range, { batch, streams: presenceText(few.rows), samples: SAMPLES[of] }),
  ]);
}

/** The streams, and the data with the splits that the alterations leave. */
function bind(
  spec: Spec,
  data: DataRequest,
  loaded: Dataset,
  alterations: readonly Alteration[],
): { bound: DataStream[]; dataset: Dataset; facts: BoundData["facts"] } {
  try {
    const fields = bindStreams(loaded, fieldStreams(spec));
    const {
      streams: bound,
      facts,
      ...rows
    } = altered({ streams: fields, splits: loaded.splits, samples: loaded.samples }, alterations);
    const dataset = alterations.length === 0 ? loaded : { ...loaded, ...rows };
    const named = (name: string | undefined): BoundStream | undefined =>
      bound.find((stream) => stream.name === name);
    const made = spec.streams.map(({ name, role, kind, derived }): DataStream => {
      const absentWith = presenceOf(spec, { name }).flat();
      if (derived === undefined)
        return { ...named(name)!, role, absentWith, ...sharesOf(named(name)!, dataset) };
      const source = named(derived.of)!;
      const classes = derived.by === "partner" ? named(derived.same) : undefined;
      const make = makerOf(name, derived, source, classes, dataset.splits);
      return { ...source, ...shownValues(derived, source), name, kind, role, make, absentWith };
    });
    return { bound: made, dataset, facts };
  } catch (error) {
    throw rejected(error, spec, data);
  }
}

function sharesOf(
  { kind, classes, values, absent }: BoundStream,
  { splits }: Dataset,
): { shares?: Float32Array } {
  if (kind.name !== "label") return {};
  const shares = new Float32Array(classes!);
  const rows = absent ? splits.train.filter((row) => !absent[row]) : splits.train;
  for (const row of rows) shares[values[row]!]!++;
  return { shares: shares.map((count) => count / rows.length) };
}

/** What is read of which data, hashed. */
const dataOf = ({ data, streams, missing }: Spec, alterations: readonly Alteration[]): string =>
  hashText(asText([data, streams, missing, ...(alterations.length > 0 ? [alterations] : [])]));

/** Whether two preparations ask for the same training of the same data. */
export function sameWork(a: Preparation, b: Preparation): boolean {
  const key = ({ spec, programs }: Preparation): string =>
    asText([spec.name, spec.data, spec.training, spec.knobs, spec.streams, spec.missing, programs]);
  return key(a) === key(b) && a.data.splits === b.data.splits;
}
