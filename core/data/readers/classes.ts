/** Texts of a file as classes: each different text is one, numbered in their sorted order. */
import type { NotNumbers, NumberArray } from "../reader";

/** More different texts than this are no classes but a text of each sample. */
const MOST_CLASSES = 1000;

/** @param texts of each sample; undefined where there is none, which becomes -1 */
export function classesOf(texts: readonly (string | undefined)[]): NumberArray | NotNumbers {
  const classes = numberedTexts(texts);
  const { words } = classes;
  if (words.length === 0) return { notNumbers: "all its cells are empty" };
  const most = words.length > MOST_CLASSES || (words.length > 20 && words.length > texts.length / 2);
  if (!most) return classes;
  const some = words[0]!.slice(0, 30);
  return { notNumbers: `it contains ${words.length} different texts, such as "${some}"`, groups: classes };
}

/** Each text by its number, whether or not they are too many for classes. */
export function numberedTexts(
  texts: readonly (string | undefined)[],
): NumberArray & { words: readonly string[] } {
  const words = [...new Set(texts.filter((text) => text !== undefined))].sort();
  const numbers = new Map(words.map((word, i) => [word, i]));
  const values = Int32Array.from(texts, (text) => (text === undefined ? -1 : numbers.get(text)!));
  return { shape: [texts.length], dtype: "int32", values, words };
}

/** Why whole numbers are not read whose digits float64 does not keep. */
export const beyondDigits = (value: string | bigint): string =>
  `it contains whole numbers beyond 2^53, such as ${value}, whose digits would be lost`;
