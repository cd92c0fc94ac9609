import type { Slices } from "../clock";
import type { Session } from "../executor";
import type { Preparation } from "../prepare";

/** What carries programs out; see `Evaluator`. */
export interface Stage {
  preparation: Preparation;
  session: Session;
  seed: number;
  slices: Slices;
}
