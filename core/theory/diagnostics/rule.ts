/** What a diagnostic is. One file a diagnostic in this folder; the manual's page is made from it. */
import type { Diagnostic, Range, Severity } from "../../language/diagnostic";
import type { SpecTree } from "../../language/tree";
import type { DerivedLoss } from "../derivation/loss";
import type { Spec } from "../spec";

export interface Rule {
  /** Kebab-case and stable. */
  code: string;
  severity: Severity;
  /** Why it matters and what to do, in a few sentences. */
  doc: string;
  /** A file that has it, and the same file mended. */
  example: string;
  mended: string;
  /** Files that the two use, by their paths. */
  files?: Record<string, string>;
}

/** A rule that looks at the whole of a resolved and derived spec; the others are told where they are met. */
export interface Check extends Rule {
  check(spec: Spec, derived: DerivedLoss, tree: SpecTree): Diagnostic[];
}

/** A diagnostic of this rule at a place of the text. */
export const tell = (
  rule: Rule,
  range: Range,
  message: string,
  more: Pick<Diagnostic, "fixes" | "related"> = {},
): Diagnostic => ({ code: rule.code, severity: rule.severity, message, range, ...more });

/** A fix of one edit. */
export const fix = (
  title: string,
  range: Range,
  text: string,
): { fixes: NonNullable<Diagnostic["fixes"]> } => ({
  fixes: [{ title, edits: [{ range, text }] }],
});

/** A fix that writes a new line below a statement. */
export const lineBelow = (title: string, statement: Range, line: string): ReturnType<typeof fix> =>
  fix(title, { start: statement.end, end: statement.end }, `\n  ${line}`);
