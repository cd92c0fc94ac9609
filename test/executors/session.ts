/** Helpers of tests that compare executors: one program, the same weights and inputs. */
import { buffersWith, initialValues, parametersOfObjective } from "../../core/program/parameters";
import { sizeOf, type Program } from "../../core/program/program";
import type { Objective } from "../../core/theory/derivation/loss";
import type { Executor, Session, Values } from "../../core/train/executor";
import { initialWeights, normal, permutation, uniform } from "../../core/random";

/** Writes first weights, drawn inputs and `knobs` for step `step`. */
export function writeInputs(session: Session, name: string, program: Program, step: number): void {
  for (const input of buffersWith(program, "input")) {
    const values = new Float32Array(sizeOf(input.shape));
    if (input.dtype === "int32")
      session.write(name, input.name!, permutation(7, input.name!, step, values.length));
    else {
      if (input.input!.kind === "noise") normal(7, input.name!, step, values);
      else uniform(7, input.name!, step, values);
      if (input.input!.kind === "knob") values[0] = 4;
      if (input.input!.kind === "adam") values[0] = input.input!.of === "rate" ? 1e-3 : step;
      session.write(name, input.name!, values);
    }
  }
}

/** A session with first weights, keyed by name. */
export async function openWith(
  executor: Executor,
  programs: Record<string, Program>,
  objective: Objective,
): Promise<Session> {
  const session = await executor.open(programs);
  const first = Object.keys(programs)[0]!;
  const known = new Set(buffersWith(programs[first]!, "parameter").map((buffer) => buffer.name));
  for (const parameter of parametersOfObjective(objective))
    if (known.has(parameter.name))
      session.write(
        first,
        parameter.name,
        initialValues(parameter, (...draw) => initialWeights(7, ...draw)),
      );
  return session;
}

/**
 * ||a - b|| / ||b||, with 0.01 for a smaller ||b||: some gradients are 0 but for rounding (a constant added to a critic
 * under MINE).
 */
export function distance(a: Values, b: Values): number {
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < b.length; i++) {
    difference += (a[i]! - b[i]!) ** 2;
    norm += b[i]! ** 2;
  }
  return Math.sqrt(difference) / Math.max(Math.sqrt(norm), 0.01);
}
