/** What a spec says of its data, as values of Python: where the rows are, how they are split, how each stream is read. */
import { optionsOf } from "../../data/generator";
import { generatorOf } from "../../data/generators/index";
import { Options } from "../../data/options";
import type { Spec, Stream, Transform } from "../../theory/spec";
import type { NamedValue, PythonValue } from "./python-value";

/** The file of a built-in generator's rows. */
export const ROWS_FILE = "rows.npz";

/**
 * Where the rows are, how they are joined and cut into windows, and how they are split.
 * @throws DataError about an option that cannot be read
 */
export function dataValues({ data }: Spec): NamedValue[] {
  const generator = data && generatorOf(data.source);
  const values = (
    source: string | null,
    splits: PythonValue,
    seed: number,
    labels: string | null,
    { join = null, windows = null }: { join?: PythonValue; windows?: PythonValue } = {},
  ): NamedValue[] => [
    ["SOURCE", generator ? `Rows of the built-in data ${data!.source}.` : "The file of the data.", source],
    ["LABELS", "Of data with one array: the file of its labels.", labels],
    ["JOIN", "Files that are joined, and the field by which.", join],
    ["WINDOWS", "Of recordings: rows of a sample, and rows from one to the next.", windows],
    ["SPLITS", "How rows are split, and the sizes of the splits.", splits],
    ["SPLIT_SEED", "Seed of a random split.", seed],
  ];
  if (generator) {
    const { train, validation, test, seed } = optionsOf(generator, data!);
    return values(ROWS_FILE, { by: "order", train, validation, test }, seed, null);
  }
  if (data === undefined) {
    const splits = { by: "random", train: null, validation: null, test: null, groups: null, stratify: null };
    return values(null, splits, 1, null);
  }
  const options = new Options(data);
  const size = (name: string): number | null => (options.has(name) ? options.integer(name, 1, 1) : null);
  const sizes = { train: size("samples"), validation: size("validation"), test: size("test") };
  const column = options.field("split");
  const splits =
    column === undefined
      ? {
          by: "random",
          ...sizes,
          groups: options.field("groups") ?? null,
          stratify: options.field("stratify") ?? null,
        }
      : { by: "column", column, ...sizes };
  const files = options.texts("join");
  const length = options.integer("window", 1, 0);
  return values(data.source, splits, options.integer("seed", 0, 1), options.text("labels") ?? null, {
    ...(files.length > 0 && { join: { files, key: options.field("key") ?? null } }),
    ...(length > 0 && { windows: { length, step: options.integer("step", 1, length) } }),
  });
}

export const streamsOf = ({ streams }: Spec): PythonValue =>
  Object.fromEntries(streams.map((stream) => [stream.name, streamOf(stream)]));

function streamOf({ name, kind, role, field, fieldTo, transforms, renumber, derived }: Stream): PythonValue {
  const shape = { kind: kind.name, sizes: kind.sizes, role };
  if (derived !== undefined) {
    const { by, of, ...rest } = derived;
    const extra =
      by === "augment"
        ? { picture: kind.name === "image" }
        : by === "partner"
          ? {}
          : { signal: kind.name === "signal" };
    return { ...shape, made: { by, of, ...(rest as Record<string, PythonValue>), ...extra } };
  }
  return {
    ...shape,
    field: field ?? name,
    ...(fieldTo === undefined ? {} : { field_to: fieldTo }),
    transforms: (transforms ?? []).map(transformOf),
    ...(renumber && { renumber: true }),
  };
}

const transformOf = ({ by, between }: Transform): PythonValue =>
  between === undefined ? by : { tuple: [by, between.low, between.high] };
