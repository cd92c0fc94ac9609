/** Distributions among the arguments of a bound: each parameter by its name, `logVariance`, or with a word before, `priorLogVariance`. */
import type { Expr } from "../../program/expression";
import { laws } from "./index";
import type { Density, Distribution } from "./law";

const joined = (before: string, name: string): string =>
  before === "" ? name : before + name[0]!.toUpperCase() + name.slice(1);

/** The parameters as arguments with a word before their names. */
export const asArguments = (before: string, distribution: Distribution): Record<string, Expr> =>
  Object.fromEntries(Object.entries(distribution).map(([name, value]) => [joined(before, name), value]));

/** The distribution of a law among arguments, under names with `before`; undefined where it is not there. */
export function fromArguments(
  density: Density,
  args: Readonly<Record<string, Expr>>,
  before = "",
): Distribution | undefined {
  const found = density.parameters.flatMap((name): [string, Expr][] => {
    const value = args[joined(before, name)];
    return value === undefined ? [] : [[name, value]];
  });
  return found.length === density.parameters.length ? Object.fromEntries(found) : undefined;
}

/** The law whose parameters stand among arguments, and the distribution. @throws Error when there is none */
export function ownIn(args: Readonly<Record<string, Expr>>): { density: Density; own: Distribution } {
  for (const { density } of laws) {
    const own = density && fromArguments(density, args);
    if (own) return { density: density!, own };
  }
  throw new Error(`no distribution among ${Object.keys(args).join(", ")}`);
}
