/** Texts with one fault: a line or a word of a whole file deleted, doubled, mistyped or exchanged. */
import { readFileSync, readdirSync } from "node:fs";
import { catalogue } from "../../core/catalogue/index";
import { scan, type Token } from "../../core/language/scanner";
import { Random } from "../theory/rewriting/random";

/** A whole file: a method of the catalogue, or one of examples/. */
interface Original {
  name: string;
  text: string;
}

interface Mutant {
  original: Original;
  /** What was done, for a report: `doubled line 4`. */
  change: string;
  text: string;
}

const examples = new URL("../../examples/", import.meta.url);

export const originals: readonly Original[] = [
  ...catalogue().map(({ file, text }) => ({ name: file, text })),
  ...readdirSync(examples)
    .filter((name) => name.endsWith(".bottleneck"))
    .sort()
    .map((name) => ({ name, text: readFileSync(new URL(name, examples), "utf8") })),
];

/** Every third text has the line ends of Windows, and every fourth is indented by tabs. */
function inHouseStyle(text: string, index: number): string {
  const indented = index % 4 === 1 ? text.replaceAll(/^ {2}/gm, "\t") : text;
  return index % 3 === 1 ? indented.replaceAll("\n", "\r\n") : indented;
}

type Change = (text: string, random: Random) => { change: string; text: string };

const tokensOf = (text: string): Token[] => scan(text).tokens.filter(({ kind }) => kind !== "end");

const replaced = (text: string, { start, end }: { start: number; end: number }, by: string): string =>
  text.slice(0, start) + by + text.slice(end);

const line =
  (change: string, make: (lines: string[], i: number) => string[]): Change =>
  (text, random) => {
    const lines = text.split("\n");
    const filled = lines.flatMap((content, i) => (content.trim() === "" ? [] : [i]));
    const i = random.pick(filled);
    return { change: `${change} line ${i + 1}`, text: make(lines, i).join("\n") };
  };

const word =
  (change: string, make: (token: Token, random: Random, tokens: Token[]) => string): Change =>
  (text, random) => {
    const tokens = tokensOf(text);
    const token = random.pick(tokens);
    return {
      change: `${change} \`${token.text}\` at ${token.start}`,
      text: replaced(text, token, make(token, random, tokens)),
    };
  };

/** A letter left out, doubled, exchanged, or swapped with the next. */
function mistyped({ text }: Token, random: Random): string {
  const i = random.below(text.length);
  const [before, after] = [text.slice(0, i), text.slice(i + 1)];
  const letter = text[i]!;
  switch (random.below(4)) {
    case 0:
      return before + after;
    case 1:
      return before + letter + letter + after;
    case 2:
      return before + random.pick([..."aeqxZ17_"]) + after;
    default:
      return before + after.slice(0, 1) + letter + after.slice(1);
  }
}

/** The changes that a slip of the hand makes. */
const changes: readonly Change[] = [
  line("deleted", (lines, i) => lines.toSpliced(i, 1)),
  line("doubled", (lines, i) => lines.toSpliced(i, 0, lines[i]!)),
  word("deleted", () => ""),
  word("doubled", ({ text }) => `${text} ${text}`),
  word("mistyped", mistyped),
  word("exchanged", (token, random, tokens) => {
    const alike = tokens.filter(({ kind, text }) => kind === token.kind && text !== token.text);
    return alike.length > 0 ? random.pick(alike).text : token.text;
  }),
];

/** `count` texts of one fault each, or of several, the same for a seed. */
export function* mutants(count: number, seed: number, faults = 1): Generator<Mutant> {
  const random = new Random(seed);
  for (let i = 0; i < count; i++) {
    const original = random.pick(originals);
    const made: string[] = [];
    let { text } = original;
    for (let f = 0; f < faults; f++) {
      const next = changes[(i + f) % changes.length]!(text, random);
      made.push(next.change);
      text = next.text;
    }
    yield { original, change: made.join(", "), text: inHouseStyle(text, i) };
  }
}
