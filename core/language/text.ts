/** Small pieces of the sentences that a person reads. */

/** `1 row`, `2 rows`: a number with its noun. @param many the plural, where it is not the noun with an `s` */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

/** `a`, `b` and `c`. */
export function quoted(words: readonly string[], joint = "and"): string {
  const marked = words.map((word) => `\`${word}\``);
  return marked.length < 2 ? marked.join("") : `${marked.slice(0, -1).join(", ")} ${joint} ${marked.at(-1)}`;
}
