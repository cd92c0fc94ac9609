/** What a report of a run shows in tables, as rows of cells after one of headings. */
import { hundredths, signed } from "../language/number-text";
import { sides } from "../theory/sides";
import { latestOfEach } from "../train/curves";
import type { Table } from "../train/measurements/tables";
import type { MeasuredValue, SpecSummary, TermSummary } from "../train/protocol";
import { heldOutOf, type RunState } from "../train/run-state";

/** The terms. */
export function termRows(summary: SpecSummary, run: RunState): string[][] {
  const values: Record<string, number> = { ...latestOfEach(run.curves.terms), ...heldOutOf(run)?.terms };
  const rows = summary.terms.map((term) => [
    term.side,
    term.text,
    hundredths(values[term.id] ?? NaN),
    `${term.weightText}${Number.isNaN(Number(term.weightText.replace("\u2212", "-"))) ? ` = ${signed(term.weight)}` : ""}`,
    term.bound,
    sides[term.boundSide].name + lacking(term),
  ]);
  return [["side", "term", "value", "weight", "bound", "says"], ...rows];
}

/** The relation of a value to the information that it bounds. */
function lacking({ entropy, reads }: TermSummary): string {
  if (reads === "information plus entropy") return ", plus the entropy of the decoded streams";
  if (entropy === undefined) return "";
  return `, minus H(${entropy.of})${entropy.nats === undefined ? "" : ` = ${hundredths(entropy.nats)}`}`;
}

/** Codes or terms, and what is measured of each, by factors; rates with those of their coordinates. */
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
