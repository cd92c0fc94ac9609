/** Errors in the free nats of each coordinate. */
import type { Fault } from "./fault";

const target = "../derivation/target.ts";
const own = 'density.divergence(own, fromArguments(density, args, "prior"))';

const planted = (what: string, file: string, from: string, to: string): Fault & { what: string } => ({
  what,
  kind: "other",
  edits: { [from]: to },
  file,
});

export const floorFaults = [
  planted(
    "the larger of sums for the sum of the larger",
    target,
    'sum(binary("max", coordinates, nats))',
    'binary("max", sum(coordinates), nats)',
  ),
  planted("the smaller for the larger", target, '"max", coordinates', '"min", coordinates'),
  planted("a sum over the batch for a mean", "kl.ts", `mean(${own}, 0)`, `sum(${own}, 0)`),
  planted(
    "the standard prior for a learned one",
    "kl.ts",
    `mean(${own}, 0)`,
    "mean(density.divergence(own), 0)",
  ),
];
