import type { DerivedLoss, DerivedTerm } from "../derivation/loss";
import { latentOf } from "../terms/roles";
import { informationText } from "../terms/print";
import type { Check } from "./check";
import { edited, fix, report } from "../faults/rule";

const example = `spec A {
  modality X : vector(4)
  target L : label(3)
  latent Z : gaussian(2) from X frozen
  compress I(X; Z)
  keep I(L; Z)
}
`;

export const frozenRate: Check = {
  code: "frozen-rate",
  severity: "information",
  doc: "The rate of a frozen code against a standard prior is a constant: it is measured, but no weight changes it. A prior that is trained, such as `learned` or `mixture(10)`, makes the bound tighter.",
  example,
  fixed: edited(example, [["compress I(X; Z)", ""]]),
  check: (_, loss) =>
    frozenRates(loss).map(({ term }) =>
      report(
        frozenRate,
        term.range,
        `\`${informationText(term.information)}\` is a constant here, because its code is frozen and its prior is standard. It is measured, but no weight changes it.`,
        fix("Remove this term", term.removal, ""),
      ),
    ),
};

/** Rates that no weight of the loss changes. */
const frozenRates = ({ spec, terms }: DerivedLoss): DerivedTerm[] =>
  terms.filter(
    ({ bound, role }) =>
      bound.reads === "rate" &&
      role.kind === "payment" &&
      role.given.length === 0 &&
      role.codes.every((code) => {
        const latent = latentOf(spec, code);
        return latent?.frozen === true && latent.prior.name === "standard";
      }),
  );
