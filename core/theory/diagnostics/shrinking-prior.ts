import { writtenLatent } from "./places";
import type { Check } from "./check";
import { fix, report, edited } from "../faults/rule";

const example = `spec A {
  modality X : vector(4)
  modality Y : vector(4)
  latent Z : gaussian(2) from X, Y by poe(prior)
  prior Z = learned
  compress I(X, Y; Z)
  keep I(X, Y; Z)
}
`;

export const shrinkingPrior: Check = {
  code: "shrinking-prior",
  severity: "information",
  doc: "A trained prior (`learned` or `from`) that `poe(prior)` also includes as an expert can lower the rate without any encoder: the narrower the prior, the closer the product is to it, and in the limit the rate is 0 and the code carries nothing beyond the inputs of its prior. Watch the rate of such a code. With `poe` the prior is not an expert; the standard prior cannot shrink.",
  example,
  fixed: edited(example, [
    ["latent Z : gaussian(2) from X, Y by poe(prior)", "latent Z : gaussian(2) from X, Y by poe"],
  ]),
  check(spec, _, tree) {
    return spec.latents
      .filter(({ fusion, prior }) => fusion.options.includes("prior") && prior.name !== "standard")
      .map(({ name, fusion, prior, range }) => {
        const place = writtenLatent(tree, name)?.fusion?.range;
        const others = fusion.options.filter((option) => option !== "prior");
        const without = others.length > 0 ? `${fusion.name}(${others.join(", ")})` : fusion.name;
        const trained = prior.from
          ? `its prior, which depends on ${prior.from.join(", ")}`
          : "its learned prior";
        const message = `\`${name}\` is a product that includes ${trained}. Training can shrink that prior until the rate of \`${name}\` is 0 and the encoders have no effect. Watch the rate, or write \`${without}\`.`;
        const more = place ? fix("Remove the prior from the product", place, without) : {};
        return report(shrinkingPrior, place ?? range, message, more);
      });
  },
};
