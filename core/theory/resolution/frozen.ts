/** `latent Z : gaussian(8) from X frozen`: what a code that is not trained can be made of. */
import type { LatentStatement } from "../../language/tree";
import { unfitFrozen } from "../faults/unfit-frozen";
import { paymentOf, readsOf } from "../terms/roles";
import type { Latent, Spec } from "../spec";
import type { Scope } from "./scope";

/** Reports what is trained and yet is a part of a frozen code, or would be trained through it. */
export function checkFrozen(scope: Scope, spec: Spec, statements: readonly LatentStatement[]): void {
  for (const latent of spec.latents.filter(({ frozen }) => frozen))
    checkLatent(scope, spec, latent, statements);
  for (const term of spec.terms) {
    const codes = paymentOf(term, spec)?.codes ?? [];
    const frozen = codes.find(({ name }) => spec.latents.some((one) => one.name === name && one.frozen));
    if (term.target !== undefined && frozen !== undefined)
      scope.report(unfitFrozen.target(term.range, frozen.name, term.target.mode));
  }
}

function checkLatent(scope: Scope, spec: Spec, latent: Latent, statements: readonly LatentStatement[]): void {
  const { name, prior, range } = latent;
  const place = statements.find((statement) => statement.name.text === name)?.frozen?.range ?? range;
  const trained = (other: string): Latent | undefined =>
    spec.latents.find((candidate) => candidate.name === other && !candidate.frozen);
  for (const source of readsOf(latent).map(trained))
    if (source) scope.report(unfitFrozen.source(place, name, source.name, source.range.end));
  const sharing = spec.latents.filter((other) => encoderOf(other) === encoderOf(latent));
  for (const other of sharing)
    if (!other.frozen) scope.report(unfitFrozen.shared(place, name, other.name, other.range.end));
  if (prior.name === "vamp") scope.report(unfitFrozen.pseudoInputs(prior.range!, name, prior.arguments[0]!));
  if (prior.name !== "standard" && latent.fusion.options.includes("prior"))
    scope.report(unfitFrozen.expert(prior.range!, name));
  const own = spec.networks.find(
    ({ role, names, network }) =>
      role === "encoder" &&
      network.name === "torch" &&
      [name, ...latent.from].some((one) => names.includes(one)),
  );
  if (own) scope.report(unfitFrozen.ownModule(place, name));
}

const encoderOf = ({ name, encoder }: Latent): string => encoder ?? name;
