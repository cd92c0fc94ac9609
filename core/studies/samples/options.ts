import { numberOption, wholeOption } from "../options";
import { StudyError, type GivenOptions, type StudyOption } from "../study";
import { correlationOf, type Stated } from "./stated";

export interface SamplesOptions {
  level: number;
  /** Where the answer is that of the closed form. */
  stated?: Stated;
  /** Whether the design is trained on Gaussian samples of what is stated. */
  twin: boolean;
  /** The factor whose score is followed. */
  of?: string;
  /** Training samples of the pilot. */
  pilot?: number;
  measure: boolean;
  seeds: number;
}

const SEEDS = { least: 1, most: 20, fallback: 3 };
const SHARED = { least: 1, most: 64, fallback: 1 };
const PILOT = { least: 40, most: 10_000_000, fallback: 40 };

export const samplesOptions: readonly StudyOption[] = [
  {
    name: "before",
    doc: "answer before any training, by a closed form for linear encoders; implied by --rho and --nats",
  },
  { name: "rho", value: "NUMBER", doc: "correlation of each direction that the two views share, 0 to 1" },
  { name: "nats", value: "NUMBER", doc: "information that the two views share, in place of --rho" },
  {
    name: "shared",
    value: "N",
    doc: `directions that they share, with --rho or --nats; default ${SHARED.fallback}`,
  },
  {
    name: "twin",
    doc: "train this design on Gaussian samples with the stated link, before there are any data; with --rho or --nats",
  },
  {
    name: "pilot",
    value: "N",
    doc: "predict from so many training samples; default all of a file, while a generator is measured",
  },
  { name: "measure", doc: "measure on parts of all the data, and predict nothing" },
  {
    name: "of",
    value: "FACTOR",
    doc: "follow the score of this target or factor, or of the link between two codes, such as I(Zx; Zy); default the first factor of the spec",
  },
  { name: "level", value: "SHARE", doc: "share of the score's final value, 0.5 to 0.99; default 0.9" },
  { name: "seeds", value: "N", doc: `trainings of each number of samples; default ${SEEDS.fallback}` },
];

/** @throws StudyError about an option */
export function readSamples(given: GivenOptions): SamplesOptions {
  const within = (name: string, low: number, high: number): number | undefined => {
    const value = numberOption(given, name);
    if (value === undefined || (value > low && value < high)) return value;
    throw new StudyError(`${name} must be above ${low} and below ${high}, not ${value}.`);
  };
  const level = numberOption(given, "level") ?? 0.9;
  if (level < 0.5 || level > 0.99) throw new StudyError(`level must be from 0.5 to 0.99, not ${level}.`);
  const [stated, nats] = [within("rho", 0, 1), within("nats", 0, 50)];
  if (stated !== undefined && nats !== undefined) throw new StudyError("Give --rho or --nats, not both.");
  const shared = wholeOption(given, "shared", SHARED);
  const rho = nats === undefined ? stated : correlationOf(nats, shared);
  const before = rho !== undefined || given["before"] === true;
  const measure = given["measure"] === true;
  const pilot = given["pilot"] === undefined ? undefined : wholeOption(given, "pilot", PILOT);
  if (measure && pilot !== undefined) throw new StudyError("Give --pilot or --measure, not both.");
  const twin = given["twin"] === true;
  if (twin && rho === undefined) throw new StudyError("--twin needs the link: give --rho or --nats too.");
  const of = given["of"];
  return {
    ...{ level, measure, twin, seeds: wholeOption(given, "seeds", SEEDS) },
    ...(before && { stated: { shared, ...(rho !== undefined && { rho }) } }),
    ...(typeof of === "string" && of !== "" && { of }),
    ...(pilot !== undefined && { pilot }),
  };
}
