import type { Posterior } from "../laws/law";
import type { FusionName } from "../spec";

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
  /** The code's distribution from that of each encoder. */
  fuse(posteriors: readonly Posterior[], options: readonly string[]): Posterior;
}

/** The one posterior of a fusion with one encoder. @throws Error when there is none */
export function only(posteriors: readonly Posterior[]): Posterior {
  const [posterior] = posteriors;
  if (posterior === undefined) throw new Error("a code without an encoder");
  return posterior;
}
