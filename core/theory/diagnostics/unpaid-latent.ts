import type { DerivedLoss } from "../derivation/loss";
import { lawOf } from "../laws/index";
import type { Latent } from "../spec";
import { variablesOf } from "../terms/print";
import type { Check } from "./check";
import { lineBelow, report, edited } from "../faults/rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  latent W : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z, W)
}
`;

export const unpaidLatent: Check = {
  code: "unpaid-latent",
  severity: "warning",
  doc: "No compressed term contains this code. It has noise, but nothing limits its rate, so it can carry all of its inputs. Compress it, or make it deterministic, so that its width limits it.",
  example,
  fixed: edited(example, [["keep I(X; Z, W)", "keep I(X; Z, W)\n  compress I(X; W)"]]),
  check: (_, loss) =>
    unpaid(loss).map(({ name, from, range }) => {
      const term = `compress I(${from.join(", ")}; ${name})`;
      const message = `No term compresses \`${name}\`, so it is not a bottleneck. Add \`${term}\`, or make it \`deterministic\`.`;
      return report(unpaidLatent, range, message, lineBelow(`Add \`${term}\``, range, term));
    }),
};

/** Noisy latents that no compressed term pays for, and whose rate training can change. */
export function unpaid({ spec, terms }: DerivedLoss): Latent[] {
  const paid = new Set(
    terms
      .filter(({ term }) => term.side === "compress")
      .flatMap(({ term }) => variablesOf(term).map(({ name }) => name)),
  );
  return spec.latents.filter(
    ({ name, law, frozen }) => !paid.has(name) && !frozen && !lawOf(law.name).deterministic,
  );
}
