/** What the study of samples answers to tasks of the bank from pilots of parts of their need, with real trainings. */
import type { SamplesAnswer } from "../../../core/studies/samples/answer";
import { further, tasks, type Task } from "./tasks";
import { answerTo } from "./trained";

/** Tasks in rounds of all kinds, so that the first of them are a fair part; they were ordered before any was measured. */
const ORDER = [
  ...[0, 1, 2, 3, 4, 30, 33, 38, 5, 6, 7, 8, 9, 31, 34, 10, 11, 12, 13, 14, 32, 35],
  ...[15, 16, 17, 18, 19, 36, 37, 39, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29],
];
/** Rules were set on so many of them. */
const SET = 20;

export const PROTOCOL = { steps: 400, seeds: 3, kept: true };
/** Training samples on which a need is measured, at first and where these do not show it, and those of a pilot of a task that has none. */
export const ROWS = { need: 6000, more: 18_375, refused: 400 };
/** The parts of the need that pilots have, and the fewest samples of one. */
export const PARTS = [4, 8] as const;
const FEWEST = 40;

export type Part = (typeof PARTS)[number];

/**
 * What was known of a task when rules were set: they were set on it, they were changed after its answers had been seen, or it
 * was made and run after all of them.
 */
export type Known = "set" | "seen" | "blind";

/** What is answered from a pilot of a task whose need is known. */
export interface Answered {
  task: Task;
  known: Known;
  need: number;
  part: Part;
  rows: number;
  answer: SamplesAnswer;
}

export interface Bank {
  answers: Answered[];
  /** Tasks whose need could not be measured, or that need too little for a pilot. */
  without: { task: Task; truth: SamplesAnswer }[];
  refused: { task: Task; known: Known; answer: SamplesAnswer }[];
}

export async function answeredBank(): Promise<Bank> {
  const bank: Bank = { answers: [], without: [], refused: [] };
  for (const [i, place] of ORDER.entries()) await answerOne(tasks[place]!, i < SET ? "set" : "seen", bank);
  for (const task of further) await answerOne(task, "blind", bank);
  return bank;
}

/** Adds to the bank what is answered to a task. */
async function answerOne(task: Task, known: Known, { answers, without, refused }: Bank): Promise<void> {
  if (task.kind === "refused") {
    const answer = await answerTo(task, { ...PROTOCOL, rows: ROWS.refused });
    refused.push({ task, known, answer });
    return;
  }
  const truth = await truthOf(task);
  const need = truth.answer === "measured" ? truth.need! : 0;
  const parts = PARTS.filter((part) => need / part >= FEWEST);
  if (parts.length === 0) without.push({ task, truth });
  for (const part of parts) {
    const rows = Math.round(need / part);
    const answer = await answerTo(task, { ...PROTOCOL, rows });
    answers.push({ task, known, need, part, rows, answer });
  }
}

/** The need, on more samples where the score still rises at the end of the first. */
async function truthOf(task: Task): Promise<SamplesAnswer> {
  const first = await answerTo(task, { ...PROTOCOL, rows: ROWS.need, measure: true });
  return first.answer === "at least"
    ? answerTo(task, { ...PROTOCOL, rows: ROWS.more, measure: true })
    : first;
}
