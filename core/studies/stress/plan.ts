/** The trainings of a stress test: the design at several seeds, each change at some of them, and readers of what is left. */
import type { Job } from "../job";
import type { Subject } from "../study";
import { readerText } from "./reader";
import { isRefusal } from "./statements";
import type { Design, Variant } from "./tests/test";

/** Seeds at which every change is trained first. */
export const FIRST_SEEDS = 2;

const jobOf = ({ text, uses, location, derived }: Subject): Omit<Job, "overrides"> => ({
  ...{ text, uses, location, spec: derived.spec.name },
  alterations: [],
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

/** A reader of the streams that a change leaves, for a factor. */
export function readerJob(
  subject: Subject,
  { written }: Design,
  { reads }: Variant,
  factor: string,
  steps: number,
): Job | undefined {
  if (reads === undefined || isRefusal(written)) return undefined;
  const text = readerText(written, reads, factor);
  const { seed } = subject.derived.spec.training;
  return text === undefined ? undefined : { ...jobOf(subject), text, uses: {}, overrides: { seed, steps } };
}
