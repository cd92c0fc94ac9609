import type { Diagnostic, Range } from "../../language/diagnostic";
import { report, type Worded, edited } from "./rule";
import { insteadFix, sideMessage, type SideFault } from "./wrong-side";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z) by kl
}
`;

export const swappedSides = {
  code: "swapped-sides",
  severity: "error",
  doc: "The loss is rate minus likelihood: L = compress − beta · keep. If a likelihood is compressed, or a rate is kept, the term gets the wrong sign, as in a text that writes the loss as reconstruction minus divergence. Training then rewards codes for leaving their prior or for losing the input, and the loss diverges. Compress the rate and keep the likelihood.",
  example,
  fixed: edited(example, [["keep I(X; Z) by kl", "keep I(X; Z) by gaussian"]]),

  at: (range: Range, fault: SideFault): Diagnostic =>
    report(
      swappedSides,
      range,
      `${sideMessage(fault)} With this bound the term gets the wrong sign and the loss diverges.`,
      insteadFix(range, fault),
    ),
} satisfies Worded;
