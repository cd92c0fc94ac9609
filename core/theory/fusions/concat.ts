import { only, type Fusion } from "./fusion";

export const concat: Fusion = {
  name: "concat",
  doc: "One encoder reads all inputs, concatenated.",
  options: [],
  experts: false,
  noisy: false,
  fuse: only,
};
