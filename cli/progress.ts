/** One line that tells how far a training is. */
import { duration } from "../core/language/number-text";
import { latest } from "../core/train/curves";
import type { StudyProgress } from "../core/train/study-protocol";
import type { Progress, RunState } from "../core/train/run-state";
import { truncated, type Terminal } from "./terminal";

const BAR = 24;

/** Writes its line again on an interactive terminal; writes nothing elsewhere. */
export class ProgressLine {
  private shown = false;

  constructor(private readonly terminal: Terminal) {}

  show(text: string): void {
    if (!this.terminal.interactive) return;
    // A line as wide as the terminal would wrap, and only its last row would be replaced.
    this.terminal.err(`\r\u001b[2K${truncated(text, this.terminal.columns - 1)}`);
    this.shown = true;
  }

  clear(): void {
    if (this.shown) this.terminal.err("\r\u001b[2K");
    this.shown = false;
  }
}

/** For example: `SharedDigit ━━━━━━────── epoch 4.2 of 10 · 11.3 ms a step · 6 s left · I(Zx; Zy) 1.42`. */
export function progressText(progress: Progress, run: RunState): string {
  const { step, steps, epoch, epochs, millisecondsPerStep, secondsLeft } = progress;
  const kept = run.summary?.terms.find((term) => term.side === "keep");
  const value = kept && latest(run.curves.terms[kept.id]);
  const done =
    run.summary?.unit === "steps" ? `step ${step} of ${steps}` : `epoch ${epoch.toFixed(1)} of ${epochs}`;
  return [
    `${run.summary?.name ?? ""} ${bar(step / Math.max(1, steps))} ${done}`,
    `${millisecondsPerStep.toFixed(1)} ms a step`,
    `${duration(secondsLeft)} left`,
    ...(kept !== undefined && value !== undefined ? [`${kept.text} ${value.toFixed(2)}`] : []),
  ].join(" · ");
}

/** For example: `sweep ━━━━━━────── 12 of 44 trainings · 1 min 35 s left`. */
export function studyProgressText(id: string, { done, asked, secondsLeft }: StudyProgress): string {
  return [
    `${id} ${bar(done / Math.max(1, asked))} ${done} of ${asked} trainings`,
    ...(secondsLeft === undefined ? [] : [`${duration(secondsLeft)} left`]),
  ].join(" · ");
}

function bar(share: number): string {
  const full = Math.round(BAR * share);
  return "━".repeat(full) + "─".repeat(BAR - full);
}
