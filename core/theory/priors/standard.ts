import type { Prior } from "./prior";

export const standard: Prior = {
  name: "standard",
  doc: "The standard normal. For a `categorical` or `vmf` code it is the uniform distribution.",
  mixture: false,
  parameters: () => undefined,
};
