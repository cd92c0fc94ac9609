import type { Prior } from "./prior";

export const standard: Prior = {
  name: "standard",
  doc: "The standard normal; of a `categorical` or `vmf` code the uniform distribution.",
  mixture: false,
  parameters: () => undefined,
};
