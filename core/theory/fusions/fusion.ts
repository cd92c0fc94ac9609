import type { Distribution, Expert, Law } from "../laws/law";
import type { FusionName } from "../spec";

/** How what several inputs say of one code is joined. One file a fusion. */
export interface Fusion {
  name: FusionName;
  doc: string;
  /** Words that may stand in its parentheses. */
  options: readonly string[];
  /** Whether every input has an encoder of its own; else one encoder reads them all. */
  experts: boolean;
  /** Whether it needs a law with noise. */
  noisy: boolean;
  /**
   * Of a mixture: the inputs of each component, all components being equally likely. Absent for what is no mixture.
   * @param whole whether these are all inputs of the code; else a term names a part of them, as in `Z[X, Y]`
   */
  components?(inputs: readonly string[], whole: boolean): string[][];
  /** How many components there are, without making them. */
  count?(inputs: number, whole: boolean): number;
  /**
   * The code's distribution, of a mixture that of one component, from what each encoder says.
   * @param prior the code's own prior, for a fusion that has it as an expert; undefined where it is the standard one
   */
  fuse(experts: readonly Expert[], law: Law, options: readonly string[], prior?: Distribution): Distribution;
}

/** What the one encoder of a code says. @throws Error when there is none */
export function only([expert]: readonly Expert[]): Distribution {
  if (expert === undefined) throw new Error("a code without an encoder");
  return expert.says;
}
