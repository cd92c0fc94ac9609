/** The report that ends a preview. */
import { measurements } from "../core/train/measurements/index";
import type { AnyMeasurement } from "../core/train/measurements/measurement";
import { changeTitle } from "../core/theory/change";
import { tablesOf, type Table } from "../core/train/measurements/tables";
import type { MeasuredValue, SpecSummary, TermSummary } from "../core/train/protocol";
import { checkpointText } from "../core/train/checkpoint";
import { latestOfEach } from "../core/train/curves";
import { apartText, leftBehindNote, leftBehindText } from "../core/train/left-behind/sentence";
import { heldOutOf, type RunState } from "../core/train/run-state";
import { table, wrap, type Style } from "./terminal";
import { sides } from "../core/theory/sides";
import { hundredths, signed, whole } from "../core/language/number-text";

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
  const judged = finished ? `${whole(rows.test)} test` : `${whole(rows.validation)} validation`;
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
    heading("Terms", `on ${judged} samples, in nats where they measure information`),
    termTable(summary, run),
  ];
  for (const one of tablesOf(list, run.measurements).filter(({ detail }) => !detail))
    parts.push("", heading(one.title, `${one.note} (${judged} samples)`), measuredTable(one, run));
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
      `${whole(step)} ${step === 1 ? "step" : "steps"} in ${seconds.toFixed(1)} s (${millisecondsPerStep.toFixed(1)} ms a step), ${summary.executor}`,
    ),
  );
  return parts.join("\n");
}

/** The relation of a value to the information that it bounds. */
function lacking({ entropy, reads }: TermSummary): string {
  if (reads === "information plus entropy") return ", plus the entropy of the decoded streams";
  if (entropy === undefined) return "";
  return `, minus H(${entropy.of})${entropy.nats === undefined ? "" : ` = ${hundredths(entropy.nats)}`}`;
}

const termTable = (summary: SpecSummary, run: RunState): string =>
  table(indented(termRows(summary, run)), [2]);

/** The terms as rows of cells, after a row of headings. */
export function termRows(summary: SpecSummary, run: RunState): string[][] {
  const values: Record<string, number> = { ...latestOfEach(run.curves.terms), ...heldOutOf(run)?.terms };
  const rows = summary.terms.map((term) => [
    term.side,
    term.text,
    hundredths(values[term.id] ?? NaN),
    `${term.weightText}${Number.isNaN(Number(term.weightText)) ? ` = ${signed(term.weight)}` : ""}`,
    term.bound,
    sides[term.boundSide].name + lacking(term),
  ]);
  return [["side", "term", "value", "weight", "bound", "says"], ...rows];
}

/** Rows of a table, a little to the right of its heading. */
const indented = (rows: readonly string[][]): string[][] =>
  rows.map(([first = "", ...cells]) => [`  ${first}`, ...cells]);

const measuredTable = (measured: Table, run: RunState): string =>
  table(indented(measuredRows(measured, run)));

/** Codes or terms, and what is measured of each, by factors; rates with those of their coordinates. As rows of cells. */
export function measuredRows({ id, of, columns, rows }: Table, run: RunState): string[][] {
  const head = columns.map(({ name, measure, chance }) =>
    name === ""
      ? measure
      : `${name} (${measure.toLowerCase().replace("r²", "R²")}${chance === undefined ? "" : `, chance ${chance === 0 ? "0" : hundredths(chance)}`})`,
  );
  const lines = rows.map(({ code, what, cells, remarks }) => [
    [code, what].filter(Boolean).join(", "),
    ...cells.map((cell, i) => (cell ? [measuredText(cell), remarks[i]].filter(Boolean).join(" ") : "")),
    ...(id === "rates" ? [coordinates(run.rates[code] ?? [])] : []),
  ]);
  return [[of, ...head, ...(id === "rates" ? ["coordinates"] : [])], ...lines];
}

/** A value with its interval; what is read and not estimated has none. */
const measuredText = ({ value, low, high, unit }: MeasuredValue): string =>
  unit === "number"
    ? signed(value)
    : `${hundredths(value)} [${hundredths(low)}, ${high === null ? "no limit" : hundredths(high)}]`;

/** Rates of single coordinates, largest first; one alone is that of the code as a whole. */
const coordinates = (rates: readonly number[]): string =>
  rates.length > 1
    ? rates
        .toSorted((a, b) => b - a)
        .map(hundredths)
        .join(" ")
    : "";
