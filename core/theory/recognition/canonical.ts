/**
 * What makes a loss this loss and no other: its graph, its terms with their sides, the family of each bound, fusion, what
 * a rate is taken against, the law of each code, and which terms share a weight. Not: names, order, kinds and sizes of
 * streams, networks (an encoder that two codes share among them), the likelihood's family, values of knobs, an overall
 * factor. What is written in two ways and computes the same has one form.
 */
import { componentsOf } from "../fusions/mixture";
import { conditionsOf, readsOf } from "../terms/roles";
import { evaluate, knobValues } from "../terms/scalar";
import type { DerivedLoss, DerivedTerm } from "../derivation/loss";
import type { Knob, Latent, Spec, StreamDerivation, Variable } from "../spec";

/** A stream that is made from another. */
interface CanonicalMade {
  by: StreamDerivation["by"];
  of: string;
}

export interface CanonicalLatent {
  name: string;
  law: Latent["law"]["name"];
  from: string[];
  given: string[];
  /** `single` and `concat` are one network; `poe(prior)` is not `poe`; `apart` where each input's code is read alone. */
  fusion: string;
  /** Where it is drawn from itself, as `Z[]`; the rates say what they are taken against. */
  prior?: string;
}

/** What the rate or the spread of a code is taken against. */
export interface Against {
  /** The name of a prior, `network` of variables, or `code`. */
  kind: string;
  of: string[];
}

export interface CanonicalTerm {
  side: "compress" | "keep";
  /** Of the bound; another family is another method. */
  family: string;
  /** The bound's title, for people. */
  title: string;
  /** `TC`, `gap`, `gap each` or `H`: the term is that of what stands in `left`, and `right` is empty. */
  functional?: string;
  /** What is told about (a rate), decoded (a likelihood), or one side of a pair. */
  left: string[];
  /** Codes, what a decoder reads, or the other side of a pair. */
  right: string[];
  given: string[];
  against?: Against;
  /** Sides of a pair have no order. */
  symmetric: boolean;
  /** Whether the codes alone say what the bound computes: a rate pays for all that its code reads. */
  byCode: boolean;
  /** Absolute weights at a few settings of the knobs; a likelihood's as if its scale were 1. */
  weights: number[];
  /** Absolute weight at the values of the knobs, with the likelihood as written. */
  now: number;
}

export interface CanonicalForm {
  streams: string[];
  /** By stream. */
  made: Readonly<Record<string, CanonicalMade>>;
  latents: CanonicalLatent[];
  terms: CanonicalTerm[];
  /** Streams of which any two can change places and leave the loss as it is; only where that is known beforehand. */
  alike: readonly string[];
}

/** @param alike streams that are known to be exchangeable */
export function canonicalForm({ spec, terms }: DerivedLoss, alike: readonly string[] = []): CanonicalForm {
  const settings = settingsOf(spec.knobs);
  const written = terms.map((term) => canonicalTerm(term, spec, settings));
  const weighed = added(written).filter(({ weights }) => weights.some((weight) => weight !== 0));
  const mixtures = mixturesOf(spec);
  const drawn = weighed.map((term) => withDraws(term, mixtures));
  const products = productsOf(drawn, spec);
  const whole = drawn.map((term) => asProducts(term, products));
  const live = withSources(spec, new Set(whole.flatMap(namesIn)));
  const read = [...new Set(whole.flatMap(variablesIn))];
  const inferred = new Set(spec.latents.flatMap(readsOf));
  const latents = spec.latents
    .filter(({ name }) => live.has(name))
    .map((latent) => (products.includes(latent) ? { ...latent, fusion: PRODUCT } : latent))
    .map((latent) => canonicalLatent(latent, read, inferred));
  const named = new Set([
    ...latents.flatMap(({ from, given }) => [...from, ...given]),
    ...whole.flatMap(namesIn),
  ]);
  const streams = spec.streams.filter(({ name }) => named.has(name));
  const made = streams.flatMap(({ name, derived }): [string, CanonicalMade][] =>
    derived ? [[name, { by: derived.by, of: derived.of }]] : [],
  );
  return {
    streams: streams.map(({ name }) => name),
    made: Object.fromEntries(made),
    latents,
    terms: whole,
    alike,
  };
}

