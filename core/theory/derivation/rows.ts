/** Terms over the rows that have what they read, where streams may be absent. */
import type { Diagnostic } from "../../language/diagnostic";
import { fewRows } from "../faults/few-rows";
import type { DerivedTerm } from "./loss";
import type { Pattern, Spec } from "../spec";
import { rowsWith, sharedOut } from "../missing/patterns";
import { presenceText, shareOf, type Presence } from "../missing/presence";
import { presenceOfTerm } from "../model/recorder";

/** Fewer rows than this have no pair and no variance. */
const FEWEST_ROWS = 2;

/** The terms with their rows, which their reasons mention; and what is wrong with those that have too few. */
export function overTheirRows(
  terms: readonly DerivedTerm[],
  spec: Spec,
): { terms: DerivedTerm[]; diagnostics: Diagnostic[] } {
  const { training } = spec;
  const diagnostics: Diagnostic[] = [];
  const placed = terms.map((derived): DerivedTerm => {
    const rows = presenceOfTerm(derived, spec);
    if (rows.length === 0) return derived;
    const count = rowsOf({ rows }, spec, training.batch);
    if (count < FEWEST_ROWS)
      diagnostics.push(
        fewRows.at(derived.term.range, { streams: presenceText(rows), batch: training.batch, rows: count }),
      );
    return { ...derived, rows, reason: `${derived.reason}; ${rowsText(rows, spec)}` };
  });
  return { terms: placed, diagnostics };
}

/** What a term's value is the mean over, and what a sum over all rows would make of it. */
function rowsText(rows: Presence, { missing, patterns }: Spec): string {
  const all = patterns?.reduce((sum, pattern) => sum + pattern.rows, 0);
  const share = all === undefined ? shareOf(rows, missing) : rowsWith(rows, missing, all, patterns) / all;
  const text = share.toPrecision(2);
  return `averaged over the rows with ${presenceText(rows)}, ${text} of all; a masked sum over all rows would count it ${text} times`;
}

/** Rows of a batch that a term reads. @param known patterns of the batch, where they are not those of the training samples */
export const rowsOf = (
  { rows }: Pick<DerivedTerm, "rows">,
  { missing, patterns }: Pick<Spec, "missing" | "patterns">,
  batch: number,
  known: readonly Pattern[] | undefined = patterns && sharedOut(patterns, batch),
): number => rowsWith(rows, missing, batch, known);
