import type { DataReader, UnreadArray } from "../reader";
import { bytesOf, contentOf, type Content } from "./content";
import { countOf, damaged, viewOf } from "./file";
import { TYPES } from "./npy-numbers";
import { readNumbers } from "./npy-rows";

/** numpy's code of each type code of the format; numbers are big-endian. */
const CODES: Readonly<Record<number, string>> = {
  0x08: "u1",
  0x09: "i1",
  0x0b: "i2",
  0x0c: "i4",
  0x0d: "f4",
  0x0e: "f8",
};

/** Whether the bytes begin as an IDX file does: two zeros, a type code, and at least one dimension. */
function isIdx(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && bytes[1] === 0 && bytes[2]! in CODES && bytes[3]! >= 1;
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
  inOrder: true,
  recognises: isIdx,
  async arrays(source) {
    const array = await openIdx(contentOf(source));
    return new Map([[array.shape.length === 1 ? "label" : "image", array]]);
  },
};

/**
 * Opens an array in the IDX format of MNIST (LeCun, Cortes, Burges).
 * @throws DataError when it is cut short or longer than its header says
 */
async function openIdx(content: Content): Promise<UnreadArray> {
  const first = await bytesOf(content, { start: 0, end: Math.min(4, content.size) });
  if (!isIdx(first)) throw damaged(content, "it does not begin as an IDX array does");
  const code = CODES[first[2]!]!;
  const type = TYPES[code]!;
  const start = 4 + 4 * first[3]!;
  if (start > content.size) throw damaged(content, "its header is cut short");
  const view = viewOf(await bytesOf(content, { start: 0, end: start }));
  const shape = Array.from({ length: first[3]! }, (_, axis) => view.getUint32(4 + 4 * axis));
  const bytes = countOf(content, shape) * type.size;
  if (content.size - start !== bytes) {
    throw damaged(
      content,
      `${shape.join(" x ")} numbers of ${type.size} bytes need ${bytes} bytes, there are ${content.size - start}`,
    );
  }
  return {
    shape,
    dtype: type.dtype,
    read: (rows) => readNumbers(content, { start, shape, fortran: false }, { type, code, big: true }, rows),
  };
}
