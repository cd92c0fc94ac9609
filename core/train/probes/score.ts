import type { ProbeResult } from "../protocol";

/** What a probe finds, before it is told whose code and which factor it was. */
export type Score = Omit<ProbeResult, "factor" | "code">;

/** Weight of the squared weights in a probe's fit, on standardised codes. */
export const PENALTY = 1e-4;

/**
 * One sentence a factor, in the order they come: "digit: Zx 0.83, Wx 0.23, chance 0.10". Numbers of a scalar factor are
 * marked as R2.
 */
export function describeProbes(probes: readonly ProbeResult[]): string {
  const factors = new Map<string, ProbeResult[]>();
  for (const probe of probes) factors.set(probe.factor, [...(factors.get(probe.factor) ?? []), probe]);
  return [...factors].map(([factor, results]) => `${factor}: ${describeFactor(results)}`).join("; ");
}

function describeFactor(results: readonly ProbeResult[]): string {
  const codes = results.map(({ code, measure, value }) =>
    measure === "R2" ? `${code} R2 ${value.toFixed(2)}` : `${code} ${value.toFixed(2)}`,
  );
  return [...codes, `chance ${results[0]!.chance.toFixed(2)}`].join(", ");
}
