/** Networks of the user's own in a loss: only an executor that builds them knows what their parameters are. */
import type { Diagnostic, Range } from "../language/diagnostic";
import type { OwnParameters } from "../program/own";
import { ownModulesOfObjective } from "../program/parameters";
import type { Executor } from "./executor";
import { executors, type ExecutorId } from "./executors/index";
import type { Choice } from "./prepare";
import { Rejection } from "./rejection";
import { ownNetwork } from "./refusals";

type Loss = Pick<Choice, "objective" | "spec">;

/**
 * The parameters of all modules of the user's own in a loss, which the executor builds once to know them.
 * @param executor asked for only where there is such a module
 * @throws Rejection where it builds none, or one of these cannot be used
 */
export async function builtBy(executor: () => Promise<Executor>, loss: Loss): Promise<OwnParameters> {
  const asked = ownModulesOfObjective(loss.objective);
  if (asked.length === 0) return new Map();
  const chosen = await executor();
  const found = await chosen.describeOwn?.(asked);
  if (found === undefined) throw new Rejection(refusedBy(chosen.name, loss));
  const choices = choicesOf(loss);
  const placeOf = (module: string): Range => choices.find((choice) => choice.module === module)!.range;
  const faults = found.flatMap((answer, i) =>
    "fault" in answer ? [ownNetwork.faulty(placeOf(asked[i]!.module), answer.fault)] : [],
  );
  if (faults.length > 0) throw new Rejection(faults);
  return new Map(
    found.flatMap((answer, i) => ("parameters" in answer ? [[asked[i]!.network, answer.parameters]] : [])),
  );
}

/** What an executor that builds no module says of a loss; nothing where that has none. */
export function refusedBy(executor: ExecutorId, loss: Loss): Diagnostic[] {
  const used = new Set(ownModulesOfObjective(loss.objective).map(({ module }) => module));
  const { title } = executors.find(({ id }) => id === executor)!;
  return choicesOf(loss).flatMap(({ module, range }) =>
    used.has(module) ? [ownNetwork.elsewhere(range, module, title)] : [],
  );
}

const choicesOf = ({ spec }: Loss): { module: string; range: Range }[] =>
  spec.networks.flatMap(({ network, range }) =>
    network.name === "torch" ? [{ module: network.module, range }] : [],
  );
