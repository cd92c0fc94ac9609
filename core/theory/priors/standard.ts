import type { Prior } from "./prior";

export const standard: Prior = {
  name: "standard",
  doc: "The standard normal.",
  mixture: false,
  parameters: () => undefined,
};
