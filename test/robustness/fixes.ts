/** What every fix must do: its finding goes, none comes, and the rest of the text stays as it is written. */
import type { Diagnostic, Fix } from "../../core/language/diagnostic";
import { faults } from "../../core/language/faults";
import { applyEdits } from "../../core/language/formatter";
import { scan } from "../../core/language/scanner";
import { analyse } from "../../core/theory/analyse";

const keyOf = ({ code, message }: Diagnostic): string => `${code}: ${message}`;

function counted(diagnostics: readonly Diagnostic[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of diagnostics.map(keyOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

const isError = ({ severity }: Diagnostic): boolean => severity === "error";

const comments = (text: string): string[] => scan(text).trivia.map((trivium) => trivium.text);

interface Outcome {
  /** Whether no error is left. */
  valid: boolean;
  /** What is wrong with the fix, in words. */
  failings: string[];
}

/** Applies a fix of a finding and looks at what it did. */
export function outcomeOf(
  before: readonly Diagnostic[],
  text: string,
  finding: Diagnostic,
  { edits }: Fix,
): Outcome {
  const after = applyEdits(text, edits);
  const failings: string[] = [];
  if (after === text) failings.push("changes nothing");
  const found = analyse(after).diagnostics;
  const [had, has] = [counted(before), counted(found)];
  const left = has.get(keyOf(finding)) ?? 0;
  if (left >= (had.get(keyOf(finding)) ?? 0)) failings.push("leaves the finding");
  const wasValid = !before.some(isError);
  for (const other of found) {
    if (had.has(keyOf(other))) continue;
    if (Object.hasOwn(faults, other.code)) failings.push(`breaks the form: ${keyOf(other)}`);
    else if (isError(other) || (wasValid && other.severity === "warning"))
      failings.push(`adds ${keyOf(other)}`);
  }
  if (comments(after).join("\n") !== comments(text).join("\n")) failings.push("changes the comments");
  if (text.includes("\r\n") && /(?<!\r)\n/.test(after)) failings.push("changes the line ends");
  if (/^\t/m.test(text) && /^ {2}/m.test(after)) failings.push("changes the indent");
  return { valid: !found.some(isError), failings };
}
