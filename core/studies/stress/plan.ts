/** The trainings of a stress test: the design at several seeds, each change at some of them, and readers of what is left. */
import type { Job } from "../job";
import type { Subject } from "../study";
import { readerText } from "./reader";
import { isRefusal } from "./statements";
import type { Design, Variant } from "./tests/test";
import { waysOf } from "./ways";

/** Seeds at which every change is trained first. */
export const FIRST_SEEDS = 2;

const jobOf = ({ text, uses, location, derived }: Subject): Omit<Job, "overrides"> => ({
  ...{ text, uses, location, spec: derived.spec.name },
  alterations: [],
  light: true,
});

/** The design as it is, at so many seeds. */
export const designJobs = (subject: Subject, seeds: number): Job[] =>
  Array.from({ length: seeds }, (_, i) => ({
    ...jobOf(subject),
    overrides: { seed: subject.derived.spec.training.seed + i },
  }));

/** A change, at the seeds of these trainings of the design and as long as they are. */
export const variantJobs = (subject: Subject, variant: Variant, base: readonly Job[], steps: number): Job[] =>
  base.map(({ overrides: { seed } }) => ({
    ...jobOf(subject),
    ...(variant.text !== undefined && { text: variant.text, uses: {} }),
    overrides: { seed: seed!, steps, ...(variant.knobs && { knobs: variant.knobs }) },
    alterations: variant.alterations ?? [],
  }));

/** Readers of a factor for a change that is judged by what could be kept: one for each set of streams that terms connect. */
export function readerJobs(
  subject: Subject,
  { written }: Design,
  { limits, alterations = [] }: Variant,
  factor: string,
  steps: number,
): { streams: readonly string[]; job: Job }[] {
  if (limits === undefined || isRefusal(written)) return [];
  const { seed } = subject.derived.spec.training;
  return waysOf(limits, factor).flatMap((way) =>
    way.flatMap((streams) => {
      const text = readerText(written, streams, factor);
      if (text === undefined) return [];
      return [
        { streams, job: { ...jobOf(subject), text, uses: {}, overrides: { seed, steps }, alterations } },
      ];
    }),
  );
}
