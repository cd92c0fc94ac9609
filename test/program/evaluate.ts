/** Helpers of tests: values of expressions on the reference executor. */
import { compile, type CompileOptions } from "../../core/program/compile";
import type { Expr } from "../../core/program/expression";
import { buffersWith } from "../../core/program/parameters";
import { sizeOf, type Program } from "../../core/program/program";
import type { Executor, Values } from "../../core/train/executor";
import { createReferenceExecutor } from "../../core/train/executors/reference";

export type Data = Record<string, ArrayLike<number>>;

/** Runs a program once on fresh memory; gives every output, parameter and state by name. */
export async function runOnce(
  program: Program,
  data: Data,
  executor?: Executor,
): Promise<Record<string, Values>> {
  const session = await (executor ?? createReferenceExecutor()).open({ p: program });
  for (const { name } of buffersWith(program, "input", "parameter", "state"))
    if (data[name!] !== undefined) session.write("p", name!, data[name!]!);
  await session.run("p");
  const read: Record<string, Values> = {};
  for (const { name } of buffersWith(program, "output", "parameter", "state"))
    read[name!] = await session.read("p", name!);
  session.dispose();
  return read;
}

/** The values of roots, given inputs and parameters by name. */
export const evaluate = (
  roots: Record<string, Expr>,
  data: Data,
  options: CompileOptions = { batch: 1 },
): Promise<Record<string, Values>> => runOnce(compile(roots, options), data);

/**
 * The largest relative distance, over the parameters of a scalar `loss`, between its compiled gradient and central finite
 * differences: ||g - d|| / max(||d||, 1e-3 |loss|, 1e-3), differences being no better than the loss is precise.
 * @param most how many elements of each parameter are tried
 * @param moved whose differences they are held against: the loss, unless its gradient is meant to be another's
 */
export async function gradientError(
  loss: Expr,
  options: CompileOptions,
  data: Data,
  most = Infinity,
  moved: Expr = loss,
): Promise<number> {
  const gradients = await evaluate({ loss }, data, { ...options, gradientsOf: "loss" });
  const program = compile({ loss: moved }, options);
  const session = await createReferenceExecutor().open({ p: program });
  for (const { name } of buffersWith(program, "input", "parameter")) session.write("p", name!, data[name!]!);
  const step = 1e-5;
  let worst = 0;
  for (const { name, shape } of buffersWith(program, "parameter")) {
    const gradient = gradients[`gradient.${name!}`] ?? new Float64Array(sizeOf(shape));
    const weights = Float64Array.from(data[name!]!);
    const lossAt = async (i: number, value: number): Promise<number> => {
      weights[i] = value;
      session.write("p", name!, weights);
      await session.run("p");
      return (await session.read("p", "loss"))[0]!;
    };
    let distance = 0;
    let norm = 0;
    for (let i = 0; i < weights.length; i += Math.max(1, Math.floor(weights.length / most))) {
      const x = weights[i]!;
      const difference = ((await lossAt(i, x + step)) - (await lossAt(i, x - step))) / (2 * step);
      await lossAt(i, x);
      distance += (gradient[i]! - difference) ** 2;
      norm += difference ** 2;
    }
    const scale = Math.max(Math.sqrt(norm), 1e-3 * Math.abs(gradients.loss![0]!), 1e-3);
    worst = Math.max(worst, Math.sqrt(distance) / scale);
  }
  session.dispose();
  return worst;
}

/** Deterministic values in [low, high), the same for the same name. */
export function values(name: string, length: number, low = -1, high = 1): Float64Array {
  let state = [...name].reduce((hash, c) => Math.imul(hash ^ c.charCodeAt(0), 16777619), 2166136261) >>> 0;
  return Float64Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return low + ((high - low) * state) / 2 ** 32;
  });
}
