import { lawOf } from "../laws/index";
import { writtenLatent } from "./places";
import { fix, tell, type Check } from "./rule";

export const expertPrior: Check = {
  code: "expert-prior",
  severity: "information",
  doc: "There are two products of experts. MVAE multiplies the prior in, `poe(prior)`: with fewer inputs the code falls back to the prior, and with none it is the prior. MVTCAE and others leave it out, `poe`: the product of few experts is as sharp as they are, and the code is inferred from a part of its inputs as each expert says. Losses of one name differ by it; cross-inference differs most.",
  example: `spec A {
  modality X : vector(4)
  modality Y : vector(4)
  latent Z : gaussian(2) from X, Y by poe
  compress I(X, Y; Z)
  keep I(X, Y; Z)
}
`,
  mended: `spec A {
  modality X : vector(4)
  modality Y : vector(4)
  latent Z : gaussian(2) from X, Y by poe(prior)
  compress I(X, Y; Z)
  keep I(X, Y; Z)
}
`,
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
        const message = `\`${name}\` is a product of its inputs' experts alone, as in MVTCAE. \`poe(prior)\`, as in MVAE, has the prior among them.`;
        const more = place ? fix("Multiply the prior in", place, "poe(prior)") : {};
        return tell(expertPrior, place ?? range, message, more);
      });
  },
};
