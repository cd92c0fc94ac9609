import { informationText } from "../terms/print";
import { BETA, knobsOf } from "../terms/scalar";
import { weightPlace, writtenTermAt } from "./places";
import type { Check } from "./check";
import { fix, report, edited } from "../faults/rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  knob beta = 4 in 1 .. 10
  compress I(X; Z)
  keep beta * I(X; Z)
}
`;

export const betaTwice: Check = {
  code: "beta-twice",
  severity: "warning",
  doc: "`beta` multiplies every kept term by itself: L = Σ compress − beta · Σ keep. If it is also written in a kept term, that term is multiplied by beta squared. Remove it from the term, or give the term a knob of another name.",
  example,
  fixed: edited(example, [["keep beta * I(X; Z)", "keep I(X; Z)"]]),
  check(_, { terms }, tree) {
    return terms
      .filter(({ term }) => term.side === "keep" && knobsOf(term.weight).includes(BETA))
      .map(({ term }) => {
        const written = writtenTermAt(tree, term.range);
        const place = written?.weight?.kind === "name" ? weightPlace(written) : undefined;
        const message = `\`beta\` already multiplies every kept term, so \`${informationText(term.information)}\` is multiplied by its square. Remove \`beta\` here.`;
        return report(betaTwice, term.range, message, place ? fix("Remove `beta`", place, "") : {});
      });
  },
};
