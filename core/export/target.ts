/** An export target: one notation in which a derived loss leaves. */
import type { DerivedLoss } from "../theory/derivation/loss";

export interface ExportedFile {
  /** Where the file goes, with `/` between folders. */
  name: string;
  text: string;
  /** Where the file is not text: how `text` holds its bytes. */
  encoding?: "base64";
}

/** Why a target cannot write a spec that has a loss: one sentence with what to do. */
export class Refusal extends Error {}

export interface ExportTarget {
  /** Its name on the command line. */
  id: string;
  title: string;
  /** What is written, and for what; one sentence. */
  doc: string;
  /** The format of its files as save dialogs name it, and their ending without a dot. */
  format: string;
  extension: string;
  /** Whether its files are a folder of their own; else the name of each starts with `base`. */
  folder?: boolean;
  /**
   * The files. Those that are made from the spec have `exportMark` on a line near their beginning; of a folder, others are the
   * same for every spec. A target with several files writes them into one folder.
   * @param base what file names start with: the spec's name
   * @throws Refusal; Error when the derivation found an error
   */
  write(derived: DerivedLoss, base: string): readonly ExportedFile[];
}

/** The sentence by which a file is known as an export, which a new export may replace. */
export const exportMark = "Written by Bottleneck from a spec: change the spec and export again.";

/** The sentence in those files of a project that are the same for every spec: a person may have changed them. */
export const projectMark = "Part of a project that Bottleneck wrote: yours to change.";

const MARKED = new RegExp(`^(?:% |<!-- )?${exportMark.replaceAll(".", "\\.")}`, "m");

/** Whether a text was exported, or a part of it was. */
export const isExported = (text: string): boolean => MARKED.test(text);

/** What the files of a spec are called, without an ending: letters and digits of its name, in lower case. */
export const baseName = (spec: string): string => spec.replace(/[^\p{L}\p{N}]+/gu, "_").toLowerCase();
