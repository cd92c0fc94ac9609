/** Errors in how experts are multiplied. */
import type { Fault } from "./fault";

const poe = "../fusions/poe.ts";
const gaussian = "../laws/gaussian.ts";

const planted = (what: string, file: string, from: string, to: string): Fault & { what: string } => ({
  what,
  kind: "other",
  edits: { [from]: to },
  file,
});

export const productFaults = [
  planted("the standard normal in place of the code's own prior", poe, "return prior ?", "return false ?"),
  planted("no prior among the experts", poe, 'options.includes("prior")', "false"),
  planted("a prior beside the standard normal", poe, "{ says: prior }], 0)", "{ says: prior }], 1)"),
  planted(
    "no powers",
    poe,
    "power ? { says, weight: power }",
    "(power as unknown) === 0 ? { says, weight: power }",
  ),
  planted(
    "means that are not weighed by precisions",
    gaussian,
    "mul(says.mean!, precisions[i]!)",
    "says.mean!",
  ),
  planted("precisions as variances", gaussian, "exp(neg(says.logVariance!))", "exp(says.logVariance!)"),
];
