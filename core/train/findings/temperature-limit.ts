import { LARGEST_TEMPERATURE, LEAST_TEMPERATURE } from "../../theory/bounds/temperature";
import { informationText } from "../../theory/terms/print";
import type { FindingRule } from "./rule";

/** Times its limit within which a temperature counts as at it. */
const NEAR = 1.3;

const spec = `spec S {
  modality X : vector(4)
  modality Y : vector(4)
  latent Zx : sphere(4) from X
  latent Zy : sphere(4) from Y
  keep I(Zx; Zy) by infonce(critic = cosine, temperature = learned)
}
`;

export const temperatureLimit: FindingRule = {
  code: "temperature-limit",
  severity: "warning",
  seen: `A learned temperature is at its limit, ${LEAST_TEMPERATURE} or ${LARGEST_TEMPERATURE}.`,
  why: "At the lower limit the critic is certain of every pair, which training rows reward and others do not; at the upper limit it scores all pairs alike.",
  change: "Write a fixed temperature, such as 0.1, or lower the learning rate.",
  find: ({ temperatures, terms, spec: { training } }) =>
    terms.flatMap(({ term }) => {
      const now = temperatures[term.id];
      if (now === undefined) return [];
      const low = now <= NEAR * LEAST_TEMPERATURE;
      if (!low && now < LARGEST_TEMPERATURE / NEAR) return [];
      const { rate } = training.optimizer;
      return [
        {
          about: term.id,
          fix: { kind: "setting" as const, name: "optimizer" as const, value: rate / 10 },
          message:
            `The temperature of ${informationText(term.information)} is ${Number(now.toPrecision(2))}, its ${low ? "lower" : "upper"} limit being ${low ? LEAST_TEMPERATURE : LARGEST_TEMPERATURE}. ` +
            `Write a fixed one, as in \`temperature = 0.1\`, or lower the learning rate, which is ${rate}.`,
        },
      ];
    }),
  example: { spec, temperatures: { "keep I(Zx; Zy)": 0.0101 } },
  healthy: { spec, temperatures: { "keep I(Zx; Zy)": 0.07 } },
};
