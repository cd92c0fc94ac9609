import { compile } from "../../core/program/compile";
import type { Expr } from "../../core/program/expression";
import { createReferenceExecutor } from "../../core/train/executors/reference";

/** The values of expressions over a batch of `batch` rows, in float64. `values` fills inputs, parameters and `knob.NAME`. */
export async function evaluate(
  roots: Record<string, Expr>,
  batch: number,
  values: Record<string, ArrayLike<number>>,
): Promise<Record<string, number[]>> {
  const program = compile(roots, { batch });
  const session = await createReferenceExecutor().open({ program });
  for (const { role, name } of program.buffers) {
    if (role !== "input" && role !== "parameter") continue;
    const given = values[name!];
    if (given === undefined) throw new Error(`no values for ${name}`);
    session.write("program", name!, given);
  }
  await session.run("program");
  const result: Record<string, number[]> = {};
  for (const name of Object.keys(roots)) result[name] = [...(await session.read("program", name))];
  session.dispose();
  return result;
}

/** Numbers between -1 and 1 that look random and are always the same. */
export const noisy = (length: number, seed = 1): number[] =>
  Array.from({ length }, (_, i) => {
    const x = Math.sin((i + 1) * 12.9898 + seed * 78.233) * 43758.5453;
    return 2 * (x - Math.floor(x)) - 1;
  });
