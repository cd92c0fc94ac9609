import type { DataReader, FileArray, NotNumbers, UnreadArray } from "../reader";
import { contentOf, type Content } from "./content";
import { headerOf, isNpy, refuseOtherSize } from "./npy-header";
import { TYPES } from "./npy-numbers";
import { fieldsOfRecord, recordField } from "./npy-records";
import { readNumbers } from "./npy-rows";
import { readTexts, textType } from "./npy-texts";

/** What arrays of other types contain, by the first letter of the type's code. */
const NOT_NUMBERS: Readonly<Record<string, string>> = {
  O: "Python objects, such as rows of different lengths",
  U: "text",
  S: "text",
  c: "complex numbers",
  M: "dates",
  m: "durations",
};

export const npy: DataReader = {
  id: "npy",
  title: "NumPy array (`.npy`)",
  doc: "One field, named after the file; of an array of records, one field for each of theirs, by its name. Only the rows that are used are read.",
  limits:
    "Real, whole and truth numbers of either byte order, in C or Fortran order; whole numbers up to 2^53.",
  example: {
    python: 'numpy.save("pictures.npy", pictures)',
    spec: [
      'data "pictures.npy" { labels = "labels.npy" }',
      "modality picture : image(28, 28) = pictures",
      "observe label : label(10)",
    ].join("\n"),
  },
  inOrder: true,
  recognises: isNpy,
  arrays: async (source) => {
    const found = await openNpy(contentOf(source));
    return found instanceof Map ? found : new Map([[stem(source.uri), found]]);
  },
};

/** "digits/train.npy.gz" -> "train". */
const stem = (uri: string): string => uri.split(/[\\/]/).at(-1)!.split(".")[0]! || "values";

/**
 * Opens an array in numpy's .npy format, versions 1 to 3 (numpy.lib.format): real, whole and truth numbers of either byte
 * order, in C or Fortran order.
 * @returns the array, or `notNumbers` naming its type instead; of records, an array for each of their fields
 * @throws DataError when it is cut short or damaged
 */
export async function openNpy(content: Content): Promise<UnreadArray | NotNumbers | Map<string, FileArray>> {
  const header = await headerOf(content);
  const { description, shape } = header;
  if (description.startsWith("[")) {
    const fields = fieldsOfRecord(description);
    if (fields === undefined || header.fortran)
      return { notNumbers: "it contains records within records; save each of their fields as an array" };
    await refuseOtherSize(content, header, fields.size);
    return new Map(
      fields.named.map((field) => [field.name, recordField(content, header, field, fields.size)]),
    );
  }
  const [, byteOrder, code = ""] = /^'([<>|=])?(\w+)(?:\[\w+\])?'$/.exec(description) ?? [];
  const big = byteOrder === ">";
  const type = Object.hasOwn(TYPES, code) ? TYPES[code] : undefined;
  if (type !== undefined) {
    await refuseOtherSize(content, header, type.size);
    return {
      shape,
      dtype: type.dtype,
      read: (rows) => readNumbers(content, header, { type, code, big }, rows),
    };
  }
  const text = textType(code);
  if (text !== undefined && shape.every((length, axis) => axis === 0 || length === 1)) {
    await refuseOtherSize(content, header, text.size);
    return {
      shape: shape.slice(0, 1),
      dtype: "int32",
      read: (rows) => readTexts(content, header, { ...text, big }, rows),
    };
  }
  const kind = NOT_NUMBERS[code[0] ?? ""];
  return { notNumbers: `it contains ${kind === undefined ? "" : `${kind}, `}numpy's type ${description}` };
}
