/**
 * Spec to loss: the encoder graph and the decoder graph, a bound for every term, and the sum with its weights. The ideal
 * is I^E - beta I^D (Abdelaleem, Nemenman, Martini 2025); every encoder term is replaced by an upper bound, every decoder
 * term by a lower one.
 */
import type { Diagnostic } from "../../language/diagnostic";
import { lazily } from "../../language/lazily";
import type { Bound } from "../bound";
import { isSampled } from "../bounds/kl";
import { chooseBound } from "./choose";
import { noTerms } from "../faults/no-terms";
import { MOST_TERMS, tooManyTerms } from "../faults/too-many-terms";
import { unfitBound } from "../faults/unfit-bound";
import { wrongArguments } from "../faults/wrong-arguments";
import { componentCount } from "../fusions/mixture";
import { decoderGraph, encoderGraph } from "./graphs";
import type { DerivedLoss, DerivedTerm } from "./loss";
import { NetworkModel } from "../model/network-model";
import { overTheirRows } from "./rows";
import { latentOf, roleOf, type Role } from "../terms/roles";
import { BETA, knobScalar, multiply, negate, number, scalarText } from "../terms/scalar";
import { schedulesOf } from "../terms/schedule";
import { distinct, split, splitCount, type Part } from "./split";
import { derivationSteps } from "./steps";
import type { Scalar, Spec, Term } from "../spec";
import { targetBreaks, targetReason } from "./target";

/** Derives the loss of a spec. Terms that cannot be derived are left out and reported in `diagnostics`. */
export function derive(spec: Spec): DerivedLoss {
  const diagnostics: Diagnostic[] = [];
  const terms: DerivedTerm[] = [];
  const excess = tooMany(spec);
  if (excess) diagnostics.push(excess);
  const parts = (excess ? [] : spec.terms).flatMap((term) => {
    const found = split(term, spec);
    if (term.target === undefined || found.length < 2) return found;
    diagnostics.push(unfitBound.severalRates(term.range, term.target.mode, found.length));
    return [];
  });
  for (const part of distinct(parts)) {
    const derived = deriveTerm(part, spec);
    if ("bound" in derived) terms.push(derived);
    else if (!diagnostics.some(({ code, range }) => code === derived.code && range === derived.range))
      diagnostics.push(derived);
  }
  diagnostics.push(...clashingDecoders(terms));
  if (spec.terms.length === 0) {
    const place = {
      start: spec.range.start,
      end: Math.min(spec.range.end, spec.range.start + "spec ".length + spec.name.length),
    };
    diagnostics.push(noTerms.at(place, spec.name, spec.latents));
  }
  // What the terms read is asked of a model, which there is of a whole loss only.
  const whole = spec.missing.length > 0 && !diagnostics.some(({ severity }) => severity === "error");
  const placed = whole ? overTheirRows(terms, spec) : { terms, diagnostics: [] };
  diagnostics.push(...placed.diagnostics);
  const graphs = {
    encoderGraph: encoderGraph(spec, spec.terms),
    decoderGraph: decoderGraph(spec, spec.terms),
  };
  const loss = {
    spec,
    ...graphs,
    terms: placed.terms,
    schedules: schedulesOf(spec.knobs, spec.training),
    isBound: isBound(terms, spec),
    diagnostics,
  };
  // For people alone, and as much work as the rest: made when they are first read.
  return lazily(loss, { steps: () => derivationSteps(loss) });
}

/** Said before any term is made: a mixture over subsets has more of them than memory holds. */
function tooMany(spec: Spec): Diagnostic | undefined {
  const counts = spec.terms.map((term) => ({ term, ...splitCount(term, spec) }));
  const count = counts.reduce((sum, each) => sum + each.count, 0);
  if (count <= MOST_TERMS) return undefined;
  const most = counts.reduce((a, b) => (b.count > a.count ? b : a));
  const latent = most.mixture && latentOf(spec, most.mixture);
  const components = most.mixture ? componentCount(spec, most.mixture) : 0;
  const mixture = latent && { name: latent.name, inputs: latent.from.length, components };
  return tooManyTerms.at(most.term.range, count, mixture);
}

/** Decoders that are named alike and read different codes: one network cannot be both. */
function clashingDecoders(terms: readonly DerivedTerm[]): Diagnostic[] {
  const first = new Map<string, string>();
  return terms.flatMap(({ role, request }) => {
    if (request?.as === undefined || role.kind !== "decoding") return [];
    const key = `${role.streams[0]!.name} ${request.as}`;
    const reads = role.read
      .map(({ name }) => name)
      .sort()
      .join(", ");
    const known = first.get(key) ?? reads;
    first.set(key, known);
    if (known === reads) return [];
    return [wrongArguments.decoderInputs(request.range, `${request.as}`, known, reads)];
  });
}

