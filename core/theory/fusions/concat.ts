import { only, type Fusion } from "./fusion";

export const concat: Fusion = {
  name: "concat",
  doc: "One encoder reads all inputs side by side.",
  options: [],
  experts: false,
  noisy: false,
  fuse: only,
};
