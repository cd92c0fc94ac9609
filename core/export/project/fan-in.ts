/** What the first weights of a model are drawn by. */
import { parametersOfObjective } from "../../program/parameters";
import { topological } from "../../program/traverse";
import type { Objective } from "../../theory/derivation/loss";
import type { PythonValue } from "./python-value";

/** By weight that starts uniform within 1 / sqrt(inputs): its inputs. Networks of the user's own start as their modules say. */
export function fanIn(objective: Objective): PythonValue {
  const own = topological(Object.values(objective.terms)).flatMap((e) =>
    e.op === "network" && e.network.module !== undefined ? [`${e.network.name}.`] : [],
  );
  return Object.fromEntries(
    parametersOfObjective(objective).flatMap(({ name, initial }): [string, number][] =>
      initial.kind === "uniform" && !own.some((prefix) => name.startsWith(prefix))
        ? [[name, initial.fanIn]]
        : [],
    ),
  );
}
