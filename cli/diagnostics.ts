/** Findings as people read them on a terminal: place, message, source line, caret. */
import type { Diagnostic } from "../core/language/diagnostic";
import { columnsOf, wrap, type Style } from "./terminal";

/** A place counted from 1; columns in UTF-16 units, as editors count them. */
interface Position {
  line: number;
  column: number;
}

/** Where an offset lies. */
function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

/** A diagnostic with its place, as `--json` prints it. */
export function diagnosticJson(diagnostic: Diagnostic, text: string): Record<string, unknown> {
  const { code, severity, message, range, fixes = [] } = diagnostic;
  return {
    code,
    severity,
    message,
    start: positionAt(text, range.start),
    end: positionAt(text, range.end),
    fixes: fixes.map(({ title }) => title),
  };
}

/** Text that commands no terminal: control characters, and those that turn the line's direction, are replaced. */
export const visible = (text: string): string =>
  text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");

/**
 * For example:
 *
 *     a.bottleneck:12:28: error: `infonce` is a lower bound [wrong-side]
 *     12 |   compress I(X; Zx) by infonce
 *        |                        ^^^^^^^
 */
export function renderDiagnostic(diagnostic: Diagnostic, text: string, file: string, style: Style): string {
  const { severity, message, code, range } = diagnostic;
  const colour = severity === "error" ? style.error : severity === "warning" ? style.warning : style.accent;
  const { line, column } = positionAt(text, range.start);
  const end = positionAt(text, range.end);
  const source = visible((text.split(/\r\n|\r|\n/)[line - 1] ?? "").replaceAll("\t", " "));
  const length = end.line === line ? end.column - column : source.length - column + 1;
  const marked = Math.max(1, columnsOf(source.slice(column - 1, column - 1 + length)));
  const number = String(line);
  const gutter = " ".repeat(number.length);
  const rows = [
    `${style.bold(`${file}:${line}:${column}:`)} ${colour(`${severity}:`)} ${visible(message)} ${style.quiet(`[${code}]`)}`,
    `${style.quiet(`${number} |`)} ${source}`,
    `${style.quiet(`${gutter} |`)} ${" ".repeat(columnsOf(source.slice(0, column - 1)))}${colour("^".repeat(marked))}`,
  ];
  for (const fix of diagnostic.fixes ?? []) rows.push(wrap(`Fix: ${fix.title}`, `${gutter} = `));
  return rows.join("\n");
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

/** `2 errors, 1 warning`; `no errors` when there is neither. */
export function countFindings(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: string): number => diagnostics.filter((one) => one.severity === severity).length;
  const errors = count("error");
  const warnings = count("warning");
  const parts = [
    ...(errors > 0 ? [plural(errors, "error")] : []),
    ...(warnings > 0 ? [plural(warnings, "warning")] : []),
  ];
  return parts.join(", ") || "no errors";
}