function deriveTerm({ term, because }: Part, spec: Spec): DerivedTerm | Diagnostic {
  const choice = chooseBound(term, spec);
  if (!("bound" in choice)) return choice;
  const { bound } = choice;
  if (term.target?.each && !hasCoordinates(term, bound, spec))
    return unfitBound.wholeRate(term.range, bound.id, term.target.each);
  const role = roleOf(term, bound, spec);
  const notes = [
    choice.reason,
    because,
    bound.family === "chain" ? undefined : partial(role),
    ofPrior(bound, role, spec),
    term.bound && bound.written?.(term.bound)?.note,
    term.target && targetReason(term.target),
  ].filter((note) => note !== undefined);
  return {
    term,
    bound,
    role,
    ...(term.bound ? { request: term.bound } : {}),
    reason: notes.join("; "),
    effectiveWeight: effectiveWeight(term, spec),
    reads: bound.reads,
    rows: [],
  };
}

/** Whether the value of a bound is a sum over the coordinates of a code. */
const hasCoordinates = (term: Term, bound: Bound, spec: Spec): boolean =>
  bound.coordinates?.(bound.arguments(term, new NetworkModel(spec), term.bound)) !== undefined;

/** The factor a term stands with: +weight for compress, -beta * weight for keep. */
function effectiveWeight(term: Term, spec: Spec): Scalar {
  if (term.side === "compress") return term.weight;
  return negate(multiply(beta(spec), term.weight));
}

/** The weight of all that is kept: the knob of that name, else 1. */
export const beta = (spec: Spec): Scalar =>
  spec.knobs.some(({ name }) => name === BETA) ? knobScalar(BETA) : number(1);

/** What the rate of a code bounds beyond the term: it pays for all that the code reads. */
function partial(role: Role): string | undefined {
  if (role.kind !== "payment" || role.unpaid.length === 0) return undefined;
  const others = role.unpaid;
  const about = role.about.map(({ name }) => name).join(", ");
  const code = role.codes.map(({ name }) => name).join(", ");
  return `${code} also reads ${others.join(", ")}, and its rate includes that: it bounds I(${[about, ...others].join(", ")}; ${code}), which is at least I(${about}; ${code})`;
}

/** What the prior of a code makes of its rate. */
function ofPrior({ id }: Bound, role: Role, spec: Spec): string | undefined {
  const [code] = id === "kl" && role.kind === "payment" ? role.codes : [];
  if (code === undefined) return undefined;
  const sampled = isSampled(code, spec)
    ? "estimated from one sample of the code, log q − log r, because the divergence has no closed form here; this is unbiased"
    : undefined;
  const above = latentOf(spec, code)?.prior.from?.join(", ");
  const level =
    above &&
    `with the rate of ${above} at the same weight it bounds the information in ${code.name} and ${above} together`;
  return [sampled, level].filter(Boolean).join("; ") || undefined;
}

/** Levels of a hierarchy whose rates do not add up to a bound: each needs those above it at its own weight. */
function unpairedLevels(terms: readonly DerivedTerm[], spec: Spec): string[] {
  const rates = terms.flatMap(({ role, bound, effectiveWeight }) => {
    const [code] = bound.id === "kl" && role.kind === "payment" ? role.codes : [];
    return code ? [{ name: code.name, weight: scalarText(effectiveWeight) }] : [];
  });
  return rates.flatMap(({ name, weight }) =>
    (latentOf(spec, { name })?.prior.from ?? [])
      .filter((above) => !rates.some((other) => other.name === above && other.weight === weight))
      .map(
        (above) =>
          `the rate of ${name} against r(${name}|${above}) is not a bound without that of ${above} at the same weight`,
      ),
  );
}

function isBound(terms: readonly DerivedTerm[], spec: Spec): DerivedLoss["isBound"] {
  const because = new Set(unpairedLevels(terms, spec));
  for (const { bound, term } of terms) {
    const asked = term.target && targetBreaks(term.target);
    if (asked !== undefined) because.add(asked);
    const options = term.bound && bound.written?.(term.bound)?.breaks;
    if (options !== undefined) because.add(options);
    if (bound.breaks !== undefined) because.add(bound.breaks);
    else if (bound.side === "estimate" || bound.side === "proxy")
      because.add(`\`${bound.id}\` is not a bound`);
  }
  return { holds: because.size === 0 && terms.length > 0, because: [...because] };
}
