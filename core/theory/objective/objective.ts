/** From the derived loss to expressions over a batch: what the program, and every export, is made from. */
import { add, div, input, labelled, mean, mul, slice, sum, type Expr } from "../../program/expression";
import type { Diagnostic } from "../../language/diagnostic";
import { conditional, divergenceFromGuess } from "../bounds/conditional";
import { isSampled, rateOfRows } from "../bounds/kl";
import { unfitNetwork } from "../faults/unfit-network";
import { lawOf } from "../laws/index";
import type { DerivedLoss, DerivedTerm, Objective } from "../derivation/loss";
import { componentsOf } from "../fusions/mixture";
import type { Model } from "../model-interface";
import { NetworkModel } from "../model/network-model";
import { generation, heldToPrior } from "./generation";
import { PartModel } from "./part";
import { all, presenceOf, presenceText, type Presence } from "../missing/presence";
import { networkOf } from "../networks/index";
import { latentOf, rateGiven } from "../terms/roles";
import { variableText } from "../terms/print";
import { scalarExpr } from "../terms/scalar";
import type { Spec, Term, Variable } from "../spec";
import { towards } from "../derivation/target";

/**
 * The objective of a loss without errors, over streams and draws (`program/inputs`). Where streams may be absent, which rows
 * have each of them, and the rows of each part of the batch that terms read, are inputs too.
 * @throws Error when the derivation found an error
 */
export function buildObjective(derived: DerivedLoss): Objective {
  const fault = derived.diagnostics.find(({ severity }) => severity === "error");
  if (fault) throw new Error(`this loss cannot be built: ${fault.message}`);
  return build(derived, new NetworkModel(derived.spec));
}

/** Networks of the spec that cannot stand where the loss puts them; it and its spec have no other error. */
export function unfitNetworks(derived: DerivedLoss): Diagnostic[] {
  // A perceptron fits everywhere.
  const { networks } = derived.spec;
  if (networks.every(({ network }) => network.name === "torch" || networkOf(network.name).ofValues))
    return [];
  const model = new NetworkModel(derived.spec);
  build(derived, model);
  return [...model.unfit].map(([{ range }, reason]) => unfitNetwork.refused(range, reason));
}

function build(derived: DerivedLoss, model: NetworkModel): Objective {
  const parts = new Parts(model);
  const terms = new Map<string, Expr>();
  const applications = new Map<string, Record<string, Expr>>();
  const contrasts = new Map<string, Expr[]>();
  const coordinates = new Map<string, Expr>();
  const shaped = new Map<string, Expr>();
  let total: Expr | undefined;
  for (const { term, bound, request, effectiveWeight, rows } of derived.terms) {
    const part = parts.of(rows);
    const read = bound.arguments(term, part.model, request);
    const args = Object.fromEntries(Object.entries(read).map(([name, e]) => [name, part.within(e)]));
    const value = labelled(`term_${identifier(term.id)}`, part.within(bound.value(read)));
    applications.set(term.id, args);
    terms.set(term.id, value);
    const compared = bound.contrasts?.(read).map((scores) => part.within(scores));
    if (compared) contrasts.set(term.id, compared);
    const split = term.target?.each ? bound.coordinates?.(read) : undefined;
    if (split) coordinates.set(term.id, part.within(split));
    const aimed = term.target
      ? towards(term.target, value, coordinates.get(term.id), identifier(term.id))
      : value;
    const taken = term.drawn ? mul(share(term.drawn), aimed) : aimed;
    if (taken !== value) shaped.set(term.id, taken);
    const weighed = mul(scalarExpr(effectiveWeight), taken);
    total = total ? add(total, weighed) : weighed;
  }
  if (total === undefined) throw new Error("this loss has no terms");
  const rated = rates(derived, parts);
  return {
    total,
    terms: Object.fromEntries(terms),
    coordinates: Object.fromEntries(coordinates),
    shaped: Object.fromEntries(shaped),
    applications: Object.fromEntries(applications),
    contrasts: Object.fromEntries(contrasts),
    rates: rated,
    codes: codes(derived.spec, model),
    rowRates: rowRates(derived, model, rated),
    means: Object.fromEntries(derived.spec.latents.map(({ name }) => [name, model.code({ name }).mean])),
    draws: Object.fromEntries(derived.spec.latents.map(({ name }) => [name, model.code({ name }).sample])),
    ...densities(derived.spec, model),
    reconstructions: reconstructions(derived, model),
    generation: generation(derived, model),
    missing: derived.spec.missing,
    parts: parts.read,
  };
}

/** What a term that is drawn counts at a step: of/count where it is drawn, so that its mean is 1, else 0. */
const share = ({ name, index, of, count }: NonNullable<Term["drawn"]>): Expr =>
  sum(slice(input({ kind: "chosen", of: name, count }, [of]), 0, index, 1));

/** A name for people and programs: letters, digits and `_`. */
const identifier = (text: string): string => text.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_|_$/g, "");

/** Latents first. A draw from a prior is no code: nothing infers it. */
function codes(spec: Spec, model: NetworkModel): Objective["codes"] {
  const latents = spec.latents.map(({ name }) => [name, model.code({ name })] as const);
  return Object.fromEntries(
    [...latents, ...model.inferred].map(([name, { distribution }]) => [name, distribution]),
  );
}

/** The parts of the batch that terms read, each made once. */
class Parts {
  private readonly made = new Map<string, PartModel>();

