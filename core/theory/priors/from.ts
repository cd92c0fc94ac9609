import type { Prior } from "./prior";

/** A distribution that a network makes of other variables: the level above, or an observed condition. */
export const from: Prior = {
  name: "from",
  doc: "A distribution of the code's law whose parameters a network makes of other variables.",
  mixture: false,
  parameters: ({ guess }) => ({ distribution: guess() }),
};
