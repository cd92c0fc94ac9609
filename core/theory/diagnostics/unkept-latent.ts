import type { DerivedLoss } from "../derivation/loss";
import type { Latent } from "../spec";
import { variablesOf } from "../terms/print";
import { ancestors } from "../terms/roles";
import type { Check } from "./check";
import { lineBelow, report, edited } from "../faults/rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  latent W : gaussian(2) from X
  compress I(X; Z)
  compress I(X; W)
  keep I(X; Z)
}
`;

export const unkeptLatent: Check = {
  code: "unkept-latent",
  severity: "warning",
  doc: "No kept term contains this code, so only its rate is minimised and it collapses to its prior. Keep information in it, infer another code from it, or remove it.",
  example,
  fixed: edited(example, [["keep I(X; Z)", "keep I(X; Z, W)"]]),
  check: (_, loss) =>
    unkept(loss).map(({ name, from, range }) =>
      report(
        unkeptLatent,
        range,
        `No term keeps information in \`${name}\`, so it will collapse to its prior. Add a term such as \`keep I(${from[0]}; ${name})\`, or remove \`${name}\`.`,
        lineBelow(`Add \`keep I(${from[0]}; ${name})\``, range, `keep I(${from[0]}; ${name})`),
      ),
    ),
};

/** Latents that no kept term holds, and from which none that is held is inferred; frozen ones stay as they are. */
export function unkept({ spec, terms }: DerivedLoss): Latent[] {
  const held = new Set(
    terms
      .filter(({ term }) => term.side === "keep")
      .flatMap(({ term }) => variablesOf(term).map(({ name }) => name)),
  );
  for (const name of [...held]) for (const source of ancestors(spec, name)) held.add(source);
  return spec.latents.filter(({ name, frozen }) => !held.has(name) && !frozen);
}
