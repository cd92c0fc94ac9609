/** The naming under which two losses agree most, and what still differs. */
import {
  added,
  baseOf,
  inputsOf,
  renamedVariable,
  termKey,
  type Against,
  type CanonicalForm,
  type CanonicalLatent,
  type CanonicalTerm,
} from "./canonical";
import { lawOf } from "./laws/index";
import { isClose, weighsWithin, weightRatio } from "./weights";

export interface Comparison {
  /** Zero for the same loss; more for every difference. */
  distance: number;
  /** In words, against the method: `without Wy`, `InfoNCE instead of MINE`. */
  differences: string[];
  /** Terms of the own loss with those of the method that they agree with. */
  agreed: Agreement[];
}

/** A term of the own loss, and the one of the method, in own names, that says the same. */
export type Agreement = readonly [own: CanonicalTerm, method: CanonicalTerm];

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
const COST = {
  variable: 3,
  inputs: 2,
  term: 2,
  noise: 1,
  shape: 0.5,
  fusion: 1,
  made: 1,
  family: 1,
  weight: 0.5,
};

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
    if (differences.includes(text)) return;
    distance += cost;
    differences.push(text);
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
  compareMade(own, method, naming, tell);
  if (distance >= limit) return undefined;
  const rename = (name: string): string => naming.get(name) ?? name;
  const ours = without(own, extra);
  const theirs = without(method, absent);
  if (distance + COST.term * Math.abs(ours.length - theirs.length) >= limit) return undefined;
  const agreed = compareTerms(
    ours,
    theirs.map((term) => inOwnNames(term, rename)),
    tell,
  );
  return distance < limit ? { distance, differences, agreed } : undefined;
}

/** Streams that the method makes from another must be made so; where it takes them as they come, any will do. */
function compareMade(
  own: CanonicalForm,
  method: CanonicalForm,
  naming: Naming,
  tell: (cost: number, text: string) => void,
): void {
  const sources = new Map<string, string>();
  for (const [name, { by, of }] of Object.entries(method.made)) {
    const ours = naming.get(name);
    if (ours === undefined) continue;
    const made = own.made[ours];
    const source = sources.get(of) ?? naming.get(of) ?? made?.of;
    if (made?.by !== by) tell(COST.made, `${ours} not made by ${by}`);
    else if (made.of !== source) tell(COST.made, `${ours} made from another stream`);
    if (source !== undefined) sources.set(of, source);
  }
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
  compareLaws(ours, theirs, tell);
  if (ours.fusion !== theirs.fusion) tell(COST.fusion, `${ours.name} fused by ${ours.fusion}`);
  // Where only one of the two draws it from its prior, the terms differ too.
  if (ours.prior !== theirs.prior && ours.prior !== undefined && theirs.prior !== undefined)
    tell(COST.fusion, `a ${ours.prior} prior of ${ours.name}`);
}

/** Noise, and what more there is to a law: `gaussian` and `deterministic` differ by noise alone. */
function compareLaws(
  { name, law }: CanonicalLatent,
  theirs: CanonicalLatent,
  tell: (cost: number, text: string) => void,
): void {
  if (law === theirs.law) return;
  const noiseless = lawOf(law).deterministic;
  const noise = noiseless !== lawOf(theirs.law).deterministic;
  if (noise) tell(COST.noise, `${name} ${noiseless ? "without" : "with"} noise`);
  const plain = ["gaussian", "deterministic"];
  if (!noise || !plain.includes(law) || !plain.includes(theirs.law))
    tell(noise ? COST.shape : COST.noise, `${name} ${law} instead of ${theirs.law}`);
}

/** The terms of a loss without absent variables: a term goes when a side of it is empty then. */
function without({ terms, latents }: CanonicalForm, absent: readonly string[]): readonly CanonicalTerm[] {
  if (absent.length === 0) return terms;
  const rest = (names: readonly string[]): string[] =>
    names.flatMap((name) => restOfVariable(name, latents, absent) ?? []);
  const left = terms.flatMap((term) => {
    const reduced = { ...term, left: rest(term.left), right: rest(term.right), given: rest(term.given) };
    const isWhole = reduced.right.length > 0 || term.functional !== undefined;
    return reduced.left.length > 0 && isWhole ? [reduced] : [];
  });
  return added(left);
}

/** `Z[X]` of `Z[X, Y]` where Y is absent, and `Z` where it reads X alone then. */
function restOfVariable(
  text: string,
  latents: readonly CanonicalLatent[],
  absent: readonly string[],
): string | undefined {
  const name = baseOf(text);
  if (absent.includes(name)) return undefined;
  const inputs = inputsOf(text);
  if (inputs.length === 0) return text;
  const known = inputs.filter((input) => !absent.includes(input));
  if (known.length === 0) return undefined;
  const all = latents.find((latent) => latent.name === name)?.from.filter((input) => !absent.includes(input));
  return known.length > 1 && known.length === all?.length ? name : `${name}[${known.join(", ")}]`;
}

function inOwnNames(term: CanonicalTerm, rename: (name: string) => string): CanonicalTerm {
  const names = (side: readonly string[]): string[] => side.map((name) => renamedVariable(name, rename));
  return {
    ...term,
    left: names(term.left),
    right: names(term.right),
    given: names(term.given),
    ...(term.against ? { against: { ...term.against, of: names(term.against.of) } } : {}),
  };
}

