import { informationText } from "../terms/print";
import { BETA, knobsOf } from "../terms/scalar";
import { weightPlace, writtenTermAt } from "./places";
import { fix, tell, type Check } from "./rule";

export const betaTwice: Check = {
  code: "beta-twice",
  severity: "warning",
  doc: "`beta` weighs all that is kept, by itself: L = Σ compress − beta · Σ keep. Written before a kept term too, it stands there squared. Leave it out of the term, or weigh the term with a knob of another name.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  knob beta = 4 in 1 .. 10
  compress I(X; Z)
  keep beta * I(X; Z)
}
`,
  mended: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  knob beta = 4 in 1 .. 10
  compress I(X; Z)
  keep I(X; Z)
}
`,
  check(_, { terms }, tree) {
    return terms
      .filter(({ term }) => term.side === "keep" && knobsOf(term.weight).includes(BETA))
      .map(({ term }) => {
        const written = writtenTermAt(tree, term.range);
        const place = written?.weight?.kind === "name" ? weightPlace(written) : undefined;
        const message = `\`beta\` weighs \`${informationText(term.information)}\` already, as all that is kept; written here, it stands squared. Leave it out.`;
        return tell(betaTwice, term.range, message, place ? fix("Leave it out", place, "") : {});
      });
  },
};
