import type { Prior } from "./prior";

/** A distribution that a network makes of other variables: the level above, or an observed condition. */
export const from: Prior = {
  name: "from",
  doc: "A distribution of the code's law whose parameters are predicted by a network from other variables.",
  mixture: false,
  parameters: ({ guess }) => ({ distribution: guess() }),
};
