/** What a loss asks of a rate other than to be small: `at 5`, `below 5`, `floor 0.5`, `floor 0.5 each`, in nats. */
import { abs, binary, exp, mul, parameter, stop, sub, sum, type Expr } from "../../program/expression";
import { scalarExpr, scalarText, type ScalarStyle } from "../terms/scalar";
import type { Target } from "../spec";

/** How much faster a multiplier's logarithm moves than a weight: a per cent a step at Adam's usual rate of 1e-3. */
const SPEED = 10;

/**
 * What stands in the loss for a rate with a target.
 * - `at c`: its distance |T - c|. Burgess et al. 2018, "Understanding disentangling in beta-VAE", equation 8.
 * - `floor c`: max(T, c), so that the first c nats are free. Kingma et al. 2016, "Improving Variational Inference with
 *   Inverse Autoregressive Flow", appendix C.8. With `each`, sum_j max(T_j, c) over the coordinates of the code, each
 *   averaged over the batch first: their equation 15, a group being a coordinate.
 * - `below c`: m (T - c) with a multiplier m > 0 that one more update turns up while T > c and down while T < c; its
 *   gradient is reversed. Rezende and Viola 2018, "Taming VAEs", section 3.
 * @param coordinates the rate of each coordinate, [k], whose sum is the rate, for `each`
 */
export function towards(
  { mode, value, each }: Target,
  rate: Expr,
  coordinates: Expr | undefined,
  id: string,
): Expr {
  const nats = scalarExpr(value);
  if (each && coordinates) return sum(binary("max", coordinates, nats));
  if (mode === "at") return abs(sub(rate, nats));
  if (mode === "floor") return binary("max", rate, nats);
  const log = parameter(`multiplier.${id}.log`, [], { kind: "constant", value: 0 });
  const multiplier = exp(mul(SPEED, log));
  return mul(sub(mul(2, stop(multiplier)), multiplier), sub(rate, nats));
}

/** The same as text around the symbol of the rate. */
export interface TargetStyle {
  at(rate: string, nats: string): string;
  below(rate: string, nats: string): string;
  floor(rate: string, nats: string): string;
  /** `floor` of each coordinate. */
  each(rate: string, nats: string): string;
}

export const towardsText = (
  { mode, value, each }: Target,
  rate: string,
  style: ScalarStyle,
  around: TargetStyle,
): string => around[each ? "each" : mode](rate, scalarText(value, style));

/** What it means, as a clause of the reason. */
export function targetReason({ mode, value, each }: Target): string {
  const nats = scalarText(value);
  if (mode === "at") return `the loss contains its distance from ${nats} nats`;
  if (each)
    return `the first ${nats} nats of each coordinate are free: the loss contains the larger of the two, summed over coordinates`;
  if (mode === "floor") return `the first ${nats} nats are free: the loss contains the larger of the two`;
  return `its excess is multiplied by a number that grows while it is above ${nats} nats and shrinks while it is below`;
}

/** Why the loss is then no bound, where it is none: a larger value is an upper bound too. */
export const targetBreaks = ({ mode, value }: Target): string | undefined =>
  mode === "floor" ? undefined : `\`${mode} ${scalarText(value)}\` asks for a value instead of a minimum`;
