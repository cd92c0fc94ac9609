import { quoted } from "../../language/text";
import { writtenTermAt } from "./places";
import type { Check } from "./check";
import { fix, report, edited } from "../faults/rule";

const example = `spec A {
  modality X : vector(4)
  modality Y : vector(4)
  latent Z : gaussian(2) from X, Y
  compress I(X; Z)
  keep I(X, Y; Z)
}
`;

export const partialRate: Check = {
  code: "partial-rate",
  severity: "information",
  doc: "The rate of a code covers everything that the code reads. It is also an upper bound on the information about one of the inputs, but a loose one: the term names less than it charges for.",
  example,
  fixed: edited(example, [["compress I(X; Z)", "compress I(X, Y; Z)"]]),
  check(_, { terms }, tree) {
    return terms.flatMap(({ term, role, bound }) => {
      // It gives back what the code holds beside the factor.
      if (bound.family === "chain" || role.kind !== "payment" || role.unpaid.length === 0) return [];
      const others = role.unpaid;
      const about = role.about.map(({ name }) => name);
      const code = role.codes.map(({ name }) => name).join(", ");
      const whole = `I(${[...about, ...others].join(", ")}; ${code})`;
      const message = `\`${code}\` also reads ${quoted(others)}, and its rate includes that: it bounds \`${whole}\`. Write \`${whole}\`, or infer \`${code}\` from ${quoted(about)} only.`;
      const written = writtenTermAt(tree, term.range);
      const more =
        written && role.given.length === 0 ? fix(`Write \`${whole}\``, written.term.range, whole) : {};
      return [report(partialRate, term.range, message, more)];
    });
  },
};
