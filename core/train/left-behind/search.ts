/** What a training asks of whoever searches for what is left behind, without the search itself. */
import { wholeRows } from "../holes";
import type { CodedRows } from "../measurements/coded-rows";
import type { Told } from "../measurements/subjects";
import type { Preparation } from "../prepare";
import type { LeftBehind } from "../protocol";

/** Codes of the training rows, and of the rows that nothing was trained on. */
export interface CodesSearched {
  seen: CodedRows;
  judged: CodedRows;
}

/** Rows that are left behind, and what the streams predict of each question. */
interface Found {
  leftBehind: LeftBehind[];
  streams: Told[];
}

/** Undefined where it was stopped. */
export type Search = (codes: CodesSearched) => Promise<Found | undefined>;

type Known = Pick<Preparation, "data" | "absent">;

/** Rows that nothing was trained on: validation rows, which chose the checkpoint at most, then test rows. */
export const heldOutOf = ({ data: { splits }, absent }: Known): Int32Array =>
  wholeRows(Int32Array.from([...splits.validation, ...splits.test]), absent.holes);

/** Rows that readers learn from. */
export const learnedOf = ({ data, absent }: Known): Int32Array => wholeRows(data.splits.train, absent.holes);
