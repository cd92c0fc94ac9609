/** The report that ends a preview. */
import { hasTrained, judgedText } from "../core/report/judged";
import { measurements } from "../core/train/measurements/index";
import type { AnyMeasurement } from "../core/train/measurements/measurement";
import { changeTitle } from "../core/theory/change";
import { tablesOf, type Table } from "../core/train/measurements/tables";
import { barelyReadTexts } from "../core/train/barely-read";
import type { SpecSummary } from "../core/train/protocol";
import { checkpointText } from "../core/train/checkpoint";
import { apartText, leftBehindNote, leftBehindText } from "../core/train/left-behind/sentence";
import type { RunState } from "../core/train/run-state";
import { measuredRows, termRows } from "../core/report/rows";
import { table, wrap, type Style } from "./terminal";
import { whole } from "../core/language/number-text";

/**
 * @param seconds from the first step to the last
 * @param list of measurements that may have values
 * @param columns in which its paragraphs are broken
 */
export function renderReport(
  run: RunState,
  seconds: number,
  style: Style,
  list: readonly AnyMeasurement[] = measurements,
  columns = 80,
): string {
  const summary = run.summary!;
  const { step, millisecondsPerStep } = run.progress ?? { step: 0, millisecondsPerStep: 0 };
  const heading = (text: string, note: string): string => `${style.bold(text)}  ${style.quiet(note)}`;
  const rows = summary.samples;
  const finished = run.phase === "finished";
  const judged = judgedText(run);
  const parts = [
    `${style.bold(summary.name)}${summary.title ? `  ${summary.title}` : ""}`,
    ...(summary.method === undefined ? [] : [summary.method]),
    ...(run.sentence === "" ? [] : [style.good(wrap(run.sentence, "", columns))]),
    ...run.findings.map((finding) => {
      const colour = finding.severity === "error" ? style.error : style.warning;
      const fix = finding.fix ? ` Fix: ${changeTitle(finding.fix)}.` : "";
      return colour(wrap(finding.message + fix, "", columns));
    }),
    "",
    style.accent(wrap(summary.loss, "", columns)),
    "",
    heading("Terms", `on ${judged}, in nats where they measure information`),
    termTable(summary, run),
  ];
  for (const one of tablesOf(list, run.measurements).filter(({ detail }) => !detail))
    parts.push("", heading(one.title, `${one.note} (${judged})`), measuredTable(one, run));
  for (const text of barelyReadTexts(run.measurements)) parts.push("", wrap(text, "  ", columns));
  if (run.leftBehind.length > 0) {
    parts.push("", heading("Left behind", leftBehindNote(run.leftBehind)));
    for (const group of run.leftBehind)
      parts.push(style.warning(wrap(`${leftBehindText(group)} ${apartText(group)}`, "  ", columns)));
  }
  parts.push("");
  if (finished && run.checkpoint)
    parts.push(style.quiet(wrap(`Measured at: ${checkpointText(run.checkpoint, step)}`, "", columns)));
  parts.push(
    style.quiet(
      `${whole(rows.train)} training, ${whole(rows.validation)} validation and ${whole(rows.test)} test samples`,
    ),
    style.quiet(
      hasTrained(run)
        ? `${whole(step)} ${step === 1 ? "step" : "steps"} in ${seconds.toFixed(1)} s (${millisecondsPerStep.toFixed(1)} ms a step), ${summary.executor}`
        : `Judged in ${seconds.toFixed(1)} s, ${summary.executor}; nothing was trained`,
    ),
  );
  return parts.join("\n");
}

const termTable = (summary: SpecSummary, run: RunState): string =>
  table(indented(termRows(summary, run)), [2]);

/** Rows of a table, a little to the right of its heading. */
const indented = (rows: readonly string[][]): string[][] =>
  rows.map(([first = "", ...cells]) => [`  ${first}`, ...cells]);

const measuredTable = (measured: Table, run: RunState): string =>
  table(indented(measuredRows(measured, run)));
