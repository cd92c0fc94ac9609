import { decodingOf } from "../terms/roles";
import { fix, tell, type Check } from "./rule";

export const bernoulliRange: Check = {
  code: "bernoulli-range",
  severity: "warning",
  doc: "`bernoulli` is for values from 0 to 1. Outside them its value grows without limit, and the loss runs away. Pictures are read as 0 to 1; use `gaussian` for other numbers, or declare the stream `image`.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z) by bernoulli
}
`,
  mended: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`,
  check(spec, { terms }) {
    return terms
      .filter(({ bound }) => bound.id === "bernoulli")
      .flatMap(({ term, request }) => {
        const stream = decodingOf(term, spec)?.streams[0];
        if (stream === undefined || stream.kind.name === "image" || stream.kind.name === "video") return [];
        const place = request?.range ?? term.range;
        const message = `\`bernoulli\` needs values from 0 to 1, and \`${stream.name}\` is \`${stream.kind.name}\`. Use \`gaussian\`, or make sure of the data.`;
        return [tell(bernoulliRange, place, message, fix("Use `gaussian`", place, "gaussian"))];
      });
  },
};
