/** What the parts of a training have in common: where it stands, and what it says. */
import type { FromHost } from "./protocol";

type WithoutGeneration<T> = T extends { generation: number } ? Omit<T, "generation"> : never;
/** What a training says; its host adds the generation. */
export type TrainingMessage = WithoutGeneration<FromHost>;

/** Where a training stands. */
export interface Standing {
  step: number;
  /** Share of the training that is done. */
  progress: number;
  knobs: Record<string, number>;
}
