/** What a run is doing, as people read it. */
import type { Phase } from "./protocol";

export const phaseWords: Record<Phase, string> = {
  idle: "ready",
  loading: "loading the data",
  compiling: "compiling",
  training: "training",
  paused: "paused",
  finished: "finished",
  failed: "stopped",
};
