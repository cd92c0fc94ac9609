/** Values of a bound over many batches: its arguments are given, no network stands between. */
import { compile } from "../../core/program/compile";
import { constant, input, type Expr, type Shape } from "../../core/program/expression";
import type { Bound } from "../../core/theory/bound";
import type { Executor } from "../../core/train/executor";
import { createWasmExecutor } from "../../core/train/executors/wasm";

/** An argument of a bound: an array of its shape, or a number that shapes the expression. */
export type Argument = { data: ArrayLike<number>; shape: Shape } | number;

export interface Average {
  mean: number;
  /** Of one batch's value. */
  deviation: number;
  /** Of the mean. */
  error: number;
  largest: number;
}

/**
 * The value of a bound in each batch.
 * @param make the arguments of a batch, by its number
 * @param executor wasm unless given
 */
export async function valuesOf(
  bound: Pick<Bound, "value">,
  rows: number,
  batches: number,
  make: (batch: number) => Record<string, Argument>,
  executor?: Executor,
): Promise<number[]> {
  const symbols = Object.entries(make(0)).map(([name, argument]): [string, Expr] => [
    name,
    typeof argument === "number" ? constant(argument) : input(name, argument.shape),
  ]);
  const program = compile({ value: bound.value(Object.fromEntries(symbols)) }, { batch: rows });
  const session = await (executor ?? (await createWasmExecutor({ threads: 1 }))).open({ program });
  const values: number[] = [];
  for (let batch = 0; batch < batches; batch++) {
    for (const [name, argument] of Object.entries(make(batch)))
      if (typeof argument !== "number") session.write("program", name, argument.data);
    await session.run("program");
    values.push((await session.read("program", "value"))[0]!);
  }
  session.dispose();
  return values;
}

export function average(values: readonly number[]): Average {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
  const deviation = Math.sqrt(variance);
  return { mean, deviation, error: deviation / Math.sqrt(values.length), largest: Math.max(...values) };
}

/** Mean, spread and standard error of a bound over batches. */
export const averageOf = async (...of: Parameters<typeof valuesOf>): Promise<Average> =>
  average(await valuesOf(...of));
