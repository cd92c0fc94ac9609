/** Texts of a file: classes where they repeat, else the words of sentences. */
import type { NotNumbers, NumberArray } from "../reader";
import { classesOf } from "./classes";

/** The most frequent words have numbers of their own; all others share one more. */
const MOST_WORDS = 999;
const OTHER = "(other)";
/** Words of a text that are kept. */
const LONGEST = 64;

/** @param texts of each sample; undefined where there is none */
export function textsOf(texts: readonly (string | undefined)[]): NumberArray | NotNumbers {
  const classes = classesOf(texts);
  if (!("notNumbers" in classes)) return classes;
  const sentences = texts.filter((text) => text !== undefined && /\S\s+\S/.test(text)).length;
  return 2 * sentences > texts.length ? numbered(texts.map((text) => wordsOf(text ?? ""))) : classes;
}

/** The words of texts that are classes, for a stream of texts. */
export const wordsOfClasses = (codes: ArrayLike<number>, classes: readonly string[]): NumberArray =>
  numbered(Array.from(codes, (code) => wordsOf(classes[code] ?? "")));

/** Letters and digits in a row, in small letters: no word parts, no stems. */
const wordsOf = (text: string): string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []).slice(0, LONGEST);

/** Words by their number, the most frequent first; -1 after the last. */
function numbered(texts: readonly string[][]): NumberArray {
  const counts = new Map<string, number>();
  for (const word of texts.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const order = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([word]) => word);
  const words = order.length > MOST_WORDS ? [...order.slice(0, MOST_WORDS), OTHER] : order;
  const numbers = new Map(words.map((word, i) => [word, i]));
  const width = Math.max(...texts.map(({ length }) => length));
  const values = new Int32Array(texts.length * width).fill(-1);
  texts.forEach((list, row) =>
    list.forEach((word, i) => (values[row * width + i] = numbers.get(word) ?? words.length - 1)),
  );
  return { shape: [texts.length, width], dtype: "int32", values, words };
}
