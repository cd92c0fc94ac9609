import type { Prior } from "./prior";

export const standard: Prior = {
  name: "standard",
  doc: "The standard normal.",
  parameters: () => undefined,
};
