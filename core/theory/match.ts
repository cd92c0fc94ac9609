/** The naming under which two losses agree most, and what still differs. */
import {
  renamedVariable,
  sameWeight,
  termKey,
  type CanonicalForm,
  type CanonicalLatent,
  type CanonicalTerm,
} from "./canonical";

export interface Comparison {
  /** Zero for the same loss; more for every difference. */
  distance: number;
  /** In words, against the method: `without Wy`, `InfoNCE instead of MINE`. */
  differences: string[];
  /** Whether some terms of the two agree. */
  related: boolean;
}

/** Names of the method to names of the own loss; what is absent has no partner. */
type Naming = ReadonlyMap<string, string>;

/** The closest comparison under any naming; undefined when each is as far as `limit` or further. */
export function compare(own: CanonicalForm, method: CanonicalForm, limit = Infinity): Comparison | undefined {
  let best: Comparison | undefined;
  for (const streams of pairings(method.streams, own.streams)) {
    for (const naming of latentNamings(own, method, streams)) {
      best = underNaming(own, method, naming, best?.distance ?? limit) ?? best;
    }
  }
  return best;
}

/** More pairings than this are not tried: losses that differ so much are not the same method. */
const MOST_PAIRINGS = 200;

/** Every way to give each of the smaller set a partner of its own in the larger one. */
function pairings(from: readonly string[], to: readonly string[]): [string, string][][] {
  const flip = from.length > to.length;
  const [small, large] = flip ? [to, from] : [from, to];
  let found: [string, string][][] = [[]];
  for (const name of small) {
    found = found
      .flatMap((pairs) =>
        large
          .filter((partner) => !pairs.some(([, taken]) => taken === partner))
          .map((partner): [string, string][] => [...pairs, [name, partner]]),
      )
      .slice(0, MOST_PAIRINGS);
  }
  return flip ? found.map((pairs) => pairs.map(([a, b]): [string, string] => [b, a])) : found;
}

/** Latents with the same inputs are paired with each other; what is left over, with what is left over. */
function latentNamings(own: CanonicalForm, method: CanonicalForm, streams: [string, string][]): Naming[] {
  const names = new Map(streams);
  const inputs = ({ from, given }: CanonicalLatent, rename: (name: string) => string): string =>
    [from, given].map((side) => side.map(rename).sort().join(", ")).join(" | ");
  const groups = new Map<string, { method: string[]; own: string[] }>();
  const group = (key: string): { method: string[]; own: string[] } => {
    const known = groups.get(key) ?? { method: [], own: [] };
    groups.set(key, known);
    return known;
  };
  for (const latent of method.latents)
    group(inputs(latent, (name) => names.get(name) ?? `?${name}`)).method.push(latent.name);
  for (const latent of own.latents) group(inputs(latent, (name) => name)).own.push(latent.name);
  let namings: [string, string][][] = [streams];
  for (const { method: theirs, own: ours } of groups.values()) {
    const ways = pairings(theirs, ours);
    namings = namings.flatMap((pairs) => ways.map((way) => [...pairs, ...way])).slice(0, MOST_PAIRINGS);
  }
  return namings.flatMap((pairs) => {
    const theirs = method.latents
      .map(({ name }) => name)
      .filter((name) => !pairs.some(([taken]) => taken === name));
    const ours = own.latents
      .map(({ name }) => name)
      .filter((name) => !pairs.some(([, taken]) => taken === name));
    return pairings(theirs, ours).map((way) => new Map([...pairs, ...way]));
  });
}

/** What each kind of difference weighs in the choice of the nearest method. */
const COST = { variable: 3, inputs: 2, term: 2, noise: 1, fusion: 1, family: 1, weight: 0.5 };

function underNaming(
  own: CanonicalForm,
  method: CanonicalForm,
  naming: Naming,
  limit: number,
): Comparison | undefined {
  const taken = new Set(naming.values());
  const differences: string[] = [];
  let distance = 0;
  const tell = (cost: number, text: string): void => {
    distance += cost;
    if (!differences.includes(text)) differences.push(text);
  };
  const absent = [...method.streams, ...method.latents.map(({ name }) => name)].filter(
    (name) => !naming.has(name),
  );
  const extra = [...own.streams, ...own.latents.map(({ name }) => name)].filter((name) => !taken.has(name));
  if (absent.length > 0) tell(COST.variable * absent.length, `without ${list(absent)}`);
  if (extra.length > 0) tell(COST.variable * extra.length, `with ${list(extra)}`);
  if (distance >= limit) return undefined;

  for (const theirs of method.latents) {
    const ours = own.latents.find(({ name }) => name === naming.get(theirs.name));
    if (ours) compareLatents(ours, theirs, naming, extra, tell);
  }
  if (distance >= limit) return undefined;
  const rename = (name: string): string => naming.get(name) ?? name;
  const reduced = method.terms
    .flatMap((term) => without(term, absent))
    .map((term) => inOwnNames(term, rename));
  const related = compareTerms(
    own.terms.flatMap((term) => without(term, extra)),
    reduced,
    tell,
  );
  return distance < limit ? { distance, differences, related } : undefined;
}

