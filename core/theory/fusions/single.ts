import { only, type Fusion } from "./fusion";

export const single: Fusion = {
  name: "single",
  doc: "One input, one encoder.",
  options: [],
  experts: false,
  noisy: false,
  fuse: only,
};
