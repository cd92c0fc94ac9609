import type { Diagnostic, Range } from "../../language/diagnostic";
import type { Latent } from "../spec";
import { lineBelow, report, type Worded, edited } from "./rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
}
`;

export const noTerms = {
  code: "no-terms",
  severity: "error",
  doc: "The loss is the compressed terms minus beta times the kept terms. A spec without `compress` and `keep` has no loss.",
  example,
  fixed: edited(example, [
    ["latent Z : gaussian(2) from X", "latent Z : gaussian(2) from X\n  compress I(X; Z)\n  keep I(X; Z)"],
  ]),

  /** @param latents what terms could be about */
  at: (range: Range, name: string, latents: readonly Latent[]): Diagnostic => {
    const last = latents.at(-1);
    const lines = [
      ...latents.map((latent) => `compress I(${latent.from.join(", ")}; ${latent.name})`),
      ...latents.map((latent) => `keep I(${latent.from[0]}; ${latent.name})`),
    ];
    return report(
      noTerms,
      range,
      `\`${name}\` has no loss yet. Add a \`compress\` and a \`keep\` term.`,
      last ? lineBelow("Add a rate and a reconstruction of each code", last.range, lines.join("\n  ")) : {},
    );
  },
} satisfies Worded;
