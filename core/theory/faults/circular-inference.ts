import type { Diagnostic, Range } from "../../language/diagnostic";
import { report, type Worded, edited } from "./rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X, Z
  compress I(X; Z)
  keep I(X; Z)
}
`;

export const circularInference = {
  code: "circular-inference",
  severity: "error",
  doc: "Codes are inferred one after another, so a latent cannot be inferred from itself, directly or through other latents.",
  example,
  fixed: edited(example, [["latent Z : gaussian(2) from X, Z", "latent Z : gaussian(2) from X"]]),

  /** @param loop the names from the latent round to itself */
  at: (range: Range, loop: readonly string[]): Diagnostic =>
    report(
      circularInference,
      range,
      `A latent cannot be inferred from itself: ${loop.map((name) => `\`${name}\``).join(" from ")}. Remove one of these names from its \`from\`.`,
    ),

  /** @param source what the prior depends on, itself inferred from the latent */
  expert: (range: Range, name: string, source: string): Diagnostic =>
    report(
      circularInference,
      range,
      `\`poe(prior)\` infers \`${name}\` from its own prior, and that prior depends on \`${source}\`, which is inferred from \`${name}\`. Write \`poe\` without \`prior\`, or let the prior depend on something that does not read \`${name}\`.`,
    ),
} satisfies Worded;
