/** Shape of a description of data; see `protocol-check`. */
import type {
  ClassCount,
  ColumnDescription,
  DataDescription,
  Spread,
  StreamDescription,
} from "./data-description";
import { count, list, number, object, optional, orNull, text, word } from "./shape";

const value = orNull(number);
const spread = { least: value, most: value, mean: value, standardDeviation: value };
const splits = { train: count, validation: count, test: count };

export const dataDescription = object<DataDescription>({
  spec: text,
  source: text,
  samples: count,
  splits: object<DataDescription["splits"]>(splits),
  streams: list(
    object<StreamDescription>({
      name: text,
      role: word("modality", "target", "observe"),
      kind: text,
      field: orNull(text),
      shape: list(count),
      axes: optional(text),
      looked: count,
      missing: count,
      absent: optional(object<DataDescription["splits"]>(splits)),
      ...spread,
      histogram: list(count),
      columns: list(
        object<ColumnDescription>({
          index: count,
          name: optional(text),
          histogram: list(count),
          ...spread,
          median: number,
        }),
      ),
      constant: list(count),
      outlying: list(count),
      transforms: list(object({ by: text, text })),
      classes: optional(list(object<ClassCount>({ class: count, name: optional(text), ...splits }))),
      words: optional(object<Spread>(spread)),
      made: optional(
        object<NonNullable<StreamDescription["made"]>>({
          by: word("augment", "past", "future", "partner"),
          of: text,
        }),
      ),
    }),
  ),
  taken: list(text),
  skipped: list(object({ name: text, reason: text })),
});
