import { count } from "../../language/text";
import { latentOf, streamOf } from "../terms/roles";
import { writtenLatent } from "./places";
import type { Check } from "./check";
import { fix, report, edited } from "../faults/rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(8) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;

export const widerLatent: Check = {
  code: "wider-latent",
  severity: "information",
  doc: "The code has more coordinates than its inputs have values, so its width does not limit it; only its rate does.",
  example,
  fixed: edited(example, [["latent Z : gaussian(8) from X", "latent Z : gaussian(2) from X"]]),
  check(spec, _, tree) {
    return spec.latents.flatMap(({ name, law, from, given, range }) => {
      const inputs = [...from, ...given].map(
        (input) => streamOf(spec, { name: input })?.width ?? latentOf(spec, { name: input })?.law.size ?? 0,
      );
      const width = inputs.reduce((total, size) => total + size, 0);
      // The values of a categorical code are not coordinates: it carries at most the logarithm of their number.
      if (law.size <= width || law.name === "categorical") return [];
      const message = `\`${name}\` has ${law.size} coordinates, but its inputs have only ${count(width, "value")}. Reduce its width; it can carry as much.`;
      const size = writtenLatent(tree, name)?.law.args[0]?.range;
      const more = size ? fix(`Set the width to ${width}`, size, String(width)) : {};
      return [report(widerLatent, range, message, more)];
    });
  },
};
