/** A spec trained to its end in this process, on one thread, and what probes read off its codes afterwards. */
import { copyRows } from "../../core/data/rows";
import { sizeOf } from "../../core/program/program";
import type { Dataset } from "../../core/data/dataset";
import { generate } from "../../core/data/generator";
import { generatorOf } from "../../core/data/generators/index";
import { Slices } from "../../core/train/clock";
import { Evaluator } from "../../core/train/evaluation";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { Inputs } from "../../core/train/inputs";
import { chooseSpec, prepare, type DataStream, type Preparation } from "../../core/train/prepare";
import { codesOf, isFactor, readPairs, type CodedRows } from "../../core/train/measurements/subjects";
import { accuracyOf, r2Of, type Reading, type Score } from "../../core/train/probes/index";
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

export function prepared(text: string, seed: number): Preparation {
  const choice = chooseSpec({ text, overrides: { seed } });
  const { source, options } = choice.data;
  const key = JSON.stringify([source, options]);
  if (drawn?.key !== key) {
    const generator = generatorOf(source);
    if (generator === undefined) throw new Error(`"${source}" is no built-in data`);
    drawn = { key, dataset: generate(generator, { source, options }) };
  }
  return prepare(choice, drawn.dataset);
}

/** A spec that has been trained, until `dispose`. */
export interface Trained {
  preparation: Preparation;
  /** Codes of rows under the weights at the end. @param draws how many draws of each row */
  codes(rows: Int32Array, draws: number): Promise<CodedRows>;
  dispose(): Promise<void>;
}

/** Trains a spec on built-in data. */
export async function trained(text: string, seed: number): Promise<Trained> {
  const preparation = prepared(text, seed);
  const { data, programs, batch, spec } = preparation;
  const executor = await createWasmExecutor({ threads: 1 });
  const session = await executor.open(programs);
  const failures: string[] = [];
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
    },
  );
  await trainer.run();
  if (failures.length > 0) throw new Error(`${spec.name}: ${failures.join("; ")}`);
  const slices = new Slices(clock);
  const inputs = new Inputs("encode", programs.encode, data.streams, seed);
  const encoder = new Evaluator(session, "encode", programs.encode, batch.encode, inputs, slices);
  const knobs = new KnobSchedule(spec.knobs, 1).at(Infinity);
  return {
    preparation,
    codes: (rows, draws) => codesOf(spec, encoder, rows, knobs, draws),
    async dispose() {
      await trainer.dispose();
      executor.close();
    },
  };
}

/** Trains a spec on built-in data; probes of every factor from every code, on the test rows. */
export async function trainHere(text: string, seed: number): Promise<ProbeResult[]> {
  const { preparation, codes, dispose } = await trained(text, seed);
  const { train, test } = preparation.data.splits;
  const probes = await probesOf(
    await codes(train, 1),
    await codes(test, 4),
    preparation.data.streams.values(),
  );
  await dispose();
  return probes;
}

/** The same probes of streams as they are, by name: what a code could hold at most. */
export function probeStreams(text: string, names: readonly string[]): Promise<ProbeResult[]> {
  const { data } = prepared(text, 1);
  const plain = (rows: Int32Array): CodedRows => {
    const means = Object.fromEntries(names.map((name) => [name, rowsOf(data.streams.get(name)!, rows)]));
    return { rows, means, draws: [means], rates: {} };
  };
  const { train, test } = data.splits;
  return probesOf(plain(train), plain(test), data.streams.values());
}

function rowsOf(stream: DataStream, rows: Int32Array): Float32Array {
  const out = new Float32Array(rows.length * sizeOf(stream.shape));
  copyRows(stream, rows, out);
  return out;
}
