/** A word after a statement that the language does not have: one plain error, which says what may follow there. */
import type { Cursor } from "./cursor";
import { reasonOutside } from "./outside";
import { quoted } from "./text";
import { entryOf } from "./vocabulary";
import { changeWords } from "./words";

/** What may go on a statement, beside what it needs. */
const continuations: Record<string, readonly string[]> = {
  modality: changeWords,
  target: changeWords,
  observe: changeWords,
  latent: ["from", "by", "given", "frozen"],
  knob: ["in", "log"],
  anneal: ["after", "hold", "repeat"],
  compress: ["by", "at", "below", "floor", "each"],
  keep: ["by"],
  separate: ["weight", "by"],
  want: ["in"],
};

/** Of these a term has one. */
const targets = ["at", "below", "floor"];

/**
 * Tells the word here, which cannot go on the statement, and moves past it and what belongs to it.
 * @param next what the statement needs here
 */
export function unknownModifier(cursor: Cursor, ...next: string[]): void {
  const { word, start } = cursor.statement;
  const token = cursor.peek();
  const before = cursor.previous();
  const own = continuations[word] ?? [];
  const written = cursor.wordsSince(start);
  const taken = targets.some((word) => written.has(word)) ? targets : [];
  const free = own.filter(
    (clause) =>
      !written.has(clause) && !taken.includes(clause) && (clause !== "each" || written.has("floor")),
  );
  const may = next.length > 0 ? next : free;
  const misplaced = own.includes(token.text);
  const advice =
    reasonOutside(token.text) ??
    (may.length > 0 && !misplaced
      ? `\`${word}\` can continue with ${quoted(may, "or")} here.`
      : `The form is \`${entryOf("statement", word)?.syntax ?? word}\`.`);
  let length = 1;
  while (!cursor.endsStatement(length) && !may.includes(cursor.peek(length).text) && !cursor.is("+", length))
    length++;
  const range = { start: before.end, end: cursor.peek(length - 1).end };
  const removal = { title: `Remove \`${cursor.textOf(length)}\``, edits: [{ range, text: "" }] };
  cursor.fault(
    "unknown-modifier",
    `Unexpected \`${token.text}\`. ${advice}`,
    token,
    misplaced ? [] : [removal],
  );
  for (let i = 0; i < length; i++) cursor.next();
}

/**
 * Whether the word here, in place of a comma and another name, is no name: a number follows it, or the file declares the
 * name before it and not this one.
 */
export function isModifier(cursor: Cursor): boolean {
  const token = cursor.peek();
  if (token.kind !== "word" || token.first) return false;
  const next = cursor.peek(1);
  if (next.kind === "number" && !next.first) return true;
  const before = cursor.previous();
  if (before.kind === "word") return cursor.declares(before.text) && !cursor.declares(token.text);
  return !cursor.is("(", 1);
}
