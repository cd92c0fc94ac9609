/** A loss in both tongues. */
import { prepare, type Prepared } from "./harness";

export interface Case {
  id: string;
  /** Statements of the spec. */
  spec: string;
  /** `loss`, `settings` and perhaps `terms` for check.py, written by hand: it is the second reading of the spec. */
  reference: { loss: string; settings: Record<string, unknown>; terms?: object[] };
}

/** Rows of a batch; no width of any case, so that axes cannot be taken for each other. */
export const BATCH = 11;

export const prepareCase = ({ spec }: Case): Prepared => prepare(`spec S {\n${spec}\n}`, BATCH);
