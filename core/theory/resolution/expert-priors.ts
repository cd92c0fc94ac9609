/** `poe(prior)`: which priors of a code can be one of its experts. */
import type { Call, LatentStatement, PriorStatement } from "../../language/tree";
import { circularInference } from "../faults/circular-inference";
import { unfitBound } from "../faults/unfit-bound";
import { lawOf } from "../laws/index";
import { priorOf } from "../priors/index";
import { ancestors } from "../terms/roles";
import type { Latent } from "../spec";
import type { Scope } from "./scope";

/** Whether a prior is refused as an expert of its code, after an error that says why. */
export function refusesExpert(
  scope: Scope,
  latent: Latent,
  prior: Latent["prior"],
  { range }: PriorStatement,
): boolean {
  if (!latent.fusion.options.includes("prior")) return false;
  const { name } = latent;
  if (priorOf(prior.name).mixture) {
    scope.report(unfitBound.mixtureExpert(range, latent, prior.name));
    return true;
  }
  const source = prior.from?.find((from) => ancestors(scope, from).has(name));
  if (source !== undefined) {
    scope.report(circularInference.expert(range, name, source));
    return true;
  }
  return false;
}

/** Reports products of experts with a uniform prior: as an expert it changes nothing. */
export function checkUniformExperts(scope: Scope, statements: readonly LatentStatement[]): void {
  for (const { name, law, fusion, prior } of scope.latents) {
    const written = statements.find((statement) => statement.name.text === name)?.fusion;
    if (!fusion.options.includes("prior") || prior.name !== "standard" || !lawOf(law.name).density?.uniform)
      continue;
    if (written === undefined) continue;
    const without = withoutPrior(written, fusion.options);
    scope.report(unfitBound.uniformExpert(written.range, without, law.name));
  }
}

/** The fusion as it is written without its prior. */
function withoutPrior({ name }: Call, options: readonly string[]): string {
  const others = options.filter((option) => option !== "prior");
  return others.length > 0 ? `${name.text}(${others.join(", ")})` : name.text;
}
