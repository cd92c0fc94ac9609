/**
 * The steps between two losses. Differences that one decision makes are one change: what happens to every view alike, a
 * code that loses its noise and with it its rate, a code that reads other streams and pays for these instead.
 */

/** Differences of one kind, told in one breath. */
const alike = [
  /^(also keeping) (.+)$/,
  /^(not keeping) (.+)$/,
  /^(also compressing) (.+)$/,
  /^(not compressing) (.+)$/,
];
const noise = /^(.+) (with|without) noise$/;
const inputs = /^\S+ (inferred from|given) .+ instead of .+$/;
/** More variables than these are not there for one reason: a stream and its code, or a code of each of two views. */
const ONE_REASON = 2;

/** @param differences of a comparison, in its words */
export function changesOf(differences: readonly string[]): string[] {
  const gained = noisy(differences, "with");
  const lost = noisy(differences, "without");
  const moved = differences.filter((text) => inputs.test(text)).length;
  const followed = new Set([
    ...rates(differences, "also").slice(0, gained.length + moved),
    ...rates(differences, "not").slice(0, lost.length + moved),
  ]);
  const changes = new Map<string, string[]>();
  for (const text of differences) {
    if (noise.test(text) || followed.has(text)) continue;
    const [, verb, what] = alike.map((pattern) => pattern.exec(text)).find((found) => found !== null) ?? [];
    if (verb !== undefined && what !== undefined) changes.set(verb, [...(changes.get(verb) ?? []), what]);
    else for (const change of reasons(text)) changes.set(change, []);
  }
  return [
    ...(gained.length > 0 ? [`${list(gained)} with noise`] : []),
    ...(lost.length > 0 ? [`${list(lost)} without noise`] : []),
    ...[...changes].map(([verb, what]) => (what.length > 0 ? `${verb} ${list(what)}` : verb)),
  ];
}

/** The codes that have gained or lost their noise. */
const noisy = (differences: readonly string[], word: "with" | "without"): string[] =>
  differences.flatMap((text) => {
    const [, name, said] = noise.exec(text) ?? [];
    return name !== undefined && said === word ? [name] : [];
  });

/** Rates that are paid for on one side only. */
const rates = (differences: readonly string[], word: "also" | "not"): string[] =>
  differences.filter((text) => text.startsWith(`${word} compressing I(`));

/** `without A, B and C` as one change for each; what is short stays one. */
function reasons(text: string): string[] {
  const [, word, names] = /^(with|without) (.+)$/.exec(text) ?? [];
  const each = names?.split(/, | and /) ?? [];
  return each.length > ONE_REASON ? each.map((name) => `${word} ${name}`) : [text];
}

const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
