/** Labels of a code's expressions: the export makes local variables of them. */
import { labelled } from "../../program/expression";
import type { Distribution, Drawn } from "../laws/law";
import type { Code } from "../model-interface";

/** A code as terms write it, `Z[X, Y]`, in a label: `Z_X_Y`. */
export const labelOf = (text: string): string => text.replace(/[^A-Za-z0-9_]+/g, "_").replace(/_$/, "");

/** `mean_Zx`, `logVariance_Zx`. */
export const labelledDistribution = (distribution: Distribution, text: string): Distribution =>
  Object.fromEntries(
    Object.entries(distribution).map(([name, value]) => [name, labelled(`${name}_${labelOf(text)}`, value)]),
  );

/** A draw as a code: its sample is labelled `z_Zx`, and so is its mean where the two are one. */
export function codeOf({ mean, sample }: Drawn, text: string, distribution?: Distribution): Code {
  const z = labelled(`z_${labelOf(text)}`, sample);
  const known = mean.label !== undefined;
  const centre = mean === sample ? z : known ? mean : labelled(`mean_${labelOf(text)}`, mean);
  return { mean: centre, sample: z, distribution: distribution ?? { mean: centre } };
}
