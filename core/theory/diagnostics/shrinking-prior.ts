import { writtenLatent } from "./places";
import { fix, tell, type Check } from "./rule";

export const shrinkingPrior: Check = {
  code: "shrinking-prior",
  severity: "information",
  doc: "A prior that is trained, by `learned` or `from`, and that `poe(prior)` also multiplies with the code's experts, can lower the rate without any encoder: the narrower it is, the closer the product is to it, and in the limit the rate is 0 and the code carries nothing beyond what its prior is made from. Watch the rate of such a code. With `poe` the prior is no expert; the standard prior cannot shrink.",
  example: `spec A {
  modality X : vector(4)
  modality Y : vector(4)
  latent Z : gaussian(2) from X, Y by poe(prior)
  prior Z = learned
  compress I(X, Y; Z)
  keep I(X, Y; Z)
}
`,
  mended: `spec A {
  modality X : vector(4)
  modality Y : vector(4)
  latent Z : gaussian(2) from X, Y by poe
  prior Z = learned
  compress I(X, Y; Z)
  keep I(X, Y; Z)
}
`,
  check(spec, _, tree) {
    return spec.latents
      .filter(({ fusion, prior }) => fusion.options.includes("prior") && prior.name !== "standard")
      .map(({ name, fusion, prior, range }) => {
        const place = writtenLatent(tree, name)?.fusion?.range;
        const others = fusion.options.filter((option) => option !== "prior");
        const without = others.length > 0 ? `${fusion.name}(${others.join(", ")})` : fusion.name;
        const trained = prior.from ? `its prior, made from ${prior.from.join(", ")}` : "its learned prior";
        const message = `\`${name}\` is a product that includes ${trained}. Training can shrink that prior until the rate of \`${name}\` is 0 and the encoders have no effect; watch the rate, or write \`${without}\`.`;
        const more = place ? fix("Leave the prior out of the product", place, without) : {};
        return tell(shrinkingPrior, place ?? range, message, more);
      });
  },
};
