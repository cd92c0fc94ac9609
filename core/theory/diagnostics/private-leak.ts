import { asksBeside, codesOf, isSeparated, rebuildings } from "../wants/duties";
import { latentOf } from "../terms/roles";
import { writtenLatent } from "./places";
import type { Check } from "./check";
import { fix, report, edited } from "../faults/rule";

const example = `spec A {
  modality X : vector(20)
  modality Y : vector(20)
  latent Zx : gaussian(2) from X
  latent Zy : gaussian(2) from Y
  latent Wx : gaussian(8) from X
  compress I(X; Zx)
  compress I(Y; Zy)
  compress I(X; Wx)
  keep I(Zx; Zy)
  keep 0.1 * I(X; Zx, Wx)
}
`;

export const privateLeak: Check = {
  code: "private-leak",
  severity: "warning",
  doc: "A stream is decoded from a shared and a private code, and no term says which of the two carries the shared information. A private code that is wider than the shared one, and not separated from it, can carry the whole stream: the shared information hides there and the shared code stays empty. Make the private code at most as wide as the shared one, or `separate` the two.",
  example,
  fixed: edited(example, [["latent Wx : gaussian(8) from X", "latent Wx : gaussian(2) from X"]]),
  check(spec, derived, tree) {
    const reported = new Set<string>();
    return rebuildings(derived).flatMap(({ decoding }) => {
      const codes = codesOf(spec, decoding.read).map((name) => latentOf(spec, { name })!);
      return codes.flatMap((own) => {
        const shared = codes.find(
          ({ name, law }) =>
            // The values of a categorical code are no coordinates.
            (law.name === "categorical") === (own.law.name === "categorical") &&
            law.size < own.law.size &&
            asksBeside(derived, name, own.name) &&
            !asksBeside(derived, own.name, name) &&
            !isSeparated(derived, name, own.name),
        );
        if (shared === undefined || reported.has(own.name)) return [];
        reported.add(own.name);
        const message = `Information for \`${shared.name}\` can hide in \`${own.name}\`: both are decoded into \`${decoding.streams[0]!.name}\`, \`${own.name}\` is wider (${own.law.size} against ${shared.law.size}), and no term separates them. Reduce the width of \`${own.name}\` to ${shared.law.size}, or write \`separate ${shared.name}, ${own.name}\`.`;
        const size = writtenLatent(tree, own.name)?.law.args[0]?.range;
        const more = size ? fix(`Set the width to ${shared.law.size}`, size, String(shared.law.size)) : {};
        const related = [{ message: `\`${shared.name}\` is declared here.`, range: shared.range }];
        return [report(privateLeak, own.range, message, { ...more, related })];
      });
    });
  },
};
