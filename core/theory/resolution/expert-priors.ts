/** `poe(prior)`: which priors of a code can be one of its experts. */
import type { Call, LatentStatement, PriorStatement } from "../../language/tree";
import { circularInference } from "../diagnostics/circular-inference";
import { fix } from "../diagnostics/rule";
import { unfitBound } from "../diagnostics/unfit-bound";
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
    const message = `\`poe(prior)\` multiplies the prior of \`${name}\` with its experts, and \`${prior.name}\` is a mixture: the product is not a \`${latent.law.name}\` distribution. Write \`prior ${name} = learned\`, or \`poe\` without \`prior\`.`;
    scope.tell(unfitBound, range, message, fix("Write `learned`", range, `prior ${name} = learned`));
    return true;
  }
  const source = prior.from?.find((from) => ancestors(scope, from).has(name));
  if (source !== undefined) {
    const message = `\`poe(prior)\` infers \`${name}\` from its own prior, and that is made from \`${source}\`, which is inferred from \`${name}\`. Write \`poe\` without \`prior\`, or make the prior from something that does not read \`${name}\`.`;
    scope.tell(circularInference, range, message);
    return true;
  }
  return false;
}

/** Tells products of experts whose prior is uniform: as an expert it changes nothing. */
export function checkUniformExperts(scope: Scope, statements: readonly LatentStatement[]): void {
  for (const { name, law, fusion, prior } of scope.latents) {
    const written = statements.find((statement) => statement.name.text === name)?.fusion;
    if (!fusion.options.includes("prior") || prior.name !== "standard" || !lawOf(law.name).density?.uniform)
      continue;
    if (written === undefined) continue;
    const without = withoutPrior(written, fusion.options);
    const message = `The prior of a \`${law.name}\` code is uniform, and as an expert it changes nothing; write \`${without}\`.`;
    scope.tell(unfitBound, written.range, message, fix(`Write \`${without}\``, written.range, without));
  }
}

/** The fusion as it is written without its prior. */
function withoutPrior({ name }: Call, options: readonly string[]): string {
  const others = options.filter((option) => option !== "prior");
  return others.length > 0 ? `${name.text}(${others.join(", ")})` : name.text;
}
