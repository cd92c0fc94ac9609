import type { Check } from "./check";
import { fix, report, edited } from "../faults/rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z) by bernoulli
}
`;

export const bernoulliRange: Check = {
  code: "bernoulli-range",
  severity: "warning",
  doc: "`bernoulli` needs values from 0 to 1. Outside this range its value grows without limit and the loss diverges. Images are read as values from 0 to 1. For other numbers use `gaussian`, or declare the stream as `image`.",
  example,
  fixed: edited(example, [["keep I(X; Z) by bernoulli", "keep I(X; Z)"]]),
  check(_, { terms }) {
    return terms
      .filter(({ bound }) => bound.id === "bernoulli")
      .flatMap(({ term, role, request }) => {
        const stream = role.kind === "decoding" ? role.streams[0] : undefined;
        if (stream === undefined || stream.kind.name === "image" || stream.kind.name === "video") return [];
        const place = request?.range ?? term.range;
        const message = `\`bernoulli\` needs values from 0 to 1, and \`${stream.name}\` is a \`${stream.kind.name}\`. Use \`gaussian\`, unless the data is always in this range.`;
        return [report(bernoulliRange, place, message, fix("Use `gaussian`", place, "gaussian"))];
      });
  },
};
