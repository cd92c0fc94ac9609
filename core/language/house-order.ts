/** The order in which a spec is read best: what there is, what is wanted of it, the codes, the knobs, the loss, the run. */
import type { Statement } from "./tree";

/** Statements by their words; a row of them is a paragraph. */
const paragraphs: readonly (readonly (string | readonly string[])[])[] = [
  ["drop"],
  ["data"],
  [["modality", "target", "observe"], "missing"],
  ["want"],
  ["latent", "share", "prior"],
  ["knob", "anneal"],
  ["network"],
  ["compress", "separate", "keep"],
  ["train"],
];

const places = new Map(
  paragraphs.flatMap((row, paragraph) =>
    row.flatMap((words, i) =>
      [words].flat().map((word): [string, Place] => [word, { paragraph, rank: paragraph * 10 + i }]),
    ),
  ),
);

interface Place {
  paragraph: number;
  /** Smaller comes first. */
  rank: number;
}

/** The word that a statement begins with; of an `each`, that of what it repeats. */
export function wordOf(statement: Statement): string {
  if (statement.kind === "each") return wordOf(statement.body);
  if (statement.kind === "stream") return statement.role;
  return statement.kind === "term" ? statement.side : statement.kind;
}

/** Where statements with this word belong. */
export const housePlace = (word: string): Place => places.get(word) ?? { paragraph: -1, rank: -1 };
