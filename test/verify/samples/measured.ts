/** What the study of samples answers to tasks of the bank from pilots of parts of their need, with real trainings. */
import type { SamplesAnswer } from "../../../core/studies/samples/answer";
import { tasks, type Task } from "./tasks";
import { answerTo } from "./trained";

/** Tasks in rounds of all kinds, so that the first of them are a fair part; they were ordered before any was measured. */
const ORDER = [
  ...[0, 1, 2, 3, 4, 30, 33, 38, 5, 6, 7, 8, 9, 31, 34, 10, 11, 12, 13, 14, 32, 35],
  ...[15, 16, 17, 18, 19, 36, 37, 39, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29],
];
/** So many of them are measured: each takes about a minute of a core. */
const MEASURED = 40;
/** Rules were set on so many of them. */
const SET = 20;

export const PROTOCOL = { steps: 400, seeds: 3, kept: true };
/** Training samples on which a need is measured, at first and where these do not show it, and those of a pilot of a task that has none. */
export const ROWS = { need: 6000, more: 18_375, refused: 400 };
/** The parts of the need that pilots have, and the fewest samples of one. */
export const PARTS = [4, 8] as const;
const FEWEST = 40;

export type Part = (typeof PARTS)[number];

/** What is answered from a pilot of a task whose need is known. */
export interface Answered {
  task: Task;
  /** Whether rules were set on it. */
  seen: boolean;
  need: number;
  part: Part;
  rows: number;
  answer: SamplesAnswer;
}

export interface Bank {
  run: number;
  answers: Answered[];
  /** Tasks whose need could not be measured, or that need too little for a pilot. */
  without: { task: Task; truth: SamplesAnswer }[];
  refused: { task: Task; seen: boolean; answer: SamplesAnswer }[];
}

export async function answeredBank(): Promise<Bank> {
  const bank: Bank = { run: MEASURED, answers: [], without: [], refused: [] };
  for (const [i, place] of ORDER.slice(0, MEASURED).entries()) {
    const [task, seen] = [tasks[place]!, i < SET];
    if (task.kind === "refused") {
      bank.refused.push({ task, seen, answer: await answerTo(task, { ...PROTOCOL, rows: ROWS.refused }) });
      continue;
    }
    const truth = await truthOf(task);
    const need = truth.answer === "measured" ? truth.need! : 0;
    const parts = PARTS.filter((part) => need / part >= FEWEST);
    if (parts.length === 0) bank.without.push({ task, truth });
    for (const part of parts) {
      const rows = Math.round(need / part);
      const answer = await answerTo(task, { ...PROTOCOL, rows });
      bank.answers.push({ task, seen, need, part, rows, answer });
    }
  }
  return bank;
}

/** The need, on more samples where the score still rises at the end of the first. */
async function truthOf(task: Task): Promise<SamplesAnswer> {
  const first = await answerTo(task, { ...PROTOCOL, rows: ROWS.need, measure: true });
  return first.answer === "at least"
    ? answerTo(task, { ...PROTOCOL, rows: ROWS.more, measure: true })
    : first;
}
