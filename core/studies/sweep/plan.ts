/** The trainings of a sweep: for each seed, once upward and once downward, the weights carried on from value to value. */
import type { Job, KnobValues } from "../job";
import type { Subject } from "../study";
import type { Design } from "./theory";
import type { SweepOptions } from "./options";

export type Direction = "up" | "down";

/** One training of a sweep. */
export interface SweepJob {
  knobs: KnobValues;
  seed: number;
  direction: Direction;
  job: Job;
}

export function sweepJobs({ text, uses, location, derived }: Subject, options: SweepOptions): SweepJob[] {
  const { knobs, seeds, steps } = options;
  const [first, second] = knobs;
  const besides: KnobValues[] = second ? second.values.map((value) => ({ [second.name]: value })) : [{}];
  return seeds.flatMap((seed) =>
    besides.flatMap((beside) =>
      (["down", "up"] as const).flatMap((direction) => {
        const { name, values } = first!;
        const path = (direction === "up" ? values : [...values].reverse()).map((value): KnobValues => ({
          ...beside,
          [name]: value,
        }));
        return path.map((at, leg): SweepJob => {
          // The first value is trained twice as long, since it begins with fresh weights.
          const before = [path[0]!, ...path.slice(0, leg)];
          return {
            knobs: at,
            seed,
            direction,
            job: {
              ...{ text, uses, location, spec: derived.spec.name },
              overrides: { knobs: at, seed, ...(steps !== undefined && { steps }) },
              alterations: [],
              before,
            },
          };
        });
      }),
    ),
  );
}

/** One step on data whose second moments are found first: what theory is computed from. */
export function factsJob(
  { text, uses, location, derived }: Subject,
  { seeds }: SweepOptions,
  { from, of }: Design,
): Job {
  return {
    ...{ text, uses, location, spec: derived.spec.name },
    overrides: { seed: seeds[0]!, steps: 1 },
    alterations: [{ id: "spectra", left: from, right: of }],
  };
}
