/** Trains the same losses in PyTorch from the same weights, batches and noise. */
import { Batches } from "../../core/train/batches";
import { buffersWith } from "../../core/program/parameters";
import { sizeOf } from "../../core/program/program";
import { copyRows } from "../../core/data/rows";
import { chooseSpec, loadFor, prepare, type Preparation } from "../../core/train/prepare";
import type { Overrides } from "../../core/train/protocol";
import { normal } from "../../core/random";
import { askReference, type Tensor } from "../reference/driver";
import { specOf, type Loss } from "./losses";

export interface TorchRun {
  id: string;
  losses: number[];
  seconds: number;
  codes: Record<string, { accuracy: number }>;
}

/** Every loss with every seed, in this order; one process on one thread. */
export async function trainInTorch(
  losses: readonly Loss[],
  seeds: readonly number[],
  readFile: (path: string) => Promise<Uint8Array>,
  {
    precision = "float32",
    overrides = {},
  }: { precision?: "float32" | "float64"; overrides?: Overrides } = {},
): Promise<TorchRun[]> {
  const choices = losses.map((loss) => chooseSpec({ text: specOf(loss), overrides }));
  const dataset = await loadFor(choices[0]!, readFile);
  const prepared = choices.map((choice) => prepare(choice, dataset));
  const { splits } = prepared[0]!.data;
  const rows = (split: Int32Array): Record<string, Tensor> => rowsOf(prepared[0]!, split);
  const { runs } = (await askReference(
    {
      train: rows(splits.train),
      heldOut: rows(splits.test),
      precision,
      runs: losses.flatMap((loss, i) =>
        seeds.map((seed) => ({
          id: `${loss.id}, seed ${seed}`,
          ...loss.reference,
          ...drawnFor(prepared[i]!, seed),
        })),
      ),
    },
    "mnist_views.py",
  )) as { runs: TorchRun[] };
  return runs;
}

/** Both views and the digit of some rows, by the names that the reference has. */
export function rowsOf({ data }: Preparation, rows: Int32Array): Record<string, Tensor> {
  const view = (name: string): Tensor => {
    const stream = data.streams.get(name)!;
    const values = new Float32Array(rows.length * sizeOf(stream.shape));
    copyRows(stream, rows, values);
    return { data: values, shape: [rows.length, sizeOf(stream.shape)] };
  };
  const digit = data.streams.get("digit")!.values;
  return {
    X: view("X"),
    Y: view("Y"),
    labels: { data: Int32Array.from(rows, (row) => digit[row]!), shape: [rows.length] },
  };
}

/** First weights, batches and noise of a seed: those that the trainer has. */
export function drawnFor(
  { spec, data, batch, programs, initialWeights }: Preparation,
  seed: number,
): { parameters: Record<string, Tensor>; [entry: string]: unknown } {
  const batches = new Batches(seed, data.splits.train, batch.train);
  const steps = spec.training.epochs * batches.stepsPerEpoch;
  const place = new Map([...data.splits.train].map((row, i) => [row, i]));
  const chosen = new Int32Array(steps * batch.train);
  for (let step = 0; step < steps; step++)
    chosen.set(
      batches.at(step).map((row) => place.get(row)!),
      step * batch.train,
    );
  const weights = initialWeights(seed);
  const parameters = buffersWith(programs.train, "parameter").map(({ name, shape }) => [
    name!,
    { data: weights[name!]!, shape },
  ]);
  const noise = buffersWith(programs.train, "input")
    .filter(({ input }) => input!.kind === "noise")
    .map(({ name, shape }) => {
      const size = sizeOf(shape);
      const draws = new Float32Array(steps * size);
      for (let step = 0; step < steps; step++)
        normal(seed, name!, step, draws.subarray(step * size, (step + 1) * size));
      return [name!, { data: draws, shape: [steps, ...shape] }];
    });
  return {
    parameters: Object.fromEntries(parameters) as Record<string, Tensor>,
    inputs: Object.fromEntries(noise) as Record<string, Tensor>,
    batches: { data: chosen, shape: [steps, batch.train] },
    adam: { lr: spec.training.optimizer.rate },
  };
}
