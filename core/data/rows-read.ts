/** Which fields and rows of a file are read: those that streams and splits ask for, as far as memory is used for them. */
import { presentField } from "./absent-rows";
import type { StreamRequest } from "./bind";
import type { FieldShape, SplitName } from "./dataset";
import type { Splits } from "./splits";
import { bytesOfSample } from "./table";

/** Bytes of all numbers that are read of a file. */
const MOST_HELD = 2 ** 31;
/** Below so many bytes all rows are read, so that samples have the numbers that they have in the file. */
const FEW = 2 ** 26;

/**
 * The fields that streams read, with those that count the words of their texts and mark where they are absent.
 * @param fields that a table has, in its order
 * @param defaults the field that a stream of a name reads where none has that name
 */
export function fieldsRead(
  streams: readonly StreamRequest[],
  fields: readonly FieldShape[],
  defaults: Readonly<Record<string, string>>,
): Set<string> {
  const order = fields.map(({ name }) => name);
  const names = new Set(order);
  const read = new Set<string>();
  for (const stream of streams) {
    const { name, field, fieldTo } = stream;
    const asked = field ?? name;
    const own = names.has(asked) || field !== undefined ? asked : (defaults[asked] ?? asked);
    for (const each of [own, `${own}_length`, presentField(stream, own)]) if (names.has(each)) read.add(each);
    if (fieldTo === undefined) continue;
    // In the other order nothing is between them, and both are needed to say so.
    for (const each of [fieldTo, ...order.slice(order.indexOf(own), order.indexOf(fieldTo) + 1)])
      if (names.has(each)) read.add(each);
  }
  return read;
}

/** How many rows of these fields are held at most. */
export const mostRows = (fields: readonly FieldShape[]): number =>
  Math.floor(MOST_HELD / Math.max(1, bytesOfRow(fields)));

const bytesOfRow = (fields: readonly FieldShape[]): number =>
  fields.reduce((sum, field) => sum + bytesOfSample(field), 0);

/**
 * The rows that some split uses, ascending, and the splits in their numbers; undefined where all rows are read, since all are
 * used or they are few.
 */
export function usedRows(
  splits: Splits,
  samples: number,
  fields: readonly FieldShape[],
): { rows: Int32Array; splits: Splits } | undefined {
  const names: SplitName[] = ["train", "validation", "test"];
  const used = names.reduce((sum, name) => sum + splits[name].length, 0);
  if (used === samples || samples * bytesOfRow(fields) < FEW) return undefined;
  const rows = new Int32Array(used);
  let filled = 0;
  for (const name of names) {
    rows.set(splits[name], filled);
    filled += splits[name].length;
  }
  rows.sort();
  const places = new Int32Array(samples);
  rows.forEach((row, place) => (places[row] = place));
  const own = (name: SplitName): Int32Array => splits[name].map((row) => places[row]!);
  return { rows, splits: { train: own("train"), validation: own("validation"), test: own("test") } };
}
