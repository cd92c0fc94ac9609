/** What kind of bound links two codes: a critic of pairs, or their covariances. */
import { bounds } from "../bounds/index";

/** Whether the bounds of a family score pairs by a critic. */
export const hasCritic = (family: string): boolean =>
  bounds.some((bound) => bound.family === family && bound.options.some(({ name }) => name === "critic"));
