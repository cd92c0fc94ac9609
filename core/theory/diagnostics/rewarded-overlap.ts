import { informationText, variablesText } from "../terms/print";
import { latentOf } from "../terms/roles";
import { causes, separated } from "../wants/separation";
import { writtenTermAt } from "./places";
import type { Check } from "./check";
import { fix, report, edited } from "../faults/rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  latent W : gaussian(2) from X
  compress I(X; Z | W)
  compress I(X; W)
  keep I(X; Z, W)
}
`;

export const rewardedOverlap: Check = {
  code: "rewarded-overlap",
  severity: "warning",
  doc: "Two codes that are inferred separately from one stream are independent given that stream. Then I(X; Z | W) = I(X; Z) − I(Z; W), so compressing it rewards Z for repeating the content of W. To keep two codes apart, `separate` them; to compress Z, remove the condition.",
  example,
  fixed: edited(example, [["compress I(X; Z | W)", "compress I(X; Z)"]]),
  check(spec, { terms }, tree) {
    const parents = causes(spec);
    return terms.flatMap(({ term, role }) => {
      if (role.kind !== "payment") return [];
      const about = role.about.map(({ name }) => name);
      const codes = role.codes.map(({ name }) => name);
      const other = role.given.find(
        (variable) => latentOf(spec, variable) && separated(parents, codes, [variable.name], about),
      );
      if (other === undefined) return [];
      const code = codes.join(", ");
      const plain = `I(${variablesText(role.about)}; ${variablesText(role.codes)})`;
      const message = `\`${code}\` and \`${other.name}\` are independent given \`${about.join(", ")}\`, so \`${informationText(term.information)}\` is \`${plain} − I(${code}; ${other.name})\`, and compressing it rewards the two codes for repeating each other. Write \`${plain}\`; to keep them apart, add \`separate ${code}, ${other.name}\`.`;
      const written = writtenTermAt(tree, term.range);
      const more = written && !written.bound ? fix(`Write \`${plain}\``, written.term.range, plain) : {};
      return [report(rewardedOverlap, term.range, message, more)];
    });
  },
};
