/** Long lines of Python, broken at their brackets as a formatter would. */
import { WIDTH } from "./names";

const INDENT = "    ";

/** What may be broken: statements, signatures and entries of dictionaries, but no text of a docstring. */
const CODE = /^\s*(return |def |self\.|[\w., ]+ = |"[^"]*": )/;

/** The text with every statement that is too long for a line broken into several. */
export const wrapStatements = (text: string): string =>
  text
    .split("\n")
    .flatMap((line) => (CODE.test(line) ? statement(line) : [line]))
    .join("\n");

/** A bracket that stands in no other, and what it closes; positions in the line. */
interface Group {
  open: number;
  close: number;
}

const indentOf = (line: string): string => /^\s*/.exec(line)![0];

/** A sum is put in brackets of its own, so that each of its lines begins with a sign. */
function statement(line: string): string[] {
  const [head] = /^\s*(return |[\w., ]+ = )/.exec(line) ?? [""];
  const value = line.slice(head.length);
  if (line.length <= WIDTH || head === "" || scan(value).signs.length === 0) return broken(line);
  return [`${head}(`, ...inside(value, indentOf(line)), `${indentOf(line)})`];
}

function broken(line: string): string[] {
  if (line.length <= WIDTH) return [line];
  const { groups } = scan(line);
  const widest = groups.reduce<Group | undefined>(
    (found, group) => (found && found.close - found.open >= group.close - group.open ? found : group),
    undefined,
  );
  if (widest === undefined || widest.close - widest.open < 2) return [line];
  const indent = indentOf(line);
  return [
    line.slice(0, widest.open + 1),
    ...inside(line.slice(widest.open + 1, widest.close), indent),
    ...broken(`${indent}${line.slice(widest.close)}`),
  ];
}

const inside = (text: string, indent: string): string[] =>
  parts(text).flatMap((part) => broken(`${indent}${INDENT}${part}`));

/** Entries between commas, each with its comma; else summands, each with its sign. */
function parts(text: string): string[] {
  const { commas, signs } = scan(text);
  if (commas.length > 0)
    return cut(
      text,
      commas.map((at) => at + 2),
    ).map((part) => `${part.replace(/,\s*$/, "")},`);
  return cut(text, signs);
}

const cut = (text: string, places: readonly number[]): string[] =>
  [0, ...places].map((from, i) => text.slice(from, places[i]).trim());

/** What stands in no bracket and no string: groups, commas, and the signs of sums. */
function scan(text: string): { groups: Group[]; commas: number[]; signs: number[] } {
  const groups: Group[] = [];
  const commas: number[] = [];
  const signs: number[] = [];
  let depth = 0;
  let open = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '"') quoted = !quoted;
    if (quoted) continue;
    if ("([{".includes(c) && depth++ === 0) open = i;
    // What a broken line closes was opened before it.
    else if (")]}".includes(c) && depth > 0) {
      if (--depth === 0) groups.push({ open, close: i });
    } else if (depth > 0) continue;
    else if (c === ",") commas.push(i);
    else if (/^ [+-] /.test(text.slice(i, i + 3))) signs.push(i);
  }
  return { groups, commas, signs };
}
