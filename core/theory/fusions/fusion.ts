import type { Expr } from "../../program/expression";
import type { Posterior } from "../laws/law";
import type { FusionName } from "../spec";

/** What one encoder says of a code. */
export interface Expert extends Posterior {
  /** The power to which it is taken in a product, a scalar; 1 where absent. */
  weight?: Expr;
}

/** How what several inputs say of one code is joined. One file a fusion. */
export interface Fusion {
  name: FusionName;
  doc: string;
  /** Words that may stand in its parentheses. */
  options: readonly string[];
  /** Whether every input has an encoder of its own; else one encoder reads them all. */
  experts: boolean;
  /** Whether it needs variances. */
  gaussianOnly: boolean;
  /**
   * Of a mixture: the inputs of each component, all components being equally likely. Absent for what is no mixture.
   * @param whole whether these are all inputs of the code; else a term names a part of them, as in `Z[X, Y]`
   */
  components?(inputs: readonly string[], whole: boolean): string[][];
  /** The code's distribution, of a mixture that of one component, from what each encoder says. */
  fuse(experts: readonly Expert[], options: readonly string[]): Posterior;
}

/** The one posterior of a fusion with one encoder. @throws Error when there is none */
export function only([expert]: readonly Expert[]): Posterior {
  if (expert === undefined) throw new Error("a code without an encoder");
  return expert;
}
