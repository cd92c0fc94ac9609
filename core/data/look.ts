/** The fields of a file, before it is read. */
import { sizeOf } from "../program/program";
import type { DataRequest, Dataset, Field, FieldShape, ReadFile } from "./dataset";
import { DEFAULT_BINDINGS, openData, twoViews } from "./load";
import { readFields, shapesOf } from "./table";

/** What is known of the fields of a file without reading all of it. */
export interface LookedInto extends Pick<Dataset, "samples" | "defaultBindings" | "skipped"> {
  /** In the order of the file. Values are there where they were read. */
  fields: (FieldShape & Partial<Field>)[];
  /** Where samples are windows of rows: how many rows each has. */
  window?: number;
}

/**
 * The same data before its values are read. Only fields with one number a sample are, since their values show whether they
 * are classes; formats that are read as a whole, such as tables of text, are.
 * @throws DataError as `loadDataset` does
 */
export async function lookInto(request: DataRequest, readFile: ReadFile): Promise<LookedInto> {
  const known = { defaultBindings: DEFAULT_BINDINGS };
  const data = await openData(request, readFile);
  if (data.views !== undefined) {
    const { samples, fields } = await twoViews(request.source, data, data.views);
    return { ...known, samples, fields: Object.values(fields) };
  }
  const { samples, windows } = data;
  const shapes = shapesOf(samples);
  const isThere = ({ name, shape }: FieldShape): boolean =>
    sizeOf(shape) === 1 || !("read" in samples.arrays.get(name)!);
  const { fields, skipped } = await readFields(samples, {
    names: new Set(shapes.filter(isThere).map(({ name }) => name)),
  });
  return {
    ...known,
    samples: samples.samples,
    skipped,
    fields: shapes.flatMap((one): LookedInto["fields"] =>
      isThere(one) ? (Object.hasOwn(fields, one.name) ? [fields[one.name]!] : []) : [one],
    ),
    ...(windows && { window: windows.length }),
  };
}
