import { latentOf, streamOf } from "../terms/roles";
import { writtenLatent } from "./places";
import { fix, tell, type Check } from "./rule";

export const widerLatent: Check = {
  code: "wider-latent",
  severity: "information",
  doc: "A code with more coordinates than its inputs have values is no bottleneck by its width; its rate alone limits it.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(8) from X
  compress I(X; Z)
  keep I(X; Z)
}
`,
  mended: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`,
  check(spec, _, tree) {
    return spec.latents.flatMap(({ name, law, from, given, range }) => {
      const inputs = [...from, ...given].map(
        (input) => streamOf(spec, { name: input })?.width ?? latentOf(spec, { name: input })?.law.size ?? 0,
      );
      const width = inputs.reduce((total, size) => total + size, 0);
      // The values of a categorical code are no coordinates: it holds the logarithm of their number at most.
      if (law.size <= width || law.name === "categorical") return [];
      const message = `\`${name}\` has ${law.size} coordinates and its inputs only ${width} values; a narrower code holds as much.`;
      const size = writtenLatent(tree, name)?.law.args[0]?.range;
      const more = size ? fix(`Make it ${width} wide`, size, String(width)) : {};
      return [tell(widerLatent, range, message, more)];
    });
  },
};
