import { learned } from "./learned";
import type { Prior } from "./prior";
import { standard } from "./standard";

/** Every prior of a code. */
export const priors: readonly Prior[] = [standard, learned];

/** Priors that the language knows and no file here holds yet, with what to write instead. */
export const pendingPriors: Readonly<Record<string, string>> = {
  mixture: "`standard` or `learned`",
  vamp: "`standard` or `learned`",
};

/** @throws Error for a prior that is not listed: resolution lets none through. */
export function priorOf(name: string): Prior {
  const prior = priors.find((candidate) => candidate.name === name);
  if (prior === undefined) throw new Error(`no prior named ${name}`);
  return prior;
}
