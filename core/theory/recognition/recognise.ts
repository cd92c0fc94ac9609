/** Which published method a loss is, or how it differs from the nearest one. */
import { catalogue, type CatalogueEntry, type Limit } from "../../catalogue/index";
import { canonicalForm, type CanonicalForm } from "./canonical";
import { beta, derive } from "../derivation/derive";
import { atLimit } from "./limits";
import { Library } from "../resolution/library";
import type { DerivedLoss } from "../derivation/loss";
import { compare, distanceRange, type Comparison } from "./match";
import { orbitOf, withoutViews } from "./orbits";
import { resolve } from "../resolution/resolve";
import { BETA, evaluate, knobValues } from "../terms/scalar";
import type { Spec } from "../spec";
import { variantsOf } from "./variants";
import { withViews } from "./views";
import { weightRatio } from "./weights";

export interface Recognition {
  /**
   * `exact`: the same method. `limit`: the same with a knob of the method at a value (beta at 1). `near`: it differs by
   * what `differences` says. `none`: no method shares enough with it.
   */
  match: "exact" | "limit" | "near" | "none";
  method?: string;
  source?: string;
  /** What the method is called at this limit, where that has a name: VAE, of beta-VAE at beta = 1. */
  called?: string;
  /** Other names of the method. */
  aliases: string[];
  /** What the name leaves open, as this loss has it: estimator, side of beta, sum or mean. */
  variants: string[];
  /** Where the method meets others: `at a = 0 it is beta-joint-DVCCA`, `it is JMVAE-kl at a = 0`. */
  limits: string[];
  differences: string[];
  /** One line: `DVSIB-private without Wy, InfoNCE instead of MINE`; empty where there is none. */
  text: string;
  /** beta on the side of what is kept, as the method counts it, and its inverse, on the side of the cost. */
  beta: { kept: number; cost: number };
}

/** A loss as far as this from every method is none of them. */
export const TOO_FAR = 8.5;

/** By how much the likely distance may be too large: a code more or less changes the shape of some terms. */
const MISGUESSED = 8;

/** Any distance below the smallest one between losses that differ. */
const NONE = 0.1;

/** A method of the catalogue with its loss, as its file has it or at more views. */
interface KnownMethod {
  entry: CatalogueEntry;
  /** How many modalities it has, where these are more than those of its file. */
  views?: number | undefined;
  derived: DerivedLoss;
  form: CanonicalForm;
  /** The method with one knob at 1, where that makes a difference and all its terms are left. */
  pins: () => readonly Special[];
  /** Its limits that have a name of their own and lack some of its terms. */
  named: () => readonly Special[];
}

/** A method at one of its limits. */
interface Special {
  when: string;
  form: CanonicalForm;
  called?: string;
}

let known: readonly KnownMethod[] | undefined;

/** Every method of the catalogue. */
export const methods = (): readonly KnownMethod[] =>
  (known ??= catalogue().flatMap((entry) => knownMethod(entry, methodSpec(entry))));

/** More views than these are not tried: a mixture of products of five has 155 reconstructions, too many to compare in 5 ms. */
const MOST_VIEWS = 4;

/** Methods of any number of views at the number that a loss of so many streams would have of them. */
function grown(streams: number): readonly KnownMethod[] {
  return methods().flatMap(({ entry, form }) => {
    const views = entry.views.length + streams - form.streams.length;
    return entry.views.length > 0 && views > entry.views.length && views <= MOST_VIEWS
      ? methodAt(entry, views)
      : [];
  });
}

const atViews = new Map<string, readonly KnownMethod[]>();

/** A method at a number of the views that are alike; made when it is first asked for, and kept. */
export function methodAt(entry: CatalogueEntry, views: number): readonly KnownMethod[] {
  const key = `${entry.file} ${views}`;
  const made = atViews.get(key);
  if (made) return made;
  const own = methodSpec(entry);
  const spec = own && withViews(own, entry.views, views);
  const modalities = spec?.streams.filter(({ role }) => role === "modality").length;
  const method = knownMethod(entry, spec).map((one) => ({ ...one, views: modalities }));
  atViews.set(key, method);
  return method;
}

