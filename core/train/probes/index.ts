export { linearProbe } from "./linear";
export { ridgeProbe } from "./ridge";
export type { Score } from "./score";
