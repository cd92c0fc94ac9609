/** What the probes say of a method's wants. */
import { analyse } from "../../../core/theory/analyse";
import { rebuildings } from "../../../core/theory/wants/duties";
import { lawOf } from "../../../core/theory/laws/index";
import type { DerivedLoss } from "../../../core/theory/derivation/loss";
import { evaluate } from "../../../core/theory/terms/scalar";
import type { Want } from "../../../core/theory/spec";
import type { ProbeResult } from "../../trainer/train";
import { classOf, type Planting } from "./planted";

/** One thing that a method says of its codes. */
export interface Claim {
  /** As the method writes it: `shared(X, Y) in Zx, Zy`. */
  text: string;
  expects: "kept" | "dropped";
  /** Factors of the planting that tell it. */
  factors: readonly string[];
  codes: readonly string[];
  /** Whether one code has to hold it, whichever, or each of them. */
  anyCode: boolean;
}

/** Claims of a method's wants: what is wanted, and of a rebuilt stream also what is too weak to be worth its rate. */
export function claimsOf(text: string, planting: Planting): Claim[] {
  const { derived } = analyse(text).specs[0]!;
  const { spec } = derived!;
  return spec.wants.flatMap((want): Claim[] => {
    const codes = want.in.length > 0 ? want.in : spec.latents.map(({ name }) => name);
    const claim: Claim = {
      text: textOf(want),
      expects: want.intent === "forget" ? "dropped" : "kept",
      factors: factorsOf(want, derived!, planting),
      codes,
      anyCode: want.in.length === 0 && want.intent !== "forget",
    };
    const [stream = ""] = want.of;
    const weak = planting.weak[stream];
    const noiseless = codes.some(
      (code) => lawOf(spec.latents.find(({ name }) => name === code)!.law.name).deterministic,
    );
    // A code that pays no rate has no reason to drop what is weak. Where it is worth its rate, so is the noise beside it,
    // and the width of the code decides.
    if (want.intent !== "reconstruct" || weak === undefined || noiseless) return [claim];
    if (isWorthItsRate(derived!, stream, weak.variance)) return [claim];
    return [
      claim,
      {
        ...claim,
        text: `${claim.text}: its weak factor`,
        factors: [weak.factor],
        expects: "dropped",
      },
    ];
  });
}

const textOf = ({ intent, of, in: codes }: Want): string =>
  `${intent}(${of.join(", ")})${codes.length > 0 ? ` in ${codes.join(", ")}` : ""}`;

function factorsOf({ intent, of }: Want, { spec }: DerivedLoss, planting: Planting): readonly string[] {
  const [name = ""] = of;
  const stream = spec.streams.find((one) => one.name === name)!;
  if (stream.role === "target") return [classOf(stream, planting)];
  const own = planting.own[name] ?? [];
  switch (intent) {
    case "shared":
      return planting.shared;
    case "reconstruct":
      return [...planting.shared, ...own];
    default:
      return own;
  }
}

/**
 * Whether a direction of a stream saves more in its redrawing than it costs: a linear VAE turns it on where its variance
 * exceeds that of the decoder, 1, over the weight of the redrawing (Lucas, Tucker, Grosse, Norouzi 2019, "Don't Blame the
 * ELBO! A Linear VAE Perspective on Posterior Collapse").
 */
function isWorthItsRate(loss: DerivedLoss, stream: string, variance: number): boolean {
  const knobs = Object.fromEntries(loss.spec.knobs.map(({ name, value }) => [name, value]));
  const weights = rebuildings(loss)
    .filter(({ decoding }) => decoding.streams.some(({ name }) => name === stream))
    .map(({ effectiveWeight }) => Math.abs(evaluate(effectiveWeight, knobs)));
  return weights.reduce((sum, weight) => sum + weight, 0) * variance > 1;
}

/**
 * How much a claim's codes hold of its factors: 0 is chance, 1 is what the best stream tells as it is; the mean over the
 * factors. Of each code the least where something is to be kept and the most where it is to be dropped; of the best code,
 * factor by factor, where no code is named.
 */
export function shareOf(claim: Claim, probes: readonly ProbeResult[], raw: readonly ProbeResult[]): number {
  const { factors, codes, anyCode, expects } = claim;
  const share = (factor: string, code: string): number => {
    const found = probes.find((probe) => probe.factor === factor && probe.code === code)!;
    const { chance } = found;
    // What is kept has to be in the draws; what is dropped, in neither the draws nor the mean.
    const value = expects === "dropped" ? Math.max(found.value, found.mean) : found.value;
    const told = raw.flatMap((probe) => (probe.factor === factor ? [probe.value] : []));
    const most = told.length > 0 ? Math.max(...told) : 1;
    return (value - chance) / (most - chance);
  };
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  if (anyCode) return mean(factors.map((factor) => Math.max(...codes.map((code) => share(factor, code)))));
  const shares = codes.map((code) => mean(factors.map((factor) => share(factor, code))));
  return expects === "kept" ? Math.min(...shares) : Math.max(...shares);
}
