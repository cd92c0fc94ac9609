/** The header of an array of numpy's: its shape, its order and the type of its numbers. */
import { bytesOf, type Content } from "./content";
import { countOf, damaged, unsupported, viewOf } from "./file";

/** Whether the bytes begin as a .npy file does. */
export function isNpy(bytes: Uint8Array): boolean {
  return bytes[0] === 0x93 && String.fromCharCode(...bytes.subarray(1, 6)) === "NUMPY";
}

/** What the header of an array says. */
export interface Header {
  /** Where its numbers begin. */
  start: number;
  shape: number[];
  fortran: boolean;
  /** The type as numpy writes it: a code in quotes, or a list of the fields of records. */
  description: string;
}

/** Bytes of a header: longer ones, of records with very many fields, are not looked at. */
const LONGEST_HEADER = 2 ** 20;

/** @throws DataError when it is cut short or damaged */
export async function headerOf(content: Content): Promise<Header> {
  const first = await bytesOf(content, { start: 0, end: Math.min(12, content.size) });
  if (!isNpy(first) || first.length < 12) throw damaged(content, "it does not begin as a .npy array does");
  const view = viewOf(first);
  const long = first[6]! > 1;
  const from = long ? 12 : 10;
  const start = from + (long ? view.getUint32(8, true) : view.getUint16(8, true));
  if (start > content.size) throw damaged(content, "its header is cut short");
  if (start > LONGEST_HEADER) throw damaged(content, `its header claims ${start} bytes`);
  const text = new TextDecoder().decode((await bytesOf(content, { start: 0, end: start })).subarray(from));
  const shape = /'shape':\s*\(([\d,\sL]*)\)/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const description = /'descr':\s*('[^']*'|\[.*\])/s.exec(text)?.[1];
  if (shape === undefined || order === undefined || description === undefined)
    throw damaged(content, "its header does not say shape, order and type");
  return { start, shape: (shape.match(/\d+/g) ?? []).map(Number), fortran: order === "True", description };
}

/** @throws DataError when the file does not end where its array does */
export async function refuseOtherSize(
  content: Content,
  { start, shape }: Header,
  size: number,
): Promise<void> {
  const bytes = countOf(content, shape) * size;
  const end = start + bytes;
  if (content.size === end) return;
  if (
    content.size > end &&
    isNpy(await bytesOf(content, { start: end, end: Math.min(end + 6, content.size) }))
  )
    throw unsupported(
      content,
      "it holds more than one array",
      "Save one array a file, or several in one archive with numpy.savez.",
    );
  throw damaged(
    content,
    `${shape.join(" x ")} numbers of ${size} bytes need ${bytes} bytes, there are ${content.size - start}`,
  );
}
