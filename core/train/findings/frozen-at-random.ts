import { count, quoted } from "../../language/text";
import type { Rule } from "./rule";
import type { Beginning, BeginningExample } from "./fresh-weights";

const spec = `spec S {
  modality X : vector(4)
  target L : label(3)
  latent Z : gaussian(2) from X frozen
  keep I(L; Z)
}
`;

export const frozenAtRandom: Rule<Beginning, BeginningExample> = {
  code: "frozen-at-random",
  severity: "warning",
  seen: "A frozen code has no trained weights: none were opened, and no training came before in which it was trained.",
  why: "Its encoder stays at random first weights, so the code is a random function of its inputs.",
  change: "Open the weights with which it was trained, by `Open weights` in the panel or `--weights`.",
  find({ random }) {
    if (random === undefined) return [];
    const { codes, weights } = random;
    const [are, encoder, were] =
      codes.length === 1 ? ["is", "its encoder", "it was"] : ["are", "their encoders", "they were"];
    return [
      {
        message: `${quoted(codes)} ${are} frozen, but ${count(weights, "weight")} of ${encoder} have random first values. Open the weights with which ${were} trained.`,
      },
    ];
  },
  example: { spec, random: { codes: ["Z"], weights: 17_000 } },
  healthy: { spec },
};
