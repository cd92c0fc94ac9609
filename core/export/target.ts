/** An export target: one notation in which a derived loss leaves. */
import type { DerivedLoss } from "../theory/derivation/loss";

export interface ExportedFile {
  name: string;
  text: string;
}

export interface ExportTarget {
  /** Its name on the command line. */
  id: string;
  title: string;
  /** What is written, and for what; one sentence. */
  doc: string;
  /** The format of its files as save dialogs name it, and their ending without a dot. */
  format: string;
  extension: string;
  /**
   * The files, each with `exportMark` on a line near its beginning. A target with several files writes them into one folder.
   * @param base what file names start with: the spec's name
   * @throws Error when the derivation found an error
   */
  write(derived: DerivedLoss, base: string): readonly ExportedFile[];
}

/** The sentence by which a file is known as an export, which a new export may replace. */
export const exportMark = "Written by Bottleneck from a spec: change the spec and export again.";

const MARKED = new RegExp(`^(?:% |<!-- )?${exportMark.replaceAll(".", "\\.")}`, "m");

/** Whether a text was exported, or a part of it was. */
export const isExported = (text: string): boolean => MARKED.test(text);

/** What the files of a spec are called, without an ending: letters and digits of its name, in lower case. */
export const baseName = (spec: string): string => spec.replace(/[^\p{L}\p{N}]+/gu, "_").toLowerCase();
