/** `// allow: code` hides all but errors, on its line or on the next one. */
import type { Diagnostic, Range } from "../language/diagnostic";
import type { Trivia } from "../language/scanner";
import { unusedAllow } from "./faults/unused-allow";

const pattern = /^\/\/\s*allow:\s*([a-z]+(?:-[a-z]+)*(?:\s*,\s*[a-z]+(?:-[a-z]+)*)*)\s*$/;

/** The comment that hides a code. */
export const allowing = (code: string): string => `// allow: ${code}`;

interface Allowance {
  comment: Range;
  codes: string[];
  /** The line that it speaks of. */
  line: Range;
}

/** The findings that are left, and a hint for each code of a comment that hides nothing. */
export function withAllowances(
  text: string,
  comments: readonly Trivia[],
  found: readonly Diagnostic[],
): Diagnostic[] {
  const allowances = comments.flatMap((comment) => allowanceOf(text, comment) ?? []);
  if (allowances.length === 0) return [...found];
  const hidden = new Set<Diagnostic>();
  const unused = allowances.flatMap(({ comment, codes, line }) =>
    codes.flatMap((code) => {
      const here = found.filter((one) => one.code === code && meets(one.range, line));
      const quiet = here.filter(({ severity }) => severity !== "error");
      for (const one of quiet) hidden.add(one);
      return quiet.length > 0 ? [] : [unusedAllow.at(comment, code, here.length > 0)];
    }),
  );
  return [...found.filter((one) => !hidden.has(one)), ...unused];
}

function allowanceOf(text: string, { start, end, first, text: written }: Trivia): Allowance | undefined {
  const codes = pattern.exec(written)?.[1]?.split(/\s*,\s*/);
  if (codes === undefined) return undefined;
  return { comment: { start, end }, codes, line: first ? nextLine(text, end) : lineAt(text, start) };
}

/** The next line that is neither blank nor a comment. */
function nextLine(text: string, from: number): Range {
  let line = lineAt(text, from);
  do line = lineAt(text, line.end + 1);
  while (line.end < text.length && /^\s*(\/\/.*)?$/.test(text.slice(line.start, line.end)));
  return line;
}

function lineAt(text: string, at: number): Range {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", at);
  return { start, end: end < 0 ? text.length : end };
}

const meets = (a: Range, b: Range): boolean => a.start <= b.end && b.start <= a.end;
