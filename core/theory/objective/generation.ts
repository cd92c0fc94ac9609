/** Decoders over codes that are handed in, and where such codes come from: priors, and encoders of single streams. */
import { input, labelled, type Expr } from "../../program/expression";
import { children, withChildren } from "../../program/traverse";
import { conditional, isAgainstPrior } from "../bounds/conditional";
import { kl } from "../bounds/kl";
import type { DerivedLoss, DerivedTerm, Generated, Generation } from "../derivation/loss";
import { fusionOf } from "../fusions/index";
import type { NetworkModel } from "../model/network-model";
import type { Variable } from "../spec";
import { variableText } from "../terms/print";
import { latentNamed, latentOf, streamOf } from "../terms/roles";

/** Latents whose divergence from their prior is in the loss: only then do draws from the prior look like codes. */
export const heldToPrior = (terms: readonly DerivedTerm[]): string[] =>
  terms.flatMap(({ role, bound }) =>
    bound.id === kl.id && role.kind === "payment" ? role.codes.map(({ name }) => name) : [],
  );

/** @param model that all terms have been made of: decoders are named in the order in which they are asked for */
export function generation({ spec, terms }: DerivedLoss, model: NetworkModel): Generation {
  const isCode = (name: string): boolean => latentOf(spec, { name }) !== undefined;
  const inputs = new Map<string, Expr>();
  const handedIn = (name: string): Expr => {
    const known = inputs.get(name) ?? input(name, ["N", latentNamed(spec, name).law.size]);
    inputs.set(name, known);
    return known;
  };
  const reader = {
    name: "codes that are handed in",
    value: (variable: Variable) =>
      streamOf(spec, variable) ? model.stream(variable.name) : handedIn(variable.name),
  };
  const apart = (names: readonly string[]): Pick<Generated, "codes" | "streams"> => ({
    codes: [...new Set(names.filter(isCode))],
    streams: [...new Set(names.filter((name) => !isCode(name)))],
  });
  const decoded = new Map<string, Generated>();
  for (const { role, bound, request } of terms) {
    const stream = role.kind === "decoding" ? role.streams[0] : undefined;
    if (role.kind !== "decoding" || !stream || decoded.has(stream.name)) continue;
    const output = model.decode(stream.name, role.read, 1, request?.as, reader);
    const value = labelled(`decoded_${stream.name}`, bound.reconstruct!(output, stream));
    decoded.set(stream.name, { value, ...apart(role.read.map(({ name }) => name)) });
  }
  const predicted = terms.flatMap(({ role, bound, request }) =>
    bound.id === conditional.id && role.kind === "payment" && isAgainstPrior(request)
      ? role.codes.map(({ name }) => name)
      : [],
  );
  const held = new Set([...heldToPrior(terms), ...predicted]);
  const priors = spec.latents
    .filter(({ name }) => held.has(name))
    .map(({ name, prior }): [string, Generated] => {
      const read = apart(prior.from ?? []);
      const above = new Map(read.codes.map((other) => [model.value({ name: other }), handedIn(other)]));
      return [name, { value: exchanged(model.code({ name, subset: [] }).sample, above), ...read }];
    });
  const parts = spec.latents
    .filter(({ from, fusion }) => from.length > 1 && fusionOf(fusion.name).experts)
    .flatMap(({ name, from }) => from.map((one): Variable => ({ name, subset: [one] })))
    .map((part): [string, Expr] => [variableText(part), model.code(part).sample]);
  return {
    decoded: Object.fromEntries(decoded),
    priors: Object.fromEntries(priors),
    parts: Object.fromEntries(parts),
  };
}

/** An expression with others in the place of some that it is made of. */
function exchanged(root: Expr, others: ReadonlyMap<Expr, Expr>): Expr {
  const done = new Map(others);
  const visit = (e: Expr): Expr => {
    const known = done.get(e) ?? withChildren(e, children(e).map(visit));
    done.set(e, known);
    return known;
  };
  return visit(root);
}
