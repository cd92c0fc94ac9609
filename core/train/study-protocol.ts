/** Studies as a page shows and starts them: plain values. */
import type { Picture } from "../views/picture";

/** An option, as the command line and the panel ask for it. */
export interface StudyOption {
  name: string;
  /** The placeholder of its value in the help: `N`, `KNOB`. Absent for a flag. */
  value?: string;
  /** Whether it may be given more than once. */
  multiple?: boolean;
  /** What it does and its default, for the help and the panel. */
  doc: string;
}

/** Rows of texts and numbers under headings, each with its meaning. */
export interface StudyTable {
  columns: { name: string; title: string; doc: string }[];
  rows: (string | number | null)[][];
}

/** How far a study is. */
export interface StudyProgress {
  /** Trainings that are done, those of earlier studies among them, and all that are asked for so far. */
  done: number;
  asked: number;
  /** Undefined before the first training has shown how long one takes. */
  secondsLeft?: number;
}

/** A study as a page offers it. */
export interface OfferedStudy {
  id: string;
  question: string;
  doc: string;
  options: StudyOption[];
}

/** Options as a page gives them: texts, and "" for a flag that is set. */
export type PageOptions = Record<string, string>;

/** A study that a page has asked for. */
export interface StudyView {
  id: string;
  options: PageOptions;
  /** While it runs. */
  progress?: StudyProgress;
  /** Why it has no answer. */
  problem?: string;
  answer?: { sentence: string; table: StudyTable; pictures: Picture[] };
}
