/** The factors that a design is judged by, and how much of each its codes keep. */
import type { Spec, Stream } from "../../theory/spec";
import type { Trained } from "../job";

/** Shares of the way from chance to 1: kept from here on, and a nuisance below. */
const KEPT = 0.2;
const NUISANCE = 0.35;

/** A factor whose keeping, or whose forgetting, is watched. */
export interface Watched {
  factor: string;
  /** `accuracy` of a label, `R²` of a number. */
  measure: "accuracy" | "R²";
  expects: "kept" | "forgotten";
  /** The codes that count. */
  codes: readonly string[];
  /** What no information gives. */
  chance: number;
}

/**
 * How much of the factor the best of these codes keeps: what probes read of its draws on test samples, and no less than chance.
 * Undefined where no probe has read it.
 */
export function scoreOf(
  { measurements }: Trained,
  factor: string,
  codes: readonly string[],
  chance = 0,
): number | undefined {
  const values = measurements.filter(
    ({ id, code, factor: of }) =>
      (id === "accuracy" || id === "r2") && of === factor && code !== undefined && codes.includes(code),
  );
  if (values.length === 0) return undefined;
  return Math.max(chance, ...values.map(({ value }) => value));
}

/** Factors that codes of the design keep on average over its trainings, and those that it is wanted to forget. */
export function watchedIn(spec: Spec, trained: readonly Trained[]): Watched[] {
  const all = spec.latents.map(({ name }) => name);
  return factorsOf(spec).flatMap((stream): Watched[] => {
    const factor = stream.name;
    const chance = chanceOf(trained, factor);
    if (chance === undefined) return [];
    const watched = (expects: Watched["expects"], codes: readonly string[]): Watched => ({
      ...{ factor, expects, codes, chance },
      measure: stream.kind.name === "label" ? "accuracy" : "R²",
    });
    const forgetting = spec.wants.find(({ intent, of }) => intent === "forget" && of.includes(factor));
    if (forgetting) return [watched("forgotten", forgetting.in.length > 0 ? forgetting.in : all)];
    return shareOf(trained, factor, all, chance) >= KEPT ? [watched("kept", all)] : [];
  });
}

const factorsOf = (spec: Spec): Stream[] =>
  spec.streams.filter(({ role, kind }) => role !== "modality" && ["label", "scalar"].includes(kind.name));

/** What no information gives of a factor, on average; 0 of a number. */
function chanceOf(trained: readonly Trained[], factor: string): number | undefined {
  const found = trained.flatMap(({ measurements }) =>
    measurements.filter(({ id, factor: of }) => (id === "accuracy" || id === "r2") && of === factor),
  );
  return found.length === 0 ? undefined : mean(found.map(({ chance = 0 }) => chance));
}

/** The share of the way from chance to 1, on average. */
const shareOf = (
  trained: readonly Trained[],
  factor: string,
  codes: readonly string[],
  chance: number,
): number =>
  mean(trained.map((one) => ((scoreOf(one, factor, codes, chance) ?? chance) - chance) / (1 - chance)));

/** The observed factor that the codes discard most: one that is wanted to be forgotten, else one that is in no term. */
export function nuisanceIn(spec: Spec, trained: readonly Trained[]): string | undefined {
  const all = spec.latents.map(({ name }) => name);
  const shares = factorsOf(spec).flatMap(({ name, role }) => {
    const chance = chanceOf(trained, name);
    if (chance === undefined) return [];
    const wanted = spec.wants.some(({ intent, of }) => intent === "forget" && of.includes(name));
    const share = shareOf(trained, name, all, chance);
    return wanted || (role === "observe" && share < NUISANCE) ? [{ name, wanted, share }] : [];
  });
  return shares.sort((a, b) => Number(b.wanted) - Number(a.wanted) || a.share - b.share)[0]?.name;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, one) => sum + one, 0) / values.length;
