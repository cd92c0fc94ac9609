import type { Diagnostic } from "../../language/diagnostic";
import type { Latent, Term } from "../spec";
import { fix, report, type Worded, edited } from "./rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : deterministic(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;

export const deterministicRate = {
  code: "deterministic-rate",
  severity: "error",
  doc: "A code without noise has an infinite rate for a continuous input, so only its width limits it. Remove the term, or give the code a `gaussian` law.",
  example,
  fixed: edited(example, [["compress I(X; Z)", ""]]),

  at: (term: Term, { name, law }: Latent): Diagnostic =>
    report(
      deterministicRate,
      term.range,
      `\`${name}\` is \`${law.name}\`, so its rate is infinite and only its width (${law.size}) limits it. Remove this term, or make the code \`gaussian(${law.size})\`.`,
      fix("Remove this term", term.removal, ""),
    ),
} satisfies Worded;
