/** What a training asks of whoever searches for what is left behind, without the search itself. */
import type { CodedRows, Told } from "../measurements/subjects";
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

/** Rows that nothing was trained on: validation rows, which chose the checkpoint at most, then test rows. */
export const heldOutOf = ({ splits }: Preparation["data"]): Int32Array =>
  Int32Array.from([...splits.validation, ...splits.test]);
