/** From the derived loss to expressions over a batch: what the program, and every export, is made from. */
import { add, div, input, labelled, mean, mul, slice, sum, type Expr } from "../program/expression";
import type { Diagnostic } from "../language/diagnostic";
import { isSampled } from "./bounds/kl";
import { tell } from "./diagnostics/rule";
import { unfitNetwork } from "./diagnostics/unfit-network";
import { lawOf } from "./laws/index";
import type { DerivedLoss, Objective } from "./loss";
import { componentsOf } from "./mixture";
import type { Model } from "./model";
import { NetworkModel } from "./network-model";
import { decodingOf, latentOf } from "./roles";
import { scalarExpr } from "./scalar";
import type { Spec, Term, Variable } from "./spec";
import { towards } from "./target";

/**
 * The objective of a loss without errors, over the inputs named after its streams ([N, width], labels one-hot, words
 * counted), `tokens.T` (the words of a text by number, int32 [N, length], its vocabulary's size where none stands),
 * `noise.Z` (standard normal, as wide as its law asks), `component.Z` ([N, components], one-hot) and `permutation.A-B`
 * (int32 [N]).
 * @throws Error when the derivation found an error
 */
export function buildObjective(derived: DerivedLoss): Objective {
  const fault = derived.diagnostics.find(({ severity }) => severity === "error");
  if (fault) throw new Error(`this loss cannot be built: ${fault.message}`);
  return build(derived, new NetworkModel(derived.spec));
}

/** Networks of the spec that cannot stand where the loss, which has no other error, puts them. */
export function unfitNetworks(derived: DerivedLoss): Diagnostic[] {
  const model = new NetworkModel(derived.spec);
  build(derived, model);
  return [...model.unfit].map(([{ range }, reason]) => tell(unfitNetwork, range, reason));
}

function build(derived: DerivedLoss, model: NetworkModel): Objective {
  const terms: Record<string, Expr> = {};
  const applications: Objective["applications"] = {};
  const shaped: Objective["shaped"] = {};
  let total: Expr | undefined;
  for (const { term, bound, request, effectiveWeight } of derived.terms) {
    const args = bound.arguments(term, model, request);
    const value = labelled(`term_${identifier(term.id)}`, bound.value(args));
    applications[term.id] = args;
    terms[term.id] = value;
    const aimed = term.target ? towards(term.target, value, identifier(term.id)) : value;
    const taken = term.drawn ? mul(share(term.drawn), aimed) : aimed;
    if (taken !== value) shaped[term.id] = taken;
    const weighed = mul(scalarExpr(effectiveWeight), taken);
    total = total ? add(total, weighed) : weighed;
  }
  if (total === undefined) throw new Error("this loss has no terms");
  return {
    total,
    terms,
    shaped,
    applications,
    rates: rates(derived.spec, model),
    codes: codes(derived.spec, model),
    means: Object.fromEntries(derived.spec.latents.map(({ name }) => [name, model.code({ name }).mean])),
    reconstructions: reconstructions(derived, model),
  };
}

/** What a term that is drawn counts at a step: of/count where it is drawn, so that its mean is 1, else 0. */
const share = ({ name, index, of, count }: NonNullable<Term["drawn"]>): Expr =>
  sum(slice(input(`chosen.${name}.${count}`, [of]), 0, index, 1));

/** A name for people and programs: letters, digits and `_`. */
export const identifier = (text: string): string => text.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_|_$/g, "");

/** Latents first. A draw from a prior is no code: nothing infers it. */
function codes(spec: Spec, model: NetworkModel): Objective["codes"] {
  const latents = spec.latents.map(({ name }) => [name, model.code({ name })] as const);
  return Object.fromEntries(
    [...latents, ...model.inferred].map(([name, { distribution }]) => [name, distribution]),
  );
}

/** The rate of each coordinate, or of the whole code, of the latents that have one. */
function rates(spec: Spec, model: Model): Record<string, Expr> {
  const result: Record<string, Expr> = {};
  for (const { name } of spec.latents) {
    const components = componentsOf(spec, { name }) ?? [{ name }];
    const found = components.map((variable) => rate(variable, model)).filter((each) => each !== undefined);
    if (found.length === 0) continue;
    const total = found.reduce((sum, each) => add(sum, each));
    result[name] = mean(found.length > 1 ? div(total, found.length) : total, 0);
  }
  return result;
}

function rate(variable: Variable, model: Model): Expr | undefined {
  const { density } = lawOf(latentOf(model.spec, variable)!.law.name);
  // A divergence taken at a sample is of the whole code.
  if (density === undefined || isSampled(variable, model.spec)) return undefined;
  return density.divergence(model.code(variable).distribution, model.prior(variable.name)?.distribution);
}

/** Each decoded stream from the means of all codes that its first decoder reads. */
function reconstructions({ spec, terms }: DerivedLoss, model: NetworkModel): Record<string, Expr> {
  const result: Record<string, Expr> = {};
  for (const { term, bound, request } of terms) {
    const decoding = bound.reconstruct ? decodingOf(term, spec) : undefined;
    const stream = decoding?.streams[0];
    if (!decoding || !stream || result[stream.name]) continue;
    const output = model.decode(stream.name, decoding.read, 1, request?.as, "mean");
    result[stream.name] = labelled(`reconstruction_${stream.name}`, bound.reconstruct!(output, stream));
  }
  return result;
}
