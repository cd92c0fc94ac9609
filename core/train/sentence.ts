/** The first sentence of a result: which code keeps which factor. */
import type { ProbeResult } from "./protocol";

/** `Zx`, `Zx and Zy`, `Zx, Zy and W`. */
function joined(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

type Verdict = "keep" | "hold some of" | "drop" | "undecided";

/**
 * How much of a factor a code holds, from what its probe reaches of the way from chance to 1: `keep` from a half on,
 * `drop` below a tenth or where chance lies within the interval; undecided where that interval reaches a half as well.
 */
function verdict({ value, low, high, chance }: ProbeResult): Verdict {
  const share = (of: number): number => (of - chance) / (1 - chance);
  if (low <= chance && share(high) >= 0.5) return "undecided";
  if (low <= chance || share(value) < 0.1) return "drop";
  return share(value) >= 0.5 ? "keep" : "hold some of";
}

/**
 * For example: "Zx and Zy keep digit (0.83 and 0.81; chance 0.10). Zx holds some of angle (R² 0.31). Zy drops angle."
 * First what is kept, factor by factor, with the probes' values; then what is dropped. Nothing is said
 * of what too few samples leave open. Empty without probes.
 */
export function describeProbes(probes: readonly ProbeResult[]): string {
  const factors = [...new Set(probes.map(({ factor }) => factor))];
  const kept = (["keep", "hold some of"] as const).flatMap((kind) =>
    factors.flatMap((factor) => {
      const group = probes.filter((probe) => probe.factor === factor && verdict(probe) === kind);
      return group.length > 0 ? [`${clause(group, kind)} ${factor} (${values(group)}).`] : [];
    }),
  );
  return [...kept, ...dropped(probes, factors)].join(" ");
}

/** One sentence for each set of codes that drops the same factors. */
function dropped(probes: readonly ProbeResult[], factors: readonly string[]): string[] {
  const byCodes = new Map<string, { group: ProbeResult[]; factors: string[] }>();
  for (const factor of factors) {
    const group = probes.filter((probe) => probe.factor === factor && verdict(probe) === "drop");
    if (group.length === 0) continue;
    const key = group.map(({ code }) => code).join();
    const entry = byCodes.get(key) ?? { group, factors: [] };
    entry.factors.push(factor);
    byCodes.set(key, entry);
  }
  return [...byCodes.values()].map((entry) => `${clause(entry.group, "drop")} ${joined(entry.factors)}.`);
}

/** `Zx and Zy keep`, `Zx keeps`. */
function clause(group: readonly ProbeResult[], kind: Verdict): string {
  const verb = group.length > 1 ? kind : kind.replace(/^\w+/, "$&s");
  return `${joined(group.map(({ code }) => code))} ${verb}`;
}

function values(group: readonly ProbeResult[]): string {
  const numbers = joined(group.map(({ value }) => value.toFixed(2)));
  const { measure, chance } = group[0]!;
  return measure === "R2" ? `R² ${numbers}` : `${numbers}; chance ${chance.toFixed(2)}`;
}
