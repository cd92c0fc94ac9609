/**
 * The derived loss in its short form, which fits on a line above a spec: a short symbol for each bound, terms of equal
 * weight in one bracket, and after `·` what the sum does not say: how codes are fused, their laws and priors.
 */
import type { DerivedLoss, DerivedTerm } from "../theory/derivation/loss";
import { beta } from "../theory/derivation/derive";
import { lettersText, shownTerms, sumText as subsetSum, type ShownTerm } from "../theory/derivation/patterns";
import { towardsText } from "../theory/derivation/target";
import type { Latent, Scalar, Spec, Stream } from "../theory/spec";
import { termNames } from "../theory/terms/names";
import { variablesOf } from "../theory/terms/print";
import { readsOf } from "../theory/terms/roles";
import { evaluate, knobsOf, multiply, number, scalarText } from "../theory/terms/scalar";
import { unicodeStyle } from "../theory/terms/style";
import { unicodeTarget } from "./unicode";

/** `L = R(Zx) + R(Zy) − β[NCE(Zx; Zy) + w(D(X; Zx) + D(Y; Zy))]`, then remarks after `·`; `L = 0` without terms. */
export const shortLoss = (derived: DerivedLoss): string =>
  [`L = ${sumText(derived)}${lettersText(shownTerms(derived))}`, ...remarks(derived)].join(" · ");

/** A term with its bound, as the short form writes it: `NCE(Zx; Zy)`, `|R(Z) − 8|`. */
function shortTerm(derived: ShownTerm, spec: Spec): string {
  const { bound, term, request } = derived;
  const names = termNames(term, spec);
  const each = term.information.kind === "functional" && term.information.each;
  const named = each ? { ...names, left: `${names.left}, each` } : names;
  const symbol = bound.short?.(named, request) ?? bound.symbol(named);
  const shown = term.target ? towardsText(term.target, symbol, unicodeStyle, unicodeTarget) : symbol;
  return subsetSum(derived) + shown;
}

/** Terms of one weight. */
interface Group {
  weight: Scalar;
  symbols: string[];
}

function sumText(derived: DerivedLoss): string {
  const { spec } = derived;
  const terms = shownTerms(derived);
  const groups = (side: "compress" | "keep"): Group[] =>
    grouped(
      merged(
        terms
          .filter(({ term }) => term.side === side)
          .map((shown) => ({ weight: shown.term.weight, symbol: shortTerm(shown, spec) })),
      ),
    );
  const cost = groups("compress")
    .map((group) => groupText(group, "[", "]"))
    .join(" + ");
  const kept = groups("keep");
  const [first] = kept;
  if (first === undefined) return cost || "0";
  // A single weight stands with beta before the bracket.
  const weight = kept.length === 1 ? multiply(beta(spec), first.weight) : beta(spec);
  const inside =
    kept.length === 1 ? sumOf(first) : kept.map((group) => groupText(group, "(", ")")).join(" + ");
  const whole = kept.length === 1 && first.symbols.length === 1 ? inside : `[${inside}]`;
  return `${cost && `${cost} `}−${cost && " "}${factor(weight, whole)}${whole}`;
}

interface Weighed {
  weight: Scalar;
  symbol: string;
}

/** Equal terms as one, where their weights are numbers that can be added. */
function merged(terms: readonly Weighed[]): Weighed[] {
  const result: Weighed[] = [];
  for (const term of terms) {
    const known = result.findIndex(
      ({ symbol, weight }) => symbol === term.symbol && isNumber(weight) && isNumber(term.weight),
    );
    if (known < 0) result.push(term);
    else {
      const sum = evaluate(result[known]!.weight, {}) + evaluate(term.weight, {});
      result[known] = { symbol: term.symbol, weight: number(Number(sum.toPrecision(6))) };
    }
  }
  return result;
}

const isNumber = (scalar: Scalar): boolean => knobsOf(scalar).length === 0;

