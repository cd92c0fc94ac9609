/** The first sentence of a result: which code keeps which factor. */
import type { ProbeResult } from "./protocol";

const number = (value: number): string => value.toFixed(2);

/** `Zx`, `Zx and Zy`, `Zx, Zy and W`. */
export function joinNames(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/**
 * How much of a factor a code holds, from what its probe reaches of the way from chance to 1: `keeps` from a half on,
 * `drops` below a tenth or where chance lies within the interval.
 */
export function verdict(probe: ProbeResult): "keeps" | "holds some of" | "drops" {
  const share = (probe.value - probe.chance) / (1 - probe.chance);
  if (probe.low <= probe.chance || share < 0.1) return "drops";
  return share >= 0.5 ? "keeps" : "holds some of";
}

/**
 * For example: "Zx and Zy keep digit (0.83 and 0.81; chance 0.10). Zx holds some of angle (R2 0.31). Zy drops angle."
 * Codes with the same verdict on a factor share a sentence. Empty without probes.
 */
export function describeProbes(probes: readonly ProbeResult[]): string {
  const factors = [...new Set(probes.map((probe) => probe.factor))];
  return factors
    .flatMap((factor) =>
      (["keeps", "holds some of", "drops"] as const).flatMap((kind) => {
        const group = probes.filter((probe) => probe.factor === factor && verdict(probe) === kind);
        return group.length > 0 ? [phrase(kind, factor, group)] : [];
      }),
    )
    .join(" ");
}

function phrase(kind: ReturnType<typeof verdict>, factor: string, group: ProbeResult[]): string {
  const codes = joinNames(group.map((probe) => probe.code));
  const [first, ...rest] = kind.split(" ");
  const verb = [group.length > 1 ? plural(first!) : first, ...rest].join(" ");
  const values = joinNames(group.map((probe) => number(probe.value)));
  const { measure, chance } = group[0]!;
  const numbers = measure === "R2" ? `R² ${values}` : `${values}; chance ${number(chance)}`;
  return `${codes} ${verb} ${factor} (${numbers}).`;
}

/** `keeps` to `keep`. */
const plural = (verb: string): string => verb.replace(/s$/, "");
