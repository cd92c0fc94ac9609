import { lawOf } from "../laws/index";
import { writtenLatent } from "./places";
import type { Check } from "./check";
import { fix, report, edited } from "../faults/rule";

const example = `spec A {
  modality X : vector(4)
  modality Y : vector(4)
  latent Z : gaussian(2) from X, Y by poe
  compress I(X, Y; Z)
  keep I(X, Y; Z)
}
`;

export const expertPrior: Check = {
  code: "expert-prior",
  severity: "information",
  doc: "There are two products of experts. MVAE includes the prior as an expert, `poe(prior)`: with fewer inputs the code moves towards the prior, and with none it is the prior. MVTCAE and others do not, `poe`: the product of a few experts is as narrow as those experts. Losses of the same name differ in this choice, most of all in cross-modal inference.",
  example,
  fixed: edited(example, [
    ["latent Z : gaussian(2) from X, Y by poe", "latent Z : gaussian(2) from X, Y by poe(prior)"],
  ]),
  check(spec, _, tree) {
    return spec.latents
      .filter(
        ({ law, fusion, from, prior }) =>
          fusion.name === "poe" &&
          prior.name === "standard" &&
          fusion.options.length === 0 &&
          from.length > 1 &&
          !lawOf(law.name).density?.uniform,
      )
      .map(({ name, range }) => {
        const place = writtenLatent(tree, name)?.fusion?.range;
        const message = `\`${name}\` is the product of its inputs' experts only, as in MVTCAE. MVAE also includes the prior as an expert: write \`poe(prior)\`.`;
        const more = place ? fix("Include the prior as an expert", place, "poe(prior)") : {};
        return report(expertPrior, place ?? range, message, more);
      });
  },
};
