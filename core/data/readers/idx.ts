import type { FieldType } from "../dataset";
import { whole, type DataReader, type NumberArray } from "../reader";
import { countOf, damaged, viewOf, type DataFile } from "./file";

/** Size and reading of each type code of the format; numbers are big-endian. */
const TYPES: Readonly<
  Record<number, { size: number; dtype: FieldType; read: (view: DataView, at: number) => number }>
> = {
  0x08: { size: 1, dtype: "uint8", read: (view, at) => view.getUint8(at) },
  0x09: { size: 1, dtype: "int32", read: (view, at) => view.getInt8(at) },
  0x0b: { size: 2, dtype: "int32", read: (view, at) => view.getInt16(at) },
  0x0c: { size: 4, dtype: "int32", read: (view, at) => view.getInt32(at) },
  0x0d: { size: 4, dtype: "float32", read: (view, at) => view.getFloat32(at) },
  0x0e: { size: 8, dtype: "float32", read: (view, at) => view.getFloat64(at) },
};

/** Whether the bytes begin as an IDX file does: two zeros, a type code, and at least one dimension. */
function isIdx(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && bytes[1] === 0 && bytes[2]! in TYPES && bytes[3]! >= 1;
}

export const idx: DataReader = {
  id: "idx",
  title: "IDX",
  doc: "One field: `label` for a row of numbers, `image` for anything else.",
  limits: "All types of the format.",
  example: {
    spec: [
      'data "train-images-idx3-ubyte.gz" { labels = "train-labels-idx1-ubyte.gz" }',
      "modality picture : image(28, 28) = image",
      "observe label : label(10)",
    ].join("\n"),
  },
  recognises: isIdx,
  async arrays(source) {
    const array = readIdx(await whole(source));
    return new Map([[array.shape.length === 1 ? "label" : "image", array]]);
  },
};

/**
 * Reads an array in the IDX format of MNIST (LeCun, Cortes, Burges).
 * @throws DataError when it is cut short or longer than its header says
 */
function readIdx(file: DataFile): NumberArray {
  const { bytes } = file;
  if (!isIdx(bytes)) throw damaged(file, "it does not begin as an IDX array does");
  const type = TYPES[bytes[2]!]!;
  const view = viewOf(bytes);
  const start = 4 + 4 * bytes[3]!;
  if (start > bytes.length) throw damaged(file, "its header is cut short");
  const shape = Array.from({ length: bytes[3]! }, (_, axis) => view.getUint32(4 + 4 * axis));
  const count = countOf(file, shape);
  if (bytes.length - start !== count * type.size) {
    throw damaged(
      file,
      `${shape.join(" x ")} numbers of ${type.size} bytes need ${count * type.size} bytes, there are ${bytes.length - start}`,
    );
  }
  const values = new { float32: Float32Array, uint8: Uint8Array, int32: Int32Array }[type.dtype](count);
  for (let i = 0; i < count; i++) values[i] = type.read(view, start + i * type.size);
  return { shape, dtype: type.dtype, values };
}
