/** A spec trained to its end in this process, on one thread, and what probes read off its codes afterwards. */
import type { Dataset } from "../../core/data/dataset";
import { generate } from "../../core/data/generator";
import { generatorOf } from "../../core/data/generators/index";
import { Slices } from "../../core/train/clock";
import { Evaluator } from "../../core/train/evaluation";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { Inputs } from "../../core/train/inputs";
import { chooseSpec, prepare, type DataStream } from "../../core/train/prepare";
import { codesOf, runProbes } from "../../core/train/probing";
import type { ProbeResult } from "../../core/train/protocol";
import { KnobSchedule } from "../../core/train/schedule";
import { Trainer } from "../../core/train/trainer";

export interface Trained {
  /** Of every factor from every code, on the test rows. */
  probes: ProbeResult[];
  /** The same from what the codes are made of: the streams as they are, by name. */
  raw: ProbeResult[];
  /** Of the training, probes left out. */
  seconds: number;
}

const clock = {
  now: () => performance.now(),
  defer: (): Promise<void> => new Promise((resolve) => setImmediate(resolve)),
};

const datasets = new Map<string, Dataset>();

/** @param raw streams to be probed as they are */
export async function trainHere(text: string, seed: number, raw: readonly string[] = []): Promise<Trained> {
  const choice = chooseSpec({ text, overrides: { seed } });
  const key = JSON.stringify(choice.data.options) + choice.data.source;
  const dataset =
    datasets.get(key) ??
    generate(generatorOf(choice.data.source)!, {
      source: choice.data.source,
      options: choice.data.options,
    });
  datasets.clear();
  datasets.set(key, dataset);
  const preparation = prepare(choice, dataset);
  const { data, programs, batch, spec } = preparation;
  const executor = await createWasmExecutor({ threads: 1 });
  const session = await executor.open(programs);
  // Factors are left out of the training, so that probes are made once, at its end.
  const streams = new Map([...data.streams].filter(([, { role }]) => role !== "observe"));
  const failures: string[] = [];
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
  const started = clock.now();
  await trainer.run();
  const seconds = (clock.now() - started) / 1000;
  if (failures.length > 0) throw new Error(`${spec.name}: ${failures.join("; ")}`);
  const slices = new Slices(clock);
  const inputs = new Inputs("encode", programs.encode, data.streams, seed);
  const encoder = new Evaluator(session, "encode", programs.encode, batch.encode, inputs, slices);
  const knobs = new KnobSchedule(spec.knobs, 1).at(Infinity);
  const coded = (rows: Int32Array) => codesOf(spec, encoder, rows, knobs);
  const all = [...data.streams.values()];
  const { train, test } = data.splits;
  const probes = await runProbes(all, await coded(train), await coded(test), slices);
  const plain = (rows: Int32Array) => ({
    rows,
    codes: Object.fromEntries(raw.map((name) => [name, rowsOf(data.streams.get(name)!, rows)])),
  });
  const rawProbes = raw.length === 0 ? [] : await runProbes(all, plain(train), plain(test), slices);
  await trainer.dispose();
  executor.close();
  return { probes, raw: rawProbes, seconds };
}

function rowsOf({ values, shape }: DataStream, rows: Int32Array): Float32Array {
  const width = shape.reduce((product, size) => product * size, 1);
  const out = new Float32Array(rows.length * width);
  rows.forEach((row, i) => out.set(values.subarray(row * width, (row + 1) * width), i * width));
  return out;
}
