/** A half-open span of the text, as offsets in UTF-16 code units. */
export interface Range {
  start: number;
  end: number;
}

/** Whether a range lies in another, ends included. */
export const within = (inner: Range, outer: Range): boolean =>
  inner.start >= outer.start && inner.end <= outer.end;

export type Severity = "error" | "warning" | "information" | "hint";

/** A change of the text: `range` is replaced by `text`. */
export interface TextEdit {
  range: Range;
  text: string;
}

/** A named set of edits that fixes a diagnostic. */
export interface Fix {
  title: string;
  edits: TextEdit[];
}

/** Something the reader of a spec should know, at a place of the text. */
export interface Diagnostic {
  /** Kebab-case, stable; the name of the manual's page: `wrong-side`, `unknown-name`, ... */
  code: string;
  severity: Severity;
  /** What is wrong, where, and what to do, in one or two sentences. */
  message: string;
  range: Range;
  /** `location`: of another text, by its address, that the place is in. */
  related?: { message: string; range: Range; location?: string }[];
  /** Candidates, as if nothing else were wrong: `fixesOf` (theory/fixes) tries them before one is offered. */
  fixes?: Fix[];
}