function knownMethod(entry: CatalogueEntry, spec: Spec | undefined): KnownMethod[] {
  if (spec === undefined) return [];
  const derived = derive(spec);
  const alike = alikeIn(entry, spec);
  const form = canonicalForm(derived, alike);
  const special = (when: string, changes: Limit["changes"]): Special => {
    const called = entry.limits.find((limit) => limit.called && limit.when === when)?.method;
    const at = canonicalForm(derive(atLimit(spec, changes)), alike);
    return { when, form: at, ...(called === undefined ? {} : { called }) };
  };
  const isWhole = (other: Special): boolean => other.form.terms.length === form.terms.length;
  const pins = (): Special[] =>
    spec.knobs
      .map(({ name }) => special(`at ${name} = 1`, [{ kind: "knob", knob: name, value: 1 }]))
      // A knob that only moves along others restricts nothing at any value.
      .filter((pin) => isWhole(pin) && compare(form, pin.form, NONE) === undefined);
  const named = (): Special[] =>
    entry.limits
      .filter(({ called }) => called)
      .map(({ when, changes }) => special(when, changes))
      .filter((each) => !isWhole(each));
  return [{ entry, derived, form, pins: once(pins), named: once(named) }];
}

/** The views of a method of any number of them: the streams that its file or their number has beside the others. */
const alikeIn = ({ views, tree }: CatalogueEntry, spec: Spec): string[] => {
  if (views.length === 0) return [];
  const others = (methodSpec({ tree })?.streams ?? []).filter(({ name }) => !views.includes(name));
  return spec.streams.map(({ name }) => name).filter((name) => !others.some((other) => other.name === name));
};

/** Made when it is first asked for, and kept. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** The spec of a method. */
export const methodSpec = ({ tree }: Pick<CatalogueEntry, "tree">): Spec | undefined =>
  resolve(tree, new Library("")).spec;

/**
 * Compares a derived loss with every method of the catalogue. One of more views than are compared, which can change places,
 * is compared at as many as are, and then no more than near: what the terms over more of them say is not looked at.
 */
export function recognise(derived: DerivedLoss): Recognition {
  const { spec } = derived;
  const orbit = spec.streams.length > MOST_VIEWS ? orbitOf(spec) : [];
  if (orbit.length <= MOST_VIEWS) return recogniseWhole(derived);
  const found = recogniseWhole(derive(withoutViews(spec, orbit, orbit.slice(MOST_VIEWS))));
  if (found.match === "none") return found;
  const views = spec.streams.filter(({ role }) => role === "modality").length;
  const compared = `compared at ${MOST_VIEWS} of its ${orbit.length} exchangeable views`;
  return {
    ...found,
    match: "near",
    variants: [`${views} views`, ...found.variants.filter((text) => !/^\d+ views$/.test(text))],
    differences: [...found.differences, compared],
    text: `${found.text}, ${compared}`,
  };
}

function recogniseWhole(derived: DerivedLoss): Recognition {
  const own = canonicalForm(derived);
  const written = evaluate(beta(derived.spec), knobValues(derived.spec.knobs));
  const nearest = own.terms.length > 0 ? nearestOf(own) : undefined;
  if (nearest === undefined || nearest.comparison.agreed.length === 0) {
    const unknown = { aliases: [], variants: [], limits: [], differences: [], text: "" };
    return { match: "none", ...unknown, beta: { kept: written, cost: 1 / written } };
  }
  const { entry, pins, views } = nearest.known;
  const { distance, differences } = nearest.comparison;
  const exact = distance === 0;
  const { when, called } =
    nearest.special ?? (exact ? pins().find((each) => isPinned(own, each, entry)) : undefined) ?? {};
  const kept = (exact && betaOf(own, pins())) || written;
  const all = when === undefined ? differences : [when, ...differences];
  const line = [entry.method, ...all].join(", ").replace(/, (at|with|without) /, " $1 ");
  return {
    match: when !== undefined ? "limit" : exact ? "exact" : "near",
    method: entry.method,
    source: entry.source,
    ...(called ? { called } : {}),
    aliases: entry.aliases,
    variants: [...(views === undefined ? [] : [`${views} views`]), ...variantsOf(derived, entry, kept)],
    limits: limitsOf(entry),
    differences: all,
    text: called ? `${line} (${called})` : line,
    beta: { kept, cost: 1 / kept },
  };
}

