/** The trainings of a sweep: for each seed, once upward and once downward, the weights carried on from value to value. */
import type { Job, KnobValues, Outcome } from "../job";
import type { Subject } from "../study";
import type { Design } from "./theory";
import type { Direction, SweepOptions } from "./options";
import { carriesNothing, openDirection, startsOf, type Restarted, type Start } from "./starts";

/** One training of a sweep. */
export interface SweepJob {
  knobs: KnobValues;
  seed: number;
  direction: Direction;
  job: Job;
}

/** The trainings of a sweep as far as they are known, and the branches that had to begin anew. */
interface SweepPlan {
  jobs: SweepJob[];
  restarted: Restarted[];
}

/** @param done what a job gave: a branch begins anew where its codes carry nothing and should */
export function sweepPlan(
  subject: Subject,
  options: SweepOptions,
  done: (job: Job) => Outcome | undefined,
): SweepPlan {
  const { derived } = subject;
  const [first, second] = options.knobs;
  const besides: KnobValues[] = second ? second.values.map((value) => ({ [second.name]: value })) : [{}];
  const plan: SweepPlan = { jobs: [], restarted: [] };
  for (const seed of options.seeds)
    for (const beside of besides) {
      const open = openDirection(derived, first!, beside);
      for (const direction of ["down", "up"] as const) {
        const starts = startsOf(derived, options, { seed, direction, open });
        const pathFrom = (start: Start): SweepJob[] =>
          pathOf(subject, options, { seed, beside, direction, start });
        const at = starts.findIndex((start) => {
          const outcome = done(pathFrom(start)[0]!.job);
          return outcome === undefined || !carriesNothing(outcome);
        });
        // Where no start has helped, the first is as good as any.
        const path = pathFrom(starts[Math.max(0, at)]!);
        plan.jobs.push(...path);
        const tried = at < 0 ? starts.length : at + 1;
        if (tried > 1)
          plan.restarted.push({
            ...{ seed, direction, beside, starts: tried },
            ...(at > 0 && { by: starts[at]! }),
          });
      }
    }
  return plan;
}

/** One branch: the values of the first knob in the order of turning, the weights carried on. */
function pathOf(
  { text, uses, location, derived }: Subject,
  { knobs, steps }: SweepOptions,
  {
    seed,
    beside,
    direction,
    start,
  }: { seed: number; beside: KnobValues; direction: Direction; start: Start },
): SweepJob[] {
  const { name, values } = knobs[0]!;
  const turned = direction === "up" ? values : [...values].reverse();
  const path = turned.map((value): KnobValues => ({ ...beside, [name]: value }));
  return path.map((at, leg): SweepJob => {
    const before = [...start.before.map((value) => ({ ...beside, [name]: value })), ...path.slice(0, leg)];
    return {
      knobs: at,
      seed,
      direction,
      job: {
        ...{ text, uses, location, spec: derived.spec.name },
        overrides: { knobs: at, seed: start.seed, ...(steps !== undefined && { steps }) },
        alterations: [],
        before,
      },
    };
  });
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
