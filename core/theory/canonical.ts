/**
 * What makes a loss this loss and no other: its graph, its terms with their sides, the family of each bound, fusion,
 * prior, whether codes are noiseless, and which terms share a weight. Not: names, order, kinds and sizes of streams,
 * networks, the likelihood's family, values of knobs, an overall factor.
 */
import { decodingOf, pairOf, paymentOf } from "./roles";
import { evaluate } from "./scalar";
import type { DerivedLoss, DerivedTerm } from "./loss";
import type { Knob, Variable } from "./spec";

export interface CanonicalLatent {
  name: string;
  noiseless: boolean;
  from: string[];
  given: string[];
  /** `single` and `concat` are one network; `poe(prior)` is not `poe`. */
  fusion: string;
  prior: string;
}

export interface CanonicalTerm {
  side: "compress" | "keep";
  /** Of the bound; another family is another method. */
  family: string;
  /** The bound's title, for people. */
  title: string;
  /** `TC`, `gap` or `gap each`: the term is that of what stands in `left`, and `right` is empty. */
  functional?: string;
  /** What is told about (a rate), decoded (a likelihood), or one side of a pair. */
  left: string[];
  /** Codes, what a decoder reads, or the other side of a pair. */
  right: string[];
  given: string[];
  /** Sides of a pair have no order. */
  symmetric: boolean;
  /** Absolute weights at a few settings of the knobs: terms with equal ones share a weight. */
  weights: number[];
}

export interface CanonicalForm {
  streams: string[];
  latents: CanonicalLatent[];
  terms: CanonicalTerm[];
}

/** Positions within the knobs' ranges at which weights are compared; the knobs move apart from each other. */
const SETTINGS = 4;

export function canonicalForm({ spec, terms }: DerivedLoss): CanonicalForm {
  const latents = spec.latents.map((latent): CanonicalLatent => {
    const options = latent.fusion.options.length > 0 ? `(${latent.fusion.options.join(", ")})` : "";
    return {
      name: latent.name,
      noiseless: latent.law.name !== "gaussian",
      from: latent.from,
      given: latent.given,
      fusion: latent.fusion.name === "single" ? "concat" : latent.fusion.name + options,
      prior: latent.prior.name,
    };
  });
  const written = terms.map((term) => canonicalTerm(term, spec.knobs)).filter((term) => term !== undefined);
  const named = new Set([
    ...latents.flatMap(({ from, given }) => [...from, ...given]),
    ...written.flatMap(({ left, right, given }) => [...left, ...right, ...given]),
  ]);
  const streams = spec.streams.map(({ name }) => name).filter((name) => named.has(name));
  return {
    streams,
    latents,
    terms: added(written).filter(({ weights }) => weights.some((weight) => weight !== 0)),
  };

  function canonicalTerm(
    { term, bound, effectiveWeight }: DerivedTerm,
    knobs: readonly Knob[],
  ): CanonicalTerm | undefined {
    const weights = Array.from({ length: SETTINGS }, (_, i) =>
      Math.abs(evaluate(effectiveWeight, setting(knobs, i))),
    );
    const base = {
      side: term.side,
      family: term.target ? `${bound.family} ${term.target.mode}` : bound.family,
      title: term.target ? `${bound.title} with \`${term.target.mode}\`` : bound.title,
      weights,
    };
    const { information } = term;
    if (information.kind === "functional") {
      const functional = `${information.functional}${information.each ? " each" : ""}`;
      return { ...base, functional, left: texts(information.of), right: [], given: [], symmetric: false };
    }
    const payment = term.side === "compress" ? paymentOf(term, spec) : undefined;
    if (payment) {
      return {
        ...base,
        left: texts(payment.about),
        right: texts(payment.codes),
        given: texts(payment.given),
        symmetric: false,
      };
    }
    const decoding = bound.reconstruct ? decodingOf(term, spec) : undefined;
    if (decoding) {
      return {
        ...base,
        left: decoding.streams.map(({ name }) => name),
        right: texts(decoding.read),
        given: [],
        symmetric: false,
      };
    }
    const pair = pairOf(term, spec);
    return (
      pair && { ...base, left: texts(pair.first), right: texts(pair.second), given: [], symmetric: true }
    );
  }
}

const texts = (variables: readonly Variable[]): string[] =>
  variables.map(({ name, subset }) => (subset ? `${name}[${[...subset].sort().join(", ")}]` : name));

function setting(knobs: readonly Knob[], at: number): Record<string, number> {
  return Object.fromEntries(
    knobs.map(({ name, from, to }, i) => [name, from + (to - from) * fraction((at + 1) * 0.618 + i * 0.271)]),
  );
}

const fraction = (x: number): number => x - Math.floor(x);

/** Equal terms as one, with their weights added. */
function added(terms: readonly CanonicalTerm[]): CanonicalTerm[] {
  const result = new Map<string, CanonicalTerm>();
  for (const term of terms) {
    const key = termKey(term, (name) => name);
    const known = result.get(key);
    result.set(
      key,
      known ? { ...known, weights: known.weights.map((weight, i) => weight + term.weights[i]!) } : term,
    );
  }
  return [...result.values()];
}

/** A term as text under other names; terms of equal keys say the same. `family` may be left out of it. */
export function termKey(term: CanonicalTerm, rename: (name: string) => string, withFamily = true): string {
  const side = (names: readonly string[]): string =>
    names
      .map((name) => renamedVariable(name, rename))
      .sort()
      .join(", ");
  const sides = [side(term.left), side(term.right)];
  if (term.symmetric) sides.sort();
  return `${term.side} ${term.functional ?? ""} ${withFamily ? term.family : ""} ${sides.join("; ")} | ${side(term.given)}`;
}

/** `Z[X]` with both names replaced. */
export function renamedVariable(text: string, rename: (name: string) => string): string {
  const [, name, subset] = /^([^[]*)(?:\[(.*)\])?$/.exec(text) ?? [];
  if (subset === undefined) return rename(name ?? text);
  return `${rename(name!)}[${subset.split(", ").filter(Boolean).map(rename).sort().join(", ")}]`;
}

/** Whether two terms of one loss stand with the same weight whatever the knobs. */
export const sameWeight = (a: CanonicalTerm, b: CanonicalTerm): boolean =>
  a.weights.every((weight, i) => Math.abs(weight - b.weights[i]!) <= 1e-9 * Math.max(weight, b.weights[i]!));