/** By weight, in the order in which the weights appear. */
function grouped(terms: readonly Weighed[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { weight, symbol } of terms) {
    const key = scalarText(weight);
    const group = groups.get(key) ?? { weight, symbols: [] };
    group.symbols.push(symbol);
    groups.set(key, group);
  }
  return [...groups.values()];
}

const sumOf = ({ symbols }: Group): string => symbols.join(" + ");

function groupText(group: Group, open: string, close: string): string {
  const sum = sumOf(group);
  const alone = group.symbols.length === 1;
  const before = factor(group.weight, alone ? sum : open);
  return alone || before === "" ? before + sum : before + open + sum + close;
}

/** A weight before what it multiplies: nothing for 1, `2`, `β`, `w `, `(1 − a)`. */
function factor(weight: Scalar, next: string): string {
  if (weight.kind === "number" && weight.value === 1) return "";
  const text = scalarText(weight, unicodeStyle);
  if (weight.kind === "binary" && (weight.operator === "+" || weight.operator === "-")) return `(${text})`;
  const joins = /^[[(|]/.test(next) || weight.kind === "number";
  return joins ? text : `${text} `;
}

/** What the sum does not say of the codes and the streams, each as few words. */
function remarks({ spec, terms }: DerivedLoss): string[] {
  const paid = new Set(
    terms.flatMap(({ role }) => (role.kind === "payment" ? role.codes.map(({ name }) => name) : [])),
  );
  const used = usedNames(terms, spec);
  const latents = spec.latents.filter(({ name }) => used.has(name));
  const streams = spec.streams.filter(({ name }) => used.has(name));
  return [
    ...latents.flatMap(fusionText),
    ...together(latents, (latent) => lawText(latent, paid.has(latent.name))),
    ...latents.flatMap(priorText),
    ...sharedText(latents),
    ...together(streams, madeText),
  ];
}

/** What the terms name, and what its codes are inferred from. */
function usedNames(terms: readonly DerivedTerm[], spec: Spec): Set<string> {
  const names = new Set(terms.flatMap(({ term }) => variablesOf(term).map(({ name }) => name)));
  // A set hands out what is added while it is walked.
  for (const name of names) {
    const latent = spec.latents.find((one) => one.name === name);
    for (const source of latent ? readsOf(latent) : []) names.add(source);
  }
  return names;
}

function fusionText({ name, from, fusion, given }: Latent): string[] {
  const inputs = [...from, ...fusion.options, ...given.map((stream) => `given ${stream}`)].join(", ");
  if (from.length > 1) return [`${name} = ${fusion.name}(${inputs})`];
  return given.length > 0 ? [`${name} from ${inputs}`] : [];
}

/** A code with a rate is Gaussian and one without is deterministic, unless something else is said. */
function lawText({ law }: Latent, paid: boolean): string | undefined {
  const usual = paid ? "gaussian" : "deterministic";
  return law.name === usual ? undefined : law.name;
}

function priorText({ name, prior }: Latent): string[] {
  if (prior.from !== undefined) return [`r(${name}|${prior.from.join(", ")})`];
  return prior.name === "standard" ? [] : [`r(${name}): ${prior.name}`];
}

/** Codes that one encoder makes. */
function sharedText(latents: readonly Latent[]): string[] {
  const owners = [...new Set(latents.flatMap(({ encoder }) => encoder ?? []))];
  return owners.map((owner) => {
    const users = latents.filter(({ encoder }) => encoder === owner).map(({ name }) => name);
    return `${[owner, ...users].join(", ")}: one encoder`;
  });
}

const madeText = ({ derived }: Stream): string | undefined => derived && `${derived.by}(${derived.of})`;

/** `Zx, Zy: sphere`: the names of which the same is to be said. */
function together<T extends { name: string }>(
  all: readonly T[],
  say: (one: T) => string | undefined,
): string[] {
  const names = new Map<string, string[]>();
  for (const one of all) {
    const said = say(one);
    if (said !== undefined) names.set(said, [...(names.get(said) ?? []), one.name]);
  }
  return [...names].map(([said, whose]) => `${whose.join(", ")}: ${said}`);
}
