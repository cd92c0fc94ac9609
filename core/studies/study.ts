/**
 * A study: many trainings of one design and one answer. It is a pure function of the trainings that are done so far, so it continues
 * after a crash where it was, and shares trainings with other studies.
 */
import type { Uses } from "../language/uses";
import type { DerivedLoss } from "../theory/derivation/loss";
import type { Job, Outcome } from "./job";
import type { StudyOption, StudyTable } from "../train/study-protocol";
import type { Picture } from "../views/picture";

export type { StudyOption, StudyTable };

/** What a study is of: one spec of a text. */
export interface Subject {
  text: string;
  uses: Uses;
  /** Address of the text. */
  location: string;
  /** The spec, derived without errors. */
  derived: DerivedLoss;
}

/** Options as given: texts, lists of texts where they may be repeated, true for flags. */
export type GivenOptions = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

/** What was asked of a study does not fit the subject: what is wrong and what to do. */
export class StudyError extends Error {
  override readonly name = "StudyError";
}

/** What a job gave, where it is done. */
type Done = (job: Job) => Outcome | undefined;

/** More jobs, the most useful first, or the answer. */
export type Next<Answer> = { ask: Job[] } | { answer: Answer };

export interface Study<Options = unknown, Answer = unknown> {
  id: string;
  /** What it answers, as a person asks it. */
  question: string;
  /** What it does, in a few sentences. */
  doc: string;
  /** A call in the terminal. */
  example: string;
  options: readonly StudyOption[];
  /** Reads the options as given. @throws StudyError */
  read(given: GivenOptions, subject: Subject): Options;
  /**
   * What is left to train, or the answer. It depends on its arguments alone, and decides early only by whole sets of jobs, so
   * that the order in which jobs end changes nothing.
   * @throws StudyError where the subject has no answer
   */
  next(subject: Subject, options: Options, done: Done): Next<Answer>;
  table(answer: Answer): StudyTable;
  /** Where a picture shows more than the table. */
  pictures?(answer: Answer): Picture[];
  /** The answer in words, at most three sentences. */
  sentence(answer: Answer): string;
  /** What `--json` prints, and its parts for the manual. */
  json: Readonly<Record<string, string>>;
  toJson(answer: Answer): unknown;
}
