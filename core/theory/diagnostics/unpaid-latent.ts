import type { DerivedLoss } from "../derivation/loss";
import { lawOf } from "../laws/index";
import type { Latent } from "../spec";
import { variablesOf } from "../terms/print";
import { lineBelow, tell, type Check } from "./rule";

export const unpaidLatent: Check = {
  code: "unpaid-latent",
  severity: "warning",
  doc: "A noisy code that no compressed term pays for is no bottleneck: it may hold all of its inputs. Compress it, or make it deterministic, whose width is then its bottleneck.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  latent W : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z, W)
}
`,
  mended: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  latent W : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z, W)
  compress I(X; W)
}
`,
  check: (_, loss) =>
    unpaid(loss).map(({ name, from, range }) => {
      const term = `compress I(${from.join(", ")}; ${name})`;
      const message = `Nothing compresses \`${name}\`: it is no bottleneck. Add \`${term}\`, or make it \`deterministic\`.`;
      return tell(unpaidLatent, range, message, lineBelow(`Add ${term}`, range, term));
    }),
};

/** Noisy latents that no compressed term pays for. */
export function unpaid({ spec, terms }: DerivedLoss): Latent[] {
  const paid = new Set(
    terms
      .filter(({ term }) => term.side === "compress")
      .flatMap(({ term }) => variablesOf(term).map(({ name }) => name)),
  );
  return spec.latents.filter(({ name, law }) => !paid.has(name) && !lawOf(law.name).deterministic);
}
