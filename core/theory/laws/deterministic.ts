import type { Law } from "./law";

/** The encoder's output itself. */
export const deterministic: Law = {
  name: "deterministic",
  doc: "A function of its inputs, without noise: its width is the only bottleneck, and it has no rate.",
  deterministic: true,
  outputs: (size) => size,
  read: (mean) => ({ mean }),
  draw: ({ mean }) => ({ law: "deterministic", mean, sample: mean }),
};
