import type { Tests } from "./test";
import { SEED } from "./test";

/** The share of the training rows that stays. */
const SHARE = 1 / 4;

export const fewer: Tests = {
  ids: ["fewer"],
  doc: "A quarter of the training samples, and as many steps.",
  of: ({ rows }) => [
    {
      id: "fewer",
      kind: "shift",
      advice: () => "Collect more samples: `bottleneck samples` estimates how many it takes.",
      variants: [
        {
          title: "A quarter of the training samples",
          alterations: [{ id: "rows", count: Math.max(1, Math.floor(SHARE * rows)), seed: SEED }],
        },
      ],
    },
  ],
};
