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
import { codesOf, runProbes } from "../../core/train/probing";
import type { ProbeResult } from "../../core/train/protocol";
import { KnobSchedule } from "../../core/train/schedule";
import { Trainer } from "../../core/train/trainer";

const clock = {
  now: () => performance.now(),
  defer: (): Promise<void> => new Promise((resolve) => setImmediate(resolve)),
};

/** The data of the last text: another text of the same data need not draw them again. */
let drawn: { key: string; dataset: Dataset } | undefined;

function prepared(text: string, seed: number): Preparation {
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

/** Trains a spec on built-in data; probes of every factor from every code, on the test rows. */
export async function trainHere(text: string, seed: number): Promise<ProbeResult[]> {
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
  const coded = (rows: Int32Array) => codesOf(spec, encoder, rows, knobs);
  const [seen, unseen] = [await coded(data.splits.train), await coded(data.splits.test)];
  const probes = await runProbes([...data.streams.values()], seen, unseen, slices);
  await trainer.dispose();
  executor.close();
  return probes;
}

/** The same probes of streams as they are, by name: what a code could hold at most. */
export function probeStreams(text: string, names: readonly string[]): Promise<ProbeResult[]> {
  const { data } = prepared(text, 1);
  const plain = (rows: Int32Array) => ({
    rows,
    codes: Object.fromEntries(names.map((name) => [name, rowsOf(data.streams.get(name)!, rows)])),
  });
  const { train, test } = data.splits;
  return runProbes([...data.streams.values()], plain(train), plain(test), new Slices(clock));
}

function rowsOf(stream: DataStream, rows: Int32Array): Float32Array {
  const out = new Float32Array(rows.length * sizeOf(stream.shape));
  copyRows(stream, rows, out);
  return out;
}
