import { informationText } from "../../../theory/terms/print";
import type { DataRule } from "./rule";
import { rounded } from "../../../language/number-text";

/** How far the number may be off: the estimate moves by its logarithm. */
const OFF = 1.05;

const spec = `spec S {
  modality X : scalar
  latent Z : gaussian(2) from X
  compress I(X; Z)
  compress TC(Z) by mws(samples = 1000)
  keep I(X; Z)
  train { batch = 16 }
}
`;
const field = { shape: [], values: Array.from({ length: 80 }, (_, i) => Math.sin(i)) };

export const miscountedSamples: DataRule = {
  code: "miscounted-samples",
  severity: "warning",
  seen: "`samples` of `mws` is not the number of training samples.",
  why: "`mws` weights a batch for the number of samples that it was drawn from, so each estimate is wrong by the logarithm of the factor between the two numbers.",
  change: "Write the number of training samples.",
  find: ({ terms, splits: { train } }) =>
    terms.flatMap(({ bound, term, request }) => {
      const asked = request?.options.samples;
      if (bound.id !== "mws" || typeof asked !== "number") return [];
      const factor = Math.max(asked / train.length, train.length / asked);
      if (factor < OFF) return [];
      return [
        {
          about: term.id,
          message:
            `\`${informationText(term.information)}\` by \`mws\` is estimated for ${asked} training samples, and there are ${train.length}: ` +
            `each estimate is off by log ${rounded(factor)} = ${Math.log(factor).toFixed(2)} nats. Write \`samples = ${train.length}\`.`,
        },
      ];
    }),
  example: { spec, fields: { X: field } },
  healthy: { spec: spec.replace("1000", "40"), fields: { X: field } },
};
