import type { Spec } from "../../theory/spec";
import { rateGiven } from "../../theory/terms/roles";
import { meanOf } from "./mean";

/**
 * The upper 95 % limit of what a code can carry, in nats: that of its rate. None for a code without noise, for one whose
 * rate is beyond other variables (of a hierarchy all levels together are bounded, not one), and where streams may be absent.
 */
export function marginalRate(
  code: string,
  rates: Record<string, Float32Array>,
  spec: Pick<Spec, "latents" | "terms">,
): number | undefined {
  const latent = spec.latents.find(({ name }) => name === code);
  const rows = rates[code];
  if (latent === undefined || rows === undefined || rateGiven(spec, code).length > 0) return undefined;
  const { high } = meanOf(rows);
  return Number.isFinite(high) ? Math.max(0, high) : undefined;
}
