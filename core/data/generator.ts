/**
 * Built-in data: samples drawn from known factors. A generator says what it makes; what every generator has in common
 * (options, sizes of the splits, the seed) is done here once.
 */
import { fieldOf, type DataRequest, type Dataset, type Drawn } from "./dataset";
import { Options } from "./options";
import { consecutiveSplits } from "./splits";

/** A field for people, and as a spec declares it. */
export interface MadeField {
  name: string;
  /** The kind that it fits, with the sizes it has by default: `image(28, 28)`. */
  kind: string;
  /** What is learned from, or what is known of each sample. */
  role: "stream" | "factor";
  /** One line, without a full stop. */
  doc: string;
  /** The only stream that contains it, where it is a factor that others do not contain. */
  only?: string;
  /** The option that has to be above 0 for the data to have it. */
  needs?: string;
}

/** A number that changes what is drawn. */
interface MadeOption {
  name: string;
  doc: string;
  whole: boolean;
  least: number;
  most: number;
  fallback: number;
}

/** What is asked of a generator. */
export interface Sampling {
  seed: number;
  /** Samples of all splits. */
  samples: number;
  /** Values of its own options, by name. */
  options: Readonly<Record<string, number>>;
}

export interface Generator {
  /** As `data "..."` names it. */
  name: string;
  /** What is drawn and what of it is known, in a few sentences. */
  doc: string;
  fields: readonly MadeField[];
  /** Options of its own. */
  options: readonly MadeOption[];
  /**
   * Draws all samples, those that take long on demand; sample `i` depends on the seed, the options and `i` alone. One entry
   * a field, by name.
   */
  draw(sampling: Sampling): Record<string, Drawn>;
}

/** The fields of the data that these options make. */
export const fieldsWith = (
  { fields }: Pick<Generator, "fields">,
  options: Readonly<Record<string, number>>,
): MadeField[] => fields.filter(({ needs }) => needs === undefined || (options[needs] ?? 0) > 0);

/** Options of every generator and their meaning. */
export const COMMON_OPTIONS = {
  samples: "Number of training samples.",
  validation: "Number of validation samples, for the held-out curves.",
  test: "Number of test samples, for the probes.",
  seed: "Seed of the data.",
} as const;

/** More samples than any preview holds: a mistyped number must not ask for all memory. */
const MOST_SAMPLES = 1_000_000;

/** What a request asks of a generator. */
interface Asked extends Pick<Sampling, "seed" | "options"> {
  train: number;
  validation: number;
  test: number;
}

/**
 * The options of a request. `samples` (8,000) are for training; `validation` and `test` (an eighth of `samples` each, if
 * absent) are drawn besides; `seed` is 1 if absent.
 * @throws DataError about an option
 */
export function optionsOf(generator: Generator, request: DataRequest): Asked {
  const given = new Options(request);
  const size = (name: string, fallback: number): number =>
    given.number(name, { whole: true, least: 1, most: MOST_SAMPLES, fallback });
  const train = size("samples", 8000);
  const eighth = Math.max(1, Math.round(train / 8));
  const validation = size("validation", eighth);
  const test = size("test", eighth);
  const seed = given.integer("seed", 0, 1);
  const options = Object.fromEntries(
    generator.options.map((option) => [option.name, given.number(option.name, option)]),
  );
  given.refuseOthers();
  return { train, validation, test, seed, options };
}

/**
 * The data set of a generator, as `optionsOf` reads the request.
 * @throws DataError about an option
 */
export function generate(generator: Generator, request: DataRequest): Dataset {
  const { train, validation, test, seed, options } = optionsOf(generator, request);
  const samples = train + validation + test;
  const drawn = generator.draw({ seed, samples, options });
  return {
    name: generator.name,
    samples,
    fields: Object.fromEntries(
      fieldsWith(generator, options).map(({ name, doc }) => [name, fieldOf(name, doc, drawn[name]!)]),
    ),
    splits: consecutiveSplits({ train, validation, test }),
  };
}