interface Nearest {
  known: KnownMethod;
  comparison: Comparison;
  /** Where the loss is the method at a limit that lacks some of its terms. */
  special?: Special;
}

/** The nearest method; of two that are equally near, the one that asks for more of its streams. */
function nearestOf(own: CanonicalForm): Nearest | undefined {
  const asks = ({ form }: KnownMethod): number => Object.keys(form.made).length;
  const candidates = [...methods(), ...grown(own.streams.length)]
    .map((candidate) => ({ candidate, ...distanceRange(own, candidate.form) }))
    .filter(({ least }) => least < TOO_FAR)
    .sort((a, b) => a.likely - b.likely || asks(b.candidate) - asks(a.candidate));
  let nearest: Nearest | undefined;
  for (const { candidate, least } of candidates) {
    const comparison = least === 0 ? compare(own, candidate.form, NONE) : undefined;
    if (comparison) return { known: candidate, comparison };
  }
  for (const { candidate, least, likely } of candidates) {
    const limit = nearest?.comparison.distance ?? TOO_FAR;
    const worthwhile = least < limit && likely <= limit + MISGUESSED;
    const comparison = worthwhile ? compare(own, candidate.form, limit) : undefined;
    if (comparison) nearest = { known: candidate, comparison };
  }
  return namedOf(own) ?? nearest;
}

/** The limit with a name that a loss is. */
function namedOf(own: CanonicalForm): Nearest | undefined {
  for (const each of methods()) {
    for (const special of each.named()) {
      const comparison = distanceRange(own, special.form).least === 0 && compare(own, special.form, NONE);
      if (comparison) return { known: each, comparison, special };
    }
  }
  return undefined;
}

/** Whether a loss has its weights in the ratio that a knob at 1 sets; a source whose beta is 1 is no limit of itself. */
const isPinned = (own: CanonicalForm, { form, when }: Special, { convention }: CatalogueEntry): boolean =>
  !(convention.beta === "one" && when === `at ${BETA} = 1`) && compare(own, form, NONE) !== undefined;

/** beta as the method counts it: how often its ratio of what is kept to what is paid at beta = 1 the loss has. */
function betaOf(own: CanonicalForm, pins: readonly Special[]): number | undefined {
  const one = pins.find(({ when }) => when === `at ${BETA} = 1`);
  const agreed = one ? (compare(own, one.form)?.agreed ?? []) : [];
  for (const [paid, paidThere] of agreed.filter(([{ side }]) => side === "compress")) {
    for (const [kept, keptThere] of agreed.filter(([{ side }]) => side === "keep")) {
      const ratio = weightRatio(keptThere, paidThere);
      if (ratio !== undefined && paid.now > 0) return kept.now / paid.now / ratio;
    }
  }
  return undefined;
}

/** Limits of a method, and those of others that it is. */
function limitsOf(entry: CatalogueEntry): string[] {
  const own = entry.limits.map(
    ({ when, called, method }) => `${when} it is ${called ? "called " : ""}${method}`,
  );
  const others = catalogue().flatMap((other) =>
    other.limits
      .filter(({ method, called }) => method === entry.method && !called)
      .map(({ when }) => `it is ${other.method} ${when}`),
  );
  return [...own, ...others];
}
