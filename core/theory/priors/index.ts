import { from } from "./from";
import { learned } from "./learned";
import { mixture } from "./mixture";
import type { Prior } from "./prior";
import { standard } from "./standard";
import { vamp } from "./vamp";

/** Every prior of a code. */
export const priors: readonly Prior[] = [standard, learned, mixture, vamp, from];

/** @throws Error for a prior that is not listed: resolution lets none through. */
export function priorOf(name: string): Prior {
  const prior = priors.find((candidate) => candidate.name === name);
  if (prior === undefined) throw new Error(`no prior named ${name}`);
  return prior;
}
