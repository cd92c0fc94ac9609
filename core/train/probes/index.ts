export { linearProbe } from "./linear";
export { ridgeProbe } from "./ridge";
export { describeProbes, type Score } from "./score";
