/** The naming under which two losses agree most, and what still differs. */
import {
  added,
  asWritten,
  baseOf,
  inputsOf,
  renamedVariable,
  termKey,
  type Against,
  type CanonicalForm,
  type CanonicalLatent,
  type CanonicalTerm,
} from "./canonical";
import { lawOf } from "../laws/index";
import { hasCritic } from "./links";
import { namings, type Naming } from "./namings";
import { isClose, weighsWithin, weightRatio } from "./weights";

export interface Comparison {
  /** Zero for the same loss; more for every difference. */
  distance: number;
  /** In words, against the method: `without Wy`, `InfoNCE instead of MINE`. */
  differences: string[];
  /** Terms of the own loss with those of the method that they agree with. */
  agreed: Agreement[];
  /** The naming under which they agree so. */
  naming: Naming;
}

/** A term of the own loss, and the one of the method, in own names, that says the same. */
type Agreement = readonly [own: CanonicalTerm, method: CanonicalTerm];

/** The closest comparison under any naming; undefined when each is as far as `limit` or further. */
export function compare(own: CanonicalForm, method: CanonicalForm, limit = Infinity): Comparison | undefined {
  let best: Comparison | undefined;
  for (const naming of namings(own, method))
    best = underNaming(own, method, naming, best?.distance ?? limit) ?? best;
  return best;
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
  kind: 0.5,
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
  if (distance + COST.term * unlike(shapesOf(ours), shapesOf(theirs)) >= limit) return undefined;
  const renamed = theirs.map((term) => inOwnNames(term, rename));
  if (distance + COST.term * unmatched(ours, renamed) >= limit) return undefined;
  const agreed = compareTerms(ours, renamed, tell);
  return distance < limit ? { distance, differences, agreed, naming } : undefined;
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

const rests = new WeakMap<CanonicalForm, Map<string, readonly CanonicalTerm[]>>();

/** The terms of a loss without absent variables; many namings lack the same ones. */
function without(form: CanonicalForm, absent: readonly string[]): readonly CanonicalTerm[] {
  if (absent.length === 0) return form.terms;
  const known = rests.get(form) ?? new Map<string, readonly CanonicalTerm[]>();
  rests.set(form, known);
  const key = absent.join(", ");
  const rest = known.get(key) ?? reduced(form, absent);
  known.set(key, rest);
  return rest;
}

/** A term goes when a side of it is empty then. */
function reduced({ terms, latents }: CanonicalForm, absent: readonly string[]): readonly CanonicalTerm[] {
  const rest = (names: readonly string[]): string[] =>
    names.flatMap((name) => restOfVariable(name, latents, absent) ?? []);
  const left = terms.flatMap((term) => {
    const part = { ...term, left: rest(term.left), right: rest(term.right), given: rest(term.given) };
    const isWhole = part.right.length > 0 || term.functional !== undefined;
    return part.left.length > 0 && isWhole ? [part] : [];
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

/** How many terms of both have no partner at least: none that says the same of the same, whatever its bound. */
function unmatched(own: readonly CanonicalTerm[], method: readonly CanonicalTerm[]): number {
  const keys = new Set(own.map((term) => termKey(term, "family")));
  const missing = method.filter((term) => !keys.has(termKey(term, "family"))).length;
  return missing + Math.max(0, own.length - method.length + missing);
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
      if (closeness === "family") {
        // Another critic's bound is nearer than a bound by covariances.
        const kind = hasCritic(ours.family) === hasCritic(theirs.family) ? 0 : COST.kind;
        tell(COST.family + kind, `${ours.title} instead of ${theirs.title}`);
      }
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
  return `${code} compared with ${guessText(own)} instead of ${guessText(method)}`;
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
  tell(COST.weight, `${list([...new Set(terms)])} with separate weights`);
}

function shown({ functional, left, right, given }: CanonicalTerm): string {
  const side = (names: readonly string[]): string => names.map(asWritten).join(", ");
  if (functional === undefined)
    return `I(${side(left)}; ${side(right)}${given.length > 0 ? ` | ${side(given)}` : ""})`;
  return functional.replace(
    /^(\w+)( each)?$/,
    (_, word: string, each = "") => `${word}(${side(left)}${each && ", each"})`,
  );
}

const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** How far two losses are at least, from their sizes and the shapes of their terms alone, and how far they may well be. */
export function distanceRange(own: CanonicalForm, method: CanonicalForm): { least: number; likely: number } {
  const apart = (key: "streams" | "latents"): number => Math.abs(own[key].length - method[key].length);
  const variables = COST.variable * (apart("streams") + apart("latents"));
  const [ours, theirs] = [shapesOf(own.terms), shapesOf(method.terms)];
  if (variables === 0) {
    const least = COST.term * unlike(ours, theirs);
    return { least, likely: least };
  }
  // What one of two losses has beyond the other is left out of its terms, which leaves shapes rather than counts alike.
  const odd = [...ours.keys()].filter((shape) => !theirs.has(shape)).length;
  const missing = [...theirs.keys()].filter((shape) => !ours.has(shape)).length;
  return { least: variables, likely: variables + COST.term * (odd + missing) };
}

const shapes = new WeakMap<readonly CanonicalTerm[], ReadonlyMap<string, number>>();

/** How many terms of each shape there are. */
function shapesOf(terms: readonly CanonicalTerm[]): ReadonlyMap<string, number> {
  const known = shapes.get(terms);
  if (known) return known;
  const counts = new Map<string, number>();
  for (const { side, functional = "", byCode, symmetric, left, right, given } of terms) {
    const sizes = [byCode ? 0 : left.length, right.length];
    const shape = `${side} ${functional} ${symmetric ? sizes.sort() : sizes} ${byCode ? 0 : given.length}`;
    counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  shapes.set(terms, counts);
  return counts;
}

/** How many terms of both have no partner of their shape. */
function unlike(own: ReadonlyMap<string, number>, method: ReadonlyMap<string, number>): number {
  let count = 0;
  for (const [shape, number] of own) count += Math.abs(number - (method.get(shape) ?? 0));
  for (const [shape, number] of method) if (!own.has(shape)) count += number;
  return count;
}
