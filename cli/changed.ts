/** A file with a change of its spec made. */
import type { Analysis } from "../core/theory/analyse";
import type { Change } from "../core/theory/change";
import { changeEdit } from "../core/theory/change-edit";

/**
 * The file that a change belongs to, the spec's own or one that it uses, with the change made.
 * @param spec name of the spec; the first of the file otherwise
 * @returns undefined when no file has what is to be changed
 */
export function withChange(
  analysis: Analysis,
  spec: string | undefined,
  change: Change,
): { location: string; text: string } | undefined {
  const changed = changeEdit(analysis, spec, change);
  if (changed?.source.location === undefined) return undefined;
  const { source, edit } = changed;
  const text = source.text.slice(0, edit.range.start) + edit.text + source.text.slice(edit.range.end);
  return { location: source.location!, text };
}
