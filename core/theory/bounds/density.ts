/** Log-densities of Gaussian codes, and what bounds on a code's own distribution read. */
import { reshape, type Expr } from "../../program/expression";
import { widthOf } from "../critics/critic";
import { logDensity } from "../laws/gaussian";
import { lawOf } from "../laws/index";
import { componentsOf } from "../fusions/mixture";
import type { Model } from "../model-interface";
import { latentOf, paymentOf } from "../terms/roles";
import type { Spec, Term, Variable } from "../spec";

/** What a bound reads of a Gaussian code, [N, k] each. */
export type OwnDensity = Record<"mean" | "logVariance" | "sample", Expr>;

/** log q(z_i | x_j) of each coordinate, from [N, k] each: [N, N, k], at [j, i]. */
export function logDensities(args: OwnDensity): Expr {
  const k = widthOf(args.sample);
  const given = (x: Expr): Expr => reshape(x, ["N", 1, k]);
  return logDensity(reshape(args.sample, [1, "N", k]), given(args.mean), given(args.logVariance));
}

/** Mean, log-variance and sample of the code that a term is about, [N, k] each. */
export function ownDensity(term: Term, model: Model): OwnDensity {
  const { distribution, sample } = model.code(codeOf(term, model.spec)!);
  return { ...(distribution as Record<"mean" | "logVariance", Expr>), sample };
}

/** The one code of a term: what pays, or what a functional is of. */
export function codeOf(term: Term, spec: Spec): Variable | undefined {
  if (term.information.kind === "functional") return term.information.of[0];
  return paymentOf(term, spec)?.codes[0];
}

/** Why a code has no rate of its own. */
export function refusesRate(id: string, code: Variable, spec: Spec): string | undefined {
  const latent = latentOf(spec, code);
  if (latent === undefined) return `\`${id}\` needs latents, and \`${code.name}\` is a stream.`;
  if (code.subset?.length === 0)
    return `\`${code.name}[]\` is a sample from the prior and carries no information.`;
  const { name } = latent.law;
  if (lawOf(name).deterministic)
    return `\`${id}\` needs a code with noise, and \`${code.name}\` is \`${name}\`.`;
  if (componentsOf(spec, code) !== undefined)
    return `\`${id}\` needs the density of a single code, and \`${code.name}\` is a mixture. Fuse by \`poe\` or \`concat\`.`;
  return undefined;
}

/** Why a code has no density of Gaussian coordinates to read. */
export function refusesDensity(id: string, code: Variable, spec: Spec): string | undefined {
  const fault = refusesRate(id, code, spec);
  if (fault !== undefined) return fault;
  const { name } = latentOf(spec, code)!.law;
  return name === "gaussian"
    ? undefined
    : `\`${id}\` needs the density of a \`gaussian\` code, and \`${code.name}\` is \`${name}\`. Use \`kl\`, whose rate is exact for it.`;
}

/** Why a term is not the information that one noisy code holds. */
export function refusesOwn(id: string, term: Term, spec: Spec): string | undefined {
  const payment = paymentOf(term, spec);
  if (payment === undefined)
    return `\`${id}\` bounds the information in a code: one side of the term must be latents that are inferred from the other.`;
  if (payment.given.length > 0)
    return `\`${id}\` does not allow a condition. Use \`conditional\`, or remove the condition.`;
  return payment.codes.map((code) => refusesDensity(id, code, spec)).find(Boolean);
}
