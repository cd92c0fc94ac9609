/** What a method is called in its tile of the periodic table: a symbol of two letters, and its year. */

/** The year of the first work that a source names; undefined where it names none. */
export function yearOf(source: string): number | undefined {
  const [year] = /\b(19|20)\d\d\b/.exec(source) ?? [];
  return year === undefined ? undefined : Number(year);
}

/**
 * A symbol for each name, all different: its first letter and the one that says most beside it — the first of the next
 * word, else a capital, else any. Older methods choose first.
 * @param methods names with their years
 */
export function symbolsOf(
  methods: readonly { name: string; year?: number | undefined }[],
): Map<string, string> {
  const symbols = new Map<string, string>();
  const taken = new Set<string>();
  const byAge = methods.toSorted(
    (a, b) => (a.year ?? Infinity) - (b.year ?? Infinity) || order(a.name, b.name),
  );
  for (const { name } of byAge) {
    const symbol = candidates(name).find((candidate) => !taken.has(candidate));
    if (symbol === undefined) throw new Error(`no symbol is left for ${name}`);
    taken.add(symbol);
    symbols.set(name, symbol);
  }
  return symbols;
}

/** By code unit: the same on every machine. */
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const greek: Readonly<Record<string, string>> = { alpha: "α", beta: "β", gamma: "γ" };

function candidates(name: string): string[] {
  const words = name
    .replace(/\(.*\)/g, "")
    .split(/[^\p{L}\p{N}+]+/u)
    .filter(Boolean)
    .map((word) => greek[word] ?? word);
  const [first = "?", ...others] = words;
  // A Greek capital would be read as a Latin letter.
  const head = /\p{Script=Greek}/u.test(first[0]!) ? first[0]! : first[0]!.toUpperCase();
  const rest = first.slice(1);
  const seconds = [
    ...(rest.endsWith("+") ? ["+"] : []),
    ...others.map((word) => word[0]!),
    ...(/^\p{Lu}+$/u.test(first) ? [] : (rest.match(/\p{Lu}/gu) ?? [])),
    ...rest,
    ...others.flatMap((word) => [...word.slice(1)]),
  ].map((letter) => letter.toLowerCase());
  const thirds = seconds.flatMap((second, i) => seconds.slice(i + 1).map((third) => second + third));
  return [...seconds, ...thirds, ""].map((tail) => head + tail);
}
