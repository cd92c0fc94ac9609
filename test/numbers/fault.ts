/** What a fault is; every bound's file is tried with the first three, and with the fourth where it has a log N. */
export type Kind =
  "a wrong sign" | "a factor of 2" | "a mean for a sum" | "a sum for a mean" | "a missing log N" | "other";

export interface Fault {
  kind: Kind;
  /** Texts of the file with their replacements. */
  edits: Record<string, string>;
  /** File, from `core/theory/bounds`, when it is not the bound's own. */
  file?: string;
}