function compareLatents(
  ours: CanonicalLatent,
  theirs: CanonicalLatent,
  naming: Naming,
  extra: readonly string[],
  tell: (cost: number, text: string) => void,
): void {
  const known = (names: readonly string[]): string[] => names.filter((name) => !extra.includes(name)).sort();
  const expected = (names: readonly string[]): string[] =>
    names.flatMap((name) => naming.get(name) ?? []).sort();
  for (const key of ["from", "given"] as const) {
    const [has, wants] = [known(ours[key]), expected(theirs[key])];
    if (`${has}` !== `${wants}`) {
      const word = key === "from" ? "inferred from" : "given";
      tell(
        COST.inputs,
        `${ours.name} ${word} ${list(has) || "nothing"} instead of ${list(wants) || "nothing"}`,
      );
    }
  }
  if (ours.noiseless !== theirs.noiseless)
    tell(COST.noise, `${ours.name} ${ours.noiseless ? "without noise" : "with noise"}`);
  if (ours.from.length > 1 && ours.fusion !== theirs.fusion)
    tell(COST.fusion, `${ours.name} fused by ${ours.fusion}`);
  if (ours.prior !== theirs.prior) tell(COST.fusion, `a ${ours.prior} prior of ${ours.name}`);
}

/** The term with absent variables left out of its sides; nothing when a side is empty then. */
function without(term: CanonicalTerm, absent: readonly string[]): CanonicalTerm[] {
  const rest = (names: readonly string[]): string[] =>
    names.filter((name) => !absent.includes(name.replace(/\[.*$/, "")));
  const [left, right] = [rest(term.left), rest(term.right)];
  return left.length > 0 && (right.length > 0 || term.functional !== undefined)
    ? [{ ...term, left, right, given: rest(term.given) }]
    : [];
}

function inOwnNames(term: CanonicalTerm, rename: (name: string) => string): CanonicalTerm {
  const names = (side: readonly string[]): string[] => side.map((name) => renamedVariable(name, rename));
  return { ...term, left: names(term.left), right: names(term.right), given: names(term.given) };
}

/** Tells missing, added and changed terms; returns whether some agree. */
function compareTerms(
  own: readonly CanonicalTerm[],
  method: readonly CanonicalTerm[],
  tell: (cost: number, text: string) => void,
): boolean {
  const same = (name: string): string => name;
  const open = new Set(own);
  const agreed: [CanonicalTerm, CanonicalTerm][] = [];
  for (const withFamily of [true, false]) {
    for (const theirs of method) {
      if (agreed.some(([, known]) => known === theirs)) continue;
      const key = termKey(theirs, same, withFamily);
      const ours = [...open].find((term) => termKey(term, same, withFamily) === key);
      if (ours === undefined) continue;
      open.delete(ours);
      agreed.push([ours, theirs]);
      if (!withFamily) tell(COST.family, `${ours.title} instead of ${theirs.title}`);
    }
  }
  for (const theirs of method) {
    if (!agreed.some(([, known]) => known === theirs))
      tell(COST.term, `${theirs.side === "keep" ? "not keeping" : "not compressing"} ${shown(theirs)}`);
  }
  for (const term of open)
    tell(COST.term, `also ${term.side === "keep" ? "keeping" : "compressing"} ${shown(term)}`);
  compareWeights(agreed, tell);
  return agreed.length > 0;
}

/** How often one weight holds the other; undefined where that depends on the knobs. */
function weightRatio(a: CanonicalTerm, b: CanonicalTerm): number | undefined {
  const ratios = a.weights.map((weight, i) => weight / b.weights[i]!);
  return ratios.every((ratio) => isClose(ratio, ratios[0])) ? ratios[0] : undefined;
}

const isClose = (a: number | undefined, b: number | undefined): boolean =>
  a !== undefined && b !== undefined && Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));

/** Which terms stand in a fixed ratio of weights: only what differs is told. */
function compareWeights(
  agreed: readonly [CanonicalTerm, CanonicalTerm][],
  tell: (cost: number, text: string) => void,
): void {
  const apart = new Set<string>();
  const tied = new Set<string>();
  // What two codes share is the measure; a likelihood is weighed against it.
  const ordered = [...agreed].sort(([a], [b]) => Number(b.symmetric) - Number(a.symmetric));
  ordered.forEach(([ours, theirs], i) => {
    const before = ordered.slice(0, i).filter(([{ side }]) => side === ours.side);
    const fixed = before.find(([, other]) => weightRatio(theirs, other) !== undefined);
    if (fixed && !isClose(weightRatio(ours, fixed[0]), weightRatio(theirs, fixed[1]))) apart.add(shown(ours));
    if (before.some(([mine, other]) => sameWeight(ours, mine) && weightRatio(theirs, other) === undefined))
      tied.add(shown(ours));
  });
  if (apart.size > 0) tell(COST.weight, `${list([...apart])} weighed apart`);
  if (tied.size > 0) tell(COST.weight, `${list([...tied])} weighed alike`);
}

const shown = ({ functional, left, right, given }: CanonicalTerm): string =>
  functional !== undefined
    ? functional.replace(
        /^(\w+)( each)?$/,
        (_, word: string, each = "") => `${word}(${left.join(", ")}${each && ", each"})`,
      )
    : `I(${left.join(", ")}; ${right.join(", ")}${given.length > 0 ? ` | ${given.join(", ")}` : ""})`;

const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** How far two losses are at least, from their sizes alone. */
export function leastDistance(own: CanonicalForm, method: CanonicalForm): number {
  const apart = (key: "streams" | "latents"): number => Math.abs(own[key].length - method[key].length);
  return COST.variable * (apart("streams") + apart("latents"));
}
