/**
 * What a diagnostic is. One file a diagnostic, which also has all its messages: here those that are reported where they are
 * met, in `diagnostics` those that look at a whole derived spec. The manual's page is made from the file.
 */
import type { Diagnostic, Range, Severity } from "../../language/diagnostic";

export interface Rule {
  /** Kebab-case and stable. */
  code: string;
  severity: Severity;
  /** Why it matters and what to do, in a few sentences. */
  doc: string;
  /** A file that has it, and the same file without it. */
  example: string;
  fixed: string;
  /** Files that the two use, by their paths. */
  files?: Record<string, string>;
  /** What is at the place has no effect: an editor shows it faded. */
  unnecessary?: true;
}

/**
 * An example with some of its text replaced: `[old, new]`, where an empty `new` removes the line.
 * @throws Error when the text has an `old` not exactly once
 */
export const edited = (example: string, edits: readonly (readonly [string, string])[]): string =>
  edits.reduce((text, [old, replacement]) => {
    const [before, after, ...more] = text.split(old);
    if (before === undefined || after === undefined || more.length > 0)
      throw new Error(`the example does not have this once: ${old}`);
    return replacement === "" ? before.trimEnd() + after : before + replacement + after;
  }, example);

/** A rule with the functions that make its messages. */
export type Worded = Rule & Record<string, unknown>;

type Extras = Pick<Diagnostic, "fixes" | "related">;

/** A diagnostic of this rule at a place of the text. */
export const report = (rule: Rule, range: Range, message: string, more: Extras = {}): Diagnostic => ({
  code: rule.code,
  severity: rule.severity,
  message,
  range,
  ...more,
});

/** A fix of one edit. */
export const fix = (
  title: string,
  range: Range,
  text: string,
): { fixes: NonNullable<Diagnostic["fixes"]> } => ({
  fixes: [{ title, edits: [{ range, text }] }],
});

/** A fix that deletes a whole statement. */
export const removal = (range: Range): ReturnType<typeof fix> => fix("Remove this statement", range, "");

/** A fix that deletes a name from a list, with a comma; none of the last that is left. */
export function listRemoval(
  names: readonly { text: string; range: Range }[],
  i: number,
): ReturnType<typeof fix> {
  const [before, own, after] = [names[i - 1], names[i]!, names[i + 1]];
  const range = before
    ? { start: before.range.end, end: own.range.end }
    : { start: own.range.start, end: after?.range.start ?? own.range.end };
  return before || after ? fix(`Remove \`${own.text}\``, range, "") : { fixes: [] };
}

/** A fix that writes a new line below a statement. */
export const lineBelow = (title: string, statement: Range, line: string): ReturnType<typeof fix> =>
  fix(title, { start: statement.end, end: statement.end }, `\n  ${line}`);