  constructor(private readonly whole: NetworkModel) {}

  get spec(): Spec {
    return this.whole.spec;
  }

  /** The model over the rows of a part, and expressions over it with its own length; all rows have nothing to name. */
  of(presence: Presence): { model: Model; within(e: Expr): Expr } {
    if (presence.length === 0) return { model: this.whole, within: (e) => e };
    const text = presenceText(presence);
    const model = this.made.get(text) ?? new PartModel(this.whole, presence);
    this.made.set(text, model);
    return { model, within: (e) => model.within(e) };
  }

  get read(): Presence[] {
    return [...this.made.values()].map(({ presence }) => presence);
  }
}

/** The rate of each coordinate, or of the whole code, of the latents that have one: the mean over the rows that have the code. */
function rates(derived: DerivedLoss, parts: Parts): Record<string, Expr> {
  const { spec } = derived;
  return Object.fromEntries(
    spec.latents.flatMap(({ name }) => {
      const guessed = guessedTerm(derived, name);
      if (guessed) return [[name, guessedRate(guessed, parts)]];
      const components = componentsOf(spec, { name }) ?? [{ name }];
      const found = components.map((variable) => rate(variable, parts)).filter((each) => each !== undefined);
      if (found.length === 0) return [];
      const total = found.reduce((sum, each) => add(sum, each));
      return [[name, found.length > 1 ? div(total, found.length) : total]];
    }),
  );
}

/** The term that compares a code with a guess from a condition, where no term compares it with its prior. */
function guessedTerm({ spec, terms }: DerivedLoss, name: string): DerivedTerm | undefined {
  if (rateGiven(spec, name).length === 0 || latentOf(spec, { name })?.prior.from) return undefined;
  return terms.find(
    ({ bound, role }) =>
      bound.id === conditional.id && role.kind === "payment" && role.codes[0]!.name === name,
  );
}

function guessedRate({ term, bound, request, rows }: DerivedTerm, parts: Parts): Expr {
  const { model, within } = parts.of(rows);
  return within(mean(divergenceFromGuess(bound.arguments(term, model, request)), 0));
}

function rate(variable: Variable, parts: Parts): Expr | undefined {
  const { spec } = parts;
  const { density } = lawOf(latentOf(spec, variable)!.law.name);
  // A divergence taken at a sample is of the whole code.
  if (density === undefined || isSampled(variable, spec)) return undefined;
  const above = (latentOf(spec, variable)?.prior.from ?? []).map((name) => ({ name }));
  const presence = all([variable, ...above].map((one) => presenceOf(spec, one)));
  const { model, within } = parts.of(presence);
  const prior = model.prior(variable.name)?.distribution;
  return within(mean(density.divergence(model.code(variable).distribution, prior), 0));
}

/** Rates row by row, of the latents that have one: of a mixture the mean of its components', which bounds its own. */
function rowRates(derived: DerivedLoss, model: Model, rated: Record<string, Expr>): Record<string, Expr> {
  const { spec, terms } = derived;
  const paid = heldToPrior(terms);
  return Object.fromEntries(
    spec.latents
      .filter(({ name }) => Object.hasOwn(rated, name) || paid.includes(name))
      .map(({ name }) => {
        const guessed = guessedTerm(derived, name);
        if (guessed) {
          const { term, bound, request } = guessed;
          return [name, sum(divergenceFromGuess(bound.arguments(term, model, request)), 1)];
        }
        const components = componentsOf(spec, { name }) ?? [{ name }];
        const each = components.map((variable) => rateOfRows(variable, model));
        const total = each.reduce((sum, rate) => add(sum, rate));
        return [name, each.length > 1 ? div(total, each.length) : total];
      }),
  );
}

/** What is needed for the density of every row's code under every other row's encoder output, of codes with noise. */
function densities(spec: Spec, model: Model): Pick<Objective, "densities" | "statistics"> {
  const noisy = spec.latents.flatMap(({ name, law }) => {
    const { density } = lawOf(law.name);
    return density ? [{ name, density }] : [];
  });
  return {
    statistics: Object.fromEntries(
      noisy.map(({ name, density }) => [name, density.statistic(model.code({ name }).sample)]),
    ),
    densities: Object.fromEntries(
      noisy.flatMap(({ name, density }) =>
        (componentsOf(spec, { name }) ?? [{ name }]).map((variable) => {
          const { sample, distribution } = model.code(variable);
          return [
            variableText(variable),
            {
              natural: density.natural(distribution),
              own: density.statistic(sample),
              density: density.logDensity(sample, distribution),
            },
          ];
        }),
      ),
    ),
  };
}

/** Each decoded stream from the means of all codes that its first decoder reads. */
function reconstructions({ terms }: DerivedLoss, model: NetworkModel): Record<string, Expr> {
  const result = new Map<string, Expr>();
  for (const { role, bound, request } of terms) {
    const stream = role.kind === "decoding" ? role.streams[0] : undefined;
    if (role.kind !== "decoding" || !stream || result.has(stream.name)) continue;
    const means = { name: "means", value: (variable: Variable) => model.mean(variable) };
    const output = model.decode(stream.name, role.read, 1, request?.as, means);
    result.set(stream.name, labelled(`reconstruction_${stream.name}`, bound.reconstruct!(output, stream)));
  }
  return Object.fromEntries(result);
}