/** Tells missing, added and changed terms; returns those that agree. */
function compareTerms(
  own: readonly CanonicalTerm[],
  method: readonly CanonicalTerm[],
  tell: (cost: number, text: string) => void,
): Agreement[] {
  const open = new Set(own);
  const missing = new Set(method);
  const agreed: Agreement[] = [];
  for (const closeness of ["same", "against", "family"] as const) {
    const keys = new Map([...open].map((term) => [termKey(term, closeness), term]));
    for (const theirs of missing) {
      const key = termKey(theirs, closeness);
      const ours = keys.get(key);
      if (ours === undefined) continue;
      keys.delete(key);
      open.delete(ours);
      missing.delete(theirs);
      agreed.push([ours, theirs]);
      if (closeness === "against") tell(COST.fusion, againstDifference(ours, theirs));
      if (closeness === "family") tell(COST.family, `${ours.title} instead of ${theirs.title}`);
    }
  }
  for (const theirs of missing)
    tell(COST.term, `${theirs.side === "keep" ? "not keeping" : "not compressing"} ${shown(theirs)}`);
  for (const term of open)
    tell(COST.term, `also ${term.side === "keep" ? "keeping" : "compressing"} ${shown(term)}`);
  compareWeights(agreed, tell);
  return agreed;
}

/** What a code is held against, where it differs: its prior, or what guesses it. */
function againstDifference(ours: CanonicalTerm, theirs: CanonicalTerm): string {
  const [own, method] = [ours.against, theirs.against];
  const code = list((ours.right.length > 0 ? ours.right : ours.left).map(baseOf));
  const isPrior = (against: Against | undefined): boolean => against?.of.length === 0;
  if (isPrior(own) && isPrior(method)) return `a ${own!.kind} prior of ${code}`;
  return `${code} held against ${guessText(own)} instead of ${guessText(method)}`;
}

function guessText(against: Against | undefined): string {
  if (against === undefined || against.of.length === 0) return `a ${against?.kind ?? "standard"} prior`;
  return against.kind === "network" ? `a network of ${list(against.of)}` : list(against.of);
}

/** Which terms stand in another ratio of weights than the method's: only what differs is told. */
function compareWeights(agreed: readonly Agreement[], tell: (cost: number, text: string) => void): void {
  if (
    weighsWithin(
      agreed.map(([ours]) => ours),
      agreed.map(([, theirs]) => theirs),
    )
  )
    return;
  // What two codes share is the measure; a likelihood is weighed against it.
  const ordered = [...agreed].sort(([a], [b]) => Number(b.symmetric) - Number(a.symmetric));
  const apart = ordered.filter(([ours, theirs], i) => {
    const before = ordered.slice(0, i).filter(([{ side }]) => side === ours.side);
    const fixed = before.find(([, other]) => weightRatio(theirs, other) !== undefined);
    if (fixed === undefined) return false;
    const [own, method] = [weightRatio(ours, fixed[0]), weightRatio(theirs, fixed[1])];
    return own === undefined || method === undefined || !isClose(own, method);
  });
  const terms = (apart.length > 0 ? apart : ordered).map(([ours]) => shown(ours));
  tell(COST.weight, `${list([...new Set(terms)])} weighed apart`);
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

/** How far two losses are at least, from their sizes and the shapes of their terms alone, and how far they may well be. */
export function distanceRange(own: CanonicalForm, method: CanonicalForm): { least: number; likely: number } {
  const apart = (key: "streams" | "latents"): number => Math.abs(own[key].length - method[key].length);
  const variables = COST.variable * (apart("streams") + apart("latents"));
  const [ours, theirs] = [shapesOf(own), shapesOf(method)];
  if (variables === 0) {
    const least = COST.term * unlike(ours, theirs);
    return { least, likely: least };
  }
  // What one of two losses has beyond the other is left out of its terms, which leaves shapes rather than counts alike.
  const odd = [...ours.keys()].filter((shape) => !theirs.has(shape)).length;
  const missing = [...theirs.keys()].filter((shape) => !ours.has(shape)).length;
  return { least: variables, likely: variables + COST.term * (odd + missing) };
}

const shapes = new WeakMap<CanonicalForm, ReadonlyMap<string, number>>();

/** How many terms of each shape there are. */
function shapesOf(form: CanonicalForm): ReadonlyMap<string, number> {
  const known = shapes.get(form);
  if (known) return known;
  const counts = new Map<string, number>();
  for (const { side, functional = "", byCode, symmetric, left, right, given } of form.terms) {
    const sizes = [byCode ? 0 : left.length, right.length];
    const shape = `${side} ${functional} ${symmetric ? sizes.sort() : sizes} ${byCode ? 0 : given.length}`;
    counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  shapes.set(form, counts);
  return counts;
}

/** How many terms of both have no partner of their shape. */
function unlike(own: ReadonlyMap<string, number>, method: ReadonlyMap<string, number>): number {
  let count = 0;
  for (const [shape, number] of own) count += Math.abs(number - (method.get(shape) ?? 0));
  for (const [shape, number] of method) if (!own.has(shape)) count += number;
  return count;
}
