/** `each V in X, Y: keep I(V; Z)` as a line for each, and such lines as an `each`. */
import type { Range } from "../../language/diagnostic";
import { printStatement } from "../../language/printer";
import { scan } from "../../language/scanner";
import type { SpecTree, Statement } from "../../language/tree";
import { expandEach } from "../resolution/each";
import { Scope } from "../resolution/scope";
import { selected } from "./lines";
import type { Refactoring } from "./refactoring";

export const eachToLines: Refactoring = {
  kind: "refactor.rewrite",
  propose({ tree, range }) {
    const [statement, ...others] = selected(tree, range);
    if (statement?.kind !== "each" || others.length > 0) return undefined;
    const scope = new Scope();
    const lines = expandEach(scope, statement);
    // Terms that are drawn at each step cannot be listed.
    if (scope.diagnostics.length > 0 || lines.length === 0 || lines.some((line) => "drawn" in line))
      return undefined;
    return {
      title: "Write a line for each",
      edits: [{ range: statement.range, text: lines.map(printStatement).join("\n  ") }],
    };
  },
};

export const linesToEach: Refactoring = {
  kind: "refactor.rewrite",
  propose({ text, tree, range }) {
    const lines = selected(tree, range);
    const [first, ...others] = lines;
    if (first === undefined || others.length === 0 || lines.some(({ kind }) => kind === "each"))
      return undefined;
    const words = lines.map((line) => wordsOf(text, line.range));
    const names = namesThatDiffer(words);
    const last = lines.at(-1)!;
    if (names === undefined) return undefined;
    const variable = freeVariable(tree, text);
    const body = renamedWords(text, first, names[0]!, variable);
    return {
      title: "Write as one `each`",
      edits: [
        {
          range: { start: first.range.start, end: last.range.end },
          text: `each ${variable} in ${names.join(", ")}: ${body}`,
        },
      ],
    };
  },
};

interface Word extends Range {
  text: string;
  kind: string;
}

const wordsOf = (text: string, { start, end }: Range): Word[] =>
  scan(text).tokens.filter((token) => token.start >= start && token.end <= end);

/** The one name of each line in which it differs from the others. */
function namesThatDiffer(lines: readonly Word[][]): string[] | undefined {
  const [first, ...others] = lines as [Word[], ...Word[][]];
  if (others.some((line) => line.length !== first.length)) return undefined;
  const places = first.flatMap((word, i) => (others.some((line) => line[i]!.text !== word.text) ? [i] : []));
  const names = lines.map((line) => new Set(places.map((i) => line[i]!.text)));
  const isName = lines.every((line) => places.every((i) => line[i]!.kind === "word"));
  if (places.length === 0 || !isName || names.some((own) => own.size !== 1)) return undefined;
  const listed = names.map((own) => [...own][0]!);
  return new Set(listed).size === listed.length ? listed : undefined;
}

function renamedWords(text: string, { range }: Statement, name: string, variable: string): string {
  let written = "";
  let at = range.start;
  for (const word of wordsOf(text, range)) {
    written += text.slice(at, word.start) + (word.text === name ? variable : word.text);
    at = word.end;
  }
  return written + text.slice(at, range.end);
}

/** A name that no word of the spec is. */
function freeVariable({ range }: SpecTree, text: string): string {
  const taken = new Set(wordsOf(text, range).map((word) => word.text));
  let name = "V";
  for (let i = 2; taken.has(name); i++) name = `V${i}`;
  return name;
}
