import { quoted } from "../../language/text";
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
  find({ random = [] }) {
    if (random.length === 0) return [];
    const are = random.length === 1 ? "is frozen at its" : "are frozen at their";
    return [
      {
        message: `${quoted(random)} ${are} random first weights. Open the weights with which ${random.length === 1 ? "it was" : "they were"} trained.`,
      },
    ];
  },
  example: { spec, random: ["Z"] },
  healthy: { spec },
};