/** `Z` of `Z[X]`. */
export const baseOf = (text: string): string => (text.endsWith("]") ? text.replace(/\[.*$/, "") : text);

/** `X` and `Y` of `Z[X, Y]`. */
export const inputsOf = (text: string): string[] =>
  text.endsWith("]")
    ? text
        .slice(baseOf(text).length + 1, -1)
        .split(", ")
        .filter(Boolean)
    : [];

const namesIn = ({ byCode, left, right, given, against }: CanonicalTerm): string[] =>
  [...(byCode ? [] : [...left, ...given]), ...right, ...(against?.of ?? [])].map(baseOf);

/** The names, and what their codes are inferred from, through other codes too. */
function withSources(spec: Spec, names: Set<string>): Set<string> {
  for (const name of names) {
    const latent = spec.latents.find((candidate) => candidate.name === name);
    for (const source of latent ? readsOf(latent) : []) names.add(source);
  }
  return names;
}

/** Settings of the knobs at which weights are compared: enough, and scattered, to tell how each moves by itself. */
const settingsOf = (knobs: readonly Knob[]): Record<string, number>[] =>
  Array.from({ length: knobs.length + 3 }, (_, at) =>
    Object.fromEntries(
      knobs.map(({ name, from, to, log }, i) => {
        const share = scattered(at, i);
        return [name, log ? from * (to / from) ** share : from + (to - from) * share];
      }),
    ),
  );

/** A number between 0 and 1 that neighbours in neither count say anything of. */
function scattered(at: number, i: number): number {
  const far = Math.sin((at + 1) * 12.9898 + (i + 1) * 78.233) * 43758.5453;
  return far - Math.floor(far);
}

/**
 * @param read what terms read, as `Z` and `Z[X]`, each once
 * @param inferred names from which codes are inferred
 */
function canonicalLatent(
  latent: Latent,
  read: readonly string[],
  inferred: ReadonlySet<string>,
): CanonicalLatent {
  const { name, law, from, fusion, prior } = latent;
  const parts = read.filter((variable) => baseOf(variable) === name);
  const whole = parts.includes(name) || inferred.has(name);
  const apart = from.length > 1 && !whole && parts.every((part) => !part.includes(","));
  return {
    name,
    law: law.name,
    from,
    given: conditionsOf(latent),
    fusion: fusionText(fusion, apart),
    ...(parts.includes(`${name}[]`) ? { prior: prior.name } : {}),
  };
}

const PRODUCT: Latent["fusion"] = { name: "poe", options: [] };

/** @param apart whether each input's code is read alone: most fusions leave one expert as it is */
function fusionText({ name, options }: Latent["fusion"], apart: boolean): string {
  if (name === "single") return "concat";
  if (options.length > 0) return `${name}(${options.join(", ")})`;
  return apart ? "apart" : name;
}

function canonicalTerm(
  { term, role, bound, request, effectiveWeight }: DerivedTerm,
  spec: Spec,
  settings: readonly Record<string, number>[],
): CanonicalTerm {
  const scale = bound.id === "gaussian" ? (request?.arguments[0] ?? 1) : 1;
  const precision = typeof scale === "number" ? 1 / (scale * scale) : 1;
  const aim =
    request?.options["weights"] !== undefined
      ? "weights"
      : term.target && `${term.target.mode}${term.target.each ? " each" : ""}`;
  const base = {
    side: term.side,
    family: aim === undefined ? bound.family : `${bound.family} ${aim}`,
    title: aim === undefined ? bound.title : `${bound.title} with \`${aim}\``,
    given: [],
    symmetric: false,
    byCode: false,
    weights: settings.map((knobs) => Math.abs(evaluate(effectiveWeight, knobs)) * precision),
    now: Math.abs(evaluate(effectiveWeight, knobValues(spec.knobs))),
  };
  if (role.kind === "functional") {
    const of = texts(role.of);
    // The total correlation of two codes is the information that they share.
    if (role.functional === "TC" && of.length === 2 && bound.family === "noise-contrastive")
      return { ...base, left: [of[0]!], right: [of[1]!], symmetric: true };
    const against = role.functional === "gap" ? priorOf(role.of[0]!, spec) : undefined;
    const functional = `${role.functional}${role.each ? " each" : ""}`;
    return { ...base, functional, left: of, right: [], ...(against ? { against } : {}) };
  }
  if (role.kind === "payment") {
    const given = texts(role.given);
    const about = texts(role.about);
    // I(X, Y; Z | X) is I(Y; Z | X).
    const beyond = about.filter((name) => !given.includes(name));
    const against = againstOf(bound.family, role, request?.arguments[0], spec);
    return {
      ...base,
      family: against ? base.family.replace("conditional-rate", "rate") : base.family,
      left: beyond.length > 0 ? beyond : about,
      right: texts(role.codes),
      given,
      byCode: ENCODER_ALONE.includes(bound.family),
      ...(against ? { against } : {}),
    };
  }
  if (role.kind === "decoding")
    return { ...base, left: role.streams.map(({ name }) => name), right: texts(role.read) };
  return { ...base, left: texts(role.first), right: texts(role.second), symmetric: true };
}

/** Families of bounds on what a code holds that read the encoder's density and nothing else of the term. */
const ENCODER_ALONE = [
  "rate",
  "conditional-rate",
  "contrastive-upper",
  "leave-one-out",
  "minibatch-weighted",
];

function againstOf(
  family: string,
  { codes, given }: { codes: Variable[]; given: Variable[] },
  guess: number | string | Variable | undefined,
  spec: Spec,
): Against | undefined {
  if (family === "rate" || guess === "prior") return priorOf(codes[0]!, spec);
  if (family !== "conditional-rate") return undefined;
  if (typeof guess === "object") return { kind: "code", of: texts([guess]) };
  return typeof guess === "string" && guess !== "learned"
    ? { kind: "code", of: [guess] }
    : { kind: "network", of: texts(given) };
}

/** A prior made from variables is a network of them, as a learned guess is. */
function priorOf({ name }: Variable, spec: Spec): Against | undefined {
  const prior = spec.latents.find((latent) => latent.name === name)?.prior;
  return prior && (prior.from ? { kind: "network", of: prior.from } : { kind: prior.name, of: [] });
}

const texts = (variables: readonly Variable[]): string[] =>
  variables.map(({ name, subset }) => (subset ? `${name}[${[...subset].sort().join(", ")}]` : name));

/** Ahead of the fusion of a mixture that a term reads as it is drawn, `Z[*moe]`: no name of a stream. */
const DRAW = "*";

/** `Z` of `Z[*moe]`, as a spec has it. */
export const asWritten = (text: string): string => (text.includes(`[${DRAW}`) ? baseOf(text) : text);

/** Mixtures that no other code reads: where one does, it is told by the components. */
const mixturesOf = (spec: Spec): Latent[] =>
  spec.latents.filter(
    ({ name }) =>
      componentsOf(spec, { name }) !== undefined &&
      !spec.latents.some((latent) => readsOf(latent).includes(name)),
  );

/** A mixture that is read whole beside its components, as by `TC(Z)`, is a draw of its own: the components stay what they are. */
function withDraws(term: CanonicalTerm, mixtures: readonly Latent[]): CanonicalTerm {
  const names = (side: readonly string[]): string[] =>
    side.map((text) => {
      const fusion = mixtures.find(({ name }) => name === text)?.fusion.name;
      return fusion === undefined ? text : `${text}[${DRAW}${fusion}]`;
    });
  return mixtures.length === 0 ? term : { ...term, left: names(term.left), right: names(term.right) };
}

/** Mixtures of products that are never drawn as a whole: their components are products of experts. */
const productsOf = (terms: readonly CanonicalTerm[], spec: Spec): Latent[] =>
  spec.latents.filter(({ name, fusion }) => fusion.name === "mopoe" && !isWhole(name, terms, spec));

/** The product of all inputs is the whole code of a product of experts. */
function asProducts(term: CanonicalTerm, products: readonly Latent[]): CanonicalTerm {
  const names = (side: readonly string[]): string[] =>
    side.map((text) => {
      const all = products.find(({ name }) => name === baseOf(text));
      return all && text === `${all.name}[${[...all.from].sort().join(", ")}]` ? all.name : text;
    });
  return {
    ...term,
    left: names(term.left),
    right: names(term.right),
    ...(term.against ? { against: { ...term.against, of: names(term.against.of) } } : {}),
  };
}

const variablesIn = ({ left, right, against }: CanonicalTerm): string[] => [
  ...left,
  ...right,
  ...(against?.of ?? []),
];

/** Whether a code is read from all its inputs at once. */
const isWhole = (name: string, terms: readonly CanonicalTerm[], spec: Spec): boolean =>
  terms.some((term) => variablesIn(term).includes(name)) ||
  spec.latents.some((latent) => readsOf(latent).includes(name));

/** Equal terms as one, with their weights added. */
export function added(terms: readonly CanonicalTerm[]): CanonicalTerm[] {
  const result = new Map<string, CanonicalTerm>();
  for (const term of terms) {
    const key = termKey(term);
    const known = result.get(key);
    const sum = known && {
      ...known,
      weights: known.weights.map((weight, i) => weight + term.weights[i]!),
      now: known.now + term.now,
    };
    result.set(key, sum ?? term);
  }
  return [...result.values()];
}

/** How much of a term its key tells: all, all but what a rate is taken against, or that and the bound's family. */
type Closeness = "same" | "against" | "family";

const keys = new WeakMap<CanonicalTerm, Partial<Record<Closeness, string>>>();

/** A term as text; terms of equal keys say the same. */
export function termKey(term: CanonicalTerm, closeness: Closeness = "same"): string {
  const known = keys.get(term) ?? {};
  keys.set(term, known);
  return (known[closeness] ??= keyOf(term, closeness));
}

function keyOf(
  { side, functional = "", family, left, right, given, byCode, symmetric, against }: CanonicalTerm,
  closeness: Closeness,
): string {
  const list = (names: readonly string[]): string => [...names].sort().join(", ");
  const sides = [byCode ? "" : list(left), list(right)];
  if (symmetric) sides.sort();
  return [
    side,
    functional,
    closeness === "family" ? "" : family,
    sides.join("; "),
    byCode ? "" : list(given),
    closeness === "same" && against ? `${against.kind} ${list(against.of)}` : "",
  ].join(" | ");
}

/** `Z[X]` with both names replaced. */
export function renamedVariable(text: string, rename: (name: string) => string): string {
  if (!text.endsWith("]")) return rename(text);
  const [, name, subset = ""] = /^([^[]*)\[(.*)\]$/.exec(text) ?? [];
  return `${rename(name!)}[${subset.split(", ").filter(Boolean).map(rename).sort().join(", ")}]`;
}
