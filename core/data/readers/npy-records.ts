/** Records of numpy's, whose fields are arrays of their own. */
import { sizeOf } from "../../program/program";
import type { NotNumbers, UnreadArray } from "../reader";
import type { Content } from "./content";
import type { Header } from "./npy-header";
import { TYPES, type NumpyType } from "./npy-numbers";
import { bytesOfRows, keep } from "./npy-rows";

interface RecordField {
  name: string;
  /** Of one record. */
  shape: number[];
  code: string;
  big: boolean;
  /** Undefined where they are no numbers. */
  type: NumpyType | undefined;
  /** Bytes of a record before it. */
  offset: number;
}

/** The bytes of one value, by numpy's code of its type. */
function sizeOfCode(code: string): number {
  const [, letter = "", digits = "0"] = /^([A-Za-z])(\d+)$/.exec(code) ?? [];
  return letter === "U" ? 4 * Number(digits) : letter === "O" ? 8 : Number(digits);
}

/**
 * The fields of records by numpy's description of them, without padding, and the bytes of one record.
 * @returns undefined where a field is a record itself
 */
export function fieldsOfRecord(description: string): { named: RecordField[]; size: number } | undefined {
  const named: RecordField[] = [];
  let [offset, rest] = [0, description.slice(1, -1)];
  while (rest.trim() !== "") {
    const found = FIELD.exec(rest);
    if (found === null) return undefined;
    const [all, name = "", mark = "", code = "", inner = ""] = found;
    const shape = (inner.match(/\d+/g) ?? []).map(Number);
    const type = Object.hasOwn(TYPES, code) ? TYPES[code] : undefined;
    if (name !== "") named.push({ name, shape, code, big: mark === ">", type, offset });
    offset += sizeOfCode(code) * sizeOf(shape);
    rest = rest.slice(all.length);
  }
  return { named, size: offset };
}

/** `('name', '<f4'), ` or `('name', '<f4', (3,)), `; a field with a title has its name second. */
const FIELD = /^\s*\((?:\('[^']*',\s*)?'([^']*)'\)?,\s*'([<>|=]?)(\w+)'(?:,\s*\(([\d,\s]*)\))?\),?\s*/;

/** A field of records, as an array of its own. */
export function recordField(
  content: Content,
  header: Header,
  field: RecordField,
  size: number,
): UnreadArray | NotNumbers {
  const { type, code, big, offset, shape: inner } = field;
  if (type === undefined) return { notNumbers: `it contains numpy's type '${code}'` };
  const shape = [...header.shape, ...inner];
  const bytes = sizeOf(inner) * type.size;
  return {
    shape,
    dtype: type.dtype,
    read: (rows) =>
      keep(
        partOfEach(bytesOfRows(content, header, size, rows), { size, offset, bytes }),
        { type, code, big },
        { shape: rows === undefined ? shape : [rows.length, ...shape.slice(1)] },
      ),
  };
}

/** The same bytes of each record of `size` bytes. */
async function* partOfEach(
  pieces: AsyncIterable<Uint8Array>,
  { size, offset, bytes }: { size: number; offset: number; bytes: number },
): AsyncGenerator<Uint8Array> {
  let place = 0;
  for await (const piece of pieces)
    for (let at = 0; at < piece.length;) {
      const take = Math.min(size - place, piece.length - at);
      const [from, to] = [Math.max(offset, place), Math.min(offset + bytes, place + take)];
      if (from < to) yield piece.subarray(at + from - place, at + to - place);
      place = (place + take) % size;
      at += take;
    }
}
