/** A spec trained to its end in this process, on one thread, and what probes read off its codes afterwards. */
import { copyRows } from "../../core/data/rows";
import { sizeOf } from "../../core/program/program";
import type { Dataset } from "../../core/data/dataset";
import { generate } from "../../core/data/generator";
import { generatorOf } from "../../core/data/generators/index";
import { Slices } from "../../core/train/clock";
import { Evaluator, type Measured } from "../../core/train/evaluation";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { Inputs } from "../../core/train/inputs";
import { chooseSpec, prepare, type DataStream, type Preparation } from "../../core/train/prepare";
import type { CodedRows } from "../../core/train/measurements/coded-rows";
import { codesOf, isFactor, readPairs } from "../../core/train/measurements/subjects";
import { accuracyOf, r2Of, type Reading, type Score } from "../../core/train/probes/index";
import type { Finding } from "../../core/train/protocol";
import { KnobSchedule } from "../../core/train/schedule";
import { Trainer } from "../../core/train/trainer";

const clock = {
  now: () => performance.now(),
  defer: (): Promise<void> => new Promise((resolve) => setImmediate(resolve)),
};

/** What a linear probe reads of a factor: from draws of a code, with the value of its mean beside it. */
export interface ProbeResult extends Score {
  code: string;
  factor: string;
  measure: "accuracy" | "R2";
  mean: number;
}

const scoreOf = (reading: Reading): Score => (reading.kind === "label" ? accuracyOf(reading) : r2Of(reading));

async function probesOf(
  seen: CodedRows,
  judged: CodedRows,
  streams: Iterable<DataStream>,
): Promise<ProbeResult[]> {
  const codes = { seen, judged, factors: [...streams].filter(isFactor) };
  const draws = await readPairs(codes, "draws", new Slices(clock));
  const means = await readPairs(codes, "means", new Slices(clock));
  return draws.map(({ code, factor, reading }, i) => ({
    code,
    factor,
    measure: reading.kind === "label" ? "accuracy" : "R2",
    ...scoreOf(reading),
    mean: scoreOf(means[i]!.reading).value,
  }));
}

/** The data of the last text: another text of the same data need not draw them again. */
let drawn: { key: string; dataset: Dataset } | undefined;

/** @param change what is done to the data before they are bound */
export function prepared(
  text: string,
  seed: number,
  change: (dataset: Dataset) => Dataset = (dataset) => dataset,
): Preparation {
  const choice = chooseSpec({ text, overrides: { seed } });
  const { source, options } = choice.data;
  const key = JSON.stringify([source, options]);
  if (drawn?.key !== key) {
    const generator = generatorOf(source);
    if (generator === undefined) throw new Error(`"${source}" is no built-in data`);
    drawn = { key, dataset: generate(generator, { source, options }) };
  }
  return prepare(choice, change(drawn.dataset));
}

/** The programs that make a training's numbers; others only show what its weights do. */
export const trainedPrograms = ({
  programs: { train, evaluate, encode },
}: Preparation): Partial<Preparation["programs"]> => ({ train, evaluate, encode });

/** A training in this process, to be looked at before its first step and after its last, until `dispose`. */
export interface Training {
  preparation: Preparation;
  run(): Promise<void>;
  /** What it said when it was given up. */
  readonly failures: readonly string[];
  /** Every finding that it raised on the way. */
  readonly found: readonly Finding[];
  /** Values on rows of the data, under the weights of now and the knobs of the end. */
  measure(rows: Int32Array): Promise<Measured>;
  /** Codes of rows under the weights of now. @param draws how many draws of each row */
  codes(rows: Int32Array, draws: number): Promise<CodedRows>;
  /** Probes of every factor from draws of every code, on the test rows. */
  probes(): Promise<ProbeResult[]>;
  dispose(): Promise<void>;
}

/** A training before its first step. */
export async function opened(preparation: Preparation, seed: number): Promise<Training> {
  const { data, programs, batch, spec } = preparation;
  const executor = await createWasmExecutor({ threads: 1 });
  const session = await executor.open(programs);
  const failures: string[] = [];
  const found: Finding[] = [];
  // Factors are left out of the training, so that probes are made once, at its end.
  const streams = new Map([...data.streams].filter(([, { role }]) => role !== "observe"));
  const trainer = new Trainer(
    { ...preparation, data: { ...data, streams } },
    session,
    executor.description,
    seed,
    clock,
    (said) => {
      if (said.kind === "phase" && said.phase === "failed") failures.push(said.detail ?? "");
      if (said.kind === "finding") found.push(said.finding);
    },
  );
  const slices = new Slices(clock);
  const evaluator = (name: "evaluate" | "encode"): Evaluator => {
    const inputs = new Inputs(name, programs[name], data.streams, seed, preparation.absent);
    return new Evaluator(session, name, programs[name], batch[name], inputs, slices);
  };
  const knobs = new KnobSchedule(spec.knobs, 1).at(Infinity);
  const codes = (rows: Int32Array, draws: number): Promise<CodedRows> =>
    codesOf(spec, evaluator("encode"), rows, knobs, draws, false, preparation.absent.holes);
  const { train, test } = data.splits;
  return {
    preparation,
    run: () => trainer.run(),
    failures,
    found,
    measure: (rows) => evaluator("evaluate").measure(rows, knobs),
    codes,
    probes: async () => probesOf(await codes(train, 1), await codes(test, 4), data.streams.values()),
    async dispose() {
      await trainer.dispose();
      executor.close();
    },
  };
}

/** A spec trained on built-in data. @throws Error where the training was given up */
export async function trained(text: string, seed: number): Promise<Training> {
  const training = await opened(prepared(text, seed), seed);
  await training.run();
  const { failures, preparation } = training;
  if (failures.length > 0) throw new Error(`${preparation.spec.name}: ${failures.join("; ")}`);
  return training;
}

/** Trains a spec on built-in data; probes of every factor from every code, on the test rows. */
export async function trainHere(text: string, seed: number): Promise<ProbeResult[]> {
  const training = await trained(text, seed);
  const probes = await training.probes();
  await training.dispose();
  return probes;
}

/** The same probes of streams as they are, by name: what a code could hold at most. */
export function probeStreams(text: string, names: readonly string[]): Promise<ProbeResult[]> {
  const { data } = prepared(text, 1);
  const plain = (rows: Int32Array): CodedRows => {
    const means = Object.fromEntries(names.map((name) => [name, rowsOf(data.streams.get(name)!, rows)]));
    return { rows, means, draws: [means], rates: {}, densities: {} };
  };
  const { train, test } = data.splits;
  return probesOf(plain(train), plain(test), data.streams.values());
}

function rowsOf(stream: DataStream, rows: Int32Array): Float32Array {
  const out = new Float32Array(rows.length * sizeOf(stream.shape));
  copyRows(stream, rows, out);
  return out;
}
