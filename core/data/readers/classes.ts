/** Texts of a file as classes: each different text is one, numbered in their sorted order. */
import type { NotNumbers, NumberArray } from "../reader";

/** More different texts than this are no classes but a text of each sample. */
const MOST_CLASSES = 1000;

/** @param texts of each sample; undefined where there is none, which becomes -1 */
export function classesOf(texts: readonly (string | undefined)[]): NumberArray | NotNumbers {
  const words = [...new Set(texts.filter((text) => text !== undefined))].sort();
  if (words.length === 0) return { notNumbers: "all its cells are empty" };
  const numbers = new Map(words.map((word, i) => [word, i]));
  const classes: NumberArray = {
    shape: [texts.length],
    dtype: "int32",
    values: Int32Array.from(texts, (text) => (text === undefined ? -1 : numbers.get(text)!)),
    words,
  };
  const most = words.length > MOST_CLASSES || (words.length > 20 && words.length > texts.length / 2);
  if (!most) return classes;
  const some = words[0]!.slice(0, 30);
  return { notNumbers: `it contains ${words.length} different texts, such as "${some}"`, groups: classes };
}
