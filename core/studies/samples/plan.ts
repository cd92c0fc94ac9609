/** The trainings of the study of samples: on fewer samples, and on Gaussian twins. */
import type { Job } from "../job";
import type { Subject } from "../study";
import type { LinkedPair } from "./pair";

/** What all trainings of a study have in common. */
export interface Protocol {
  subject: Subject;
  /** Of every training, whatever its number of samples: else a curve would show optimisation. */
  steps: number | undefined;
  seeds: readonly number[];
  /** Training samples of the pilot; all that there are where undefined. */
  pilot: number | undefined;
}

/** Each size is this many times the one before. */
export const STEP = 1.75;

/** So many validation rows for each training row choose the checkpoint. */
const VALIDATION = 0.25;
export const validationOf = (rows: number): number => Math.max(8, Math.round(VALIDATION * rows));
export const TEST = 2000;
/** Values of both views in all samples that are drawn, at most. */
export const MOST_VALUES = 4e7;

const jobOf = (
  { subject: { text, uses, location, derived }, steps }: Protocol,
  seed: number,
  alterations: Job["alterations"],
  longer: number,
): Job => ({
  ...{ text, uses, location, spec: derived.spec.name },
  overrides: { seed, ...(steps !== undefined && { steps: steps * longer }) },
  alterations,
  light: true,
});

/** The rows of the pilot, which do not depend on a seed. */
const pilotRows = ({ pilot }: Protocol): Job["alterations"] =>
  pilot === undefined ? [] : [{ id: "rows", count: pilot, seed: 0, validation: validationOf(pilot) }];

/** All data of the spec, as they are. */
export const wholeJob = (protocol: Protocol, seed: number): Job => jobOf(protocol, seed, [], 1);

/** Fewer training samples of the pilot, nested for each seed. @param longer how many times the steps */
export const dataJobs = (protocol: Protocol, rows: number, seeds = protocol.seeds, longer = 1): Job[] =>
  seeds.map((seed) =>
    jobOf(
      protocol,
      seed,
      [...pilotRows(protocol), { id: "rows", count: rows, seed, validation: validationOf(rows) }],
      longer,
    ),
  );

/** Directions that a twin looks for at most. */
const MOST_SHARED = 4;

/** The twin of the pilot, with so many training samples. */
export const twinJobs = (
  protocol: Protocol,
  { left, right }: LinkedPair,
  rows: number,
  seeds = protocol.seeds,
  longer = 1,
): Job[] =>
  seeds.map((seed) =>
    jobOf(
      protocol,
      seed,
      [
        ...pilotRows(protocol),
        {
          ...{ id: "twin", left: left.name, right: right.name, most: MOST_SHARED, seed },
          ...{ train: rows, validation: validationOf(rows), test: TEST },
        },
      ],
      longer,
    ),
  );
