/** Decompression of deflate data, within a budget. */
import { inflateSync } from "fflate";
import type { DataError } from "../dataset";
import { crc32, damaged, unsupported, type DataFile } from "./file";

/** Deflate cannot shrink by more than this, so a larger claim of size is false and needs no memory. */
const MOST_SHRINKING = 1032;

/** Bytes that one file may decompress to, all its entries together: what one array of numbers can hold. */
export const MOST_UNPACKED = 2 ** 31;

/** How much of a file has been decompressed. */
export class Budget {
  private left = MOST_UNPACKED;

  constructor(private readonly file: DataFile) {}

  /** @throws DataError when so many bytes more are too many */
  take(size: number): void {
    this.left -= size;
    if (this.left < 0) throw tooLarge(this.file);
  }
}

export const tooLarge = (file: DataFile): DataError =>
  unsupported(
    file,
    `it decompresses to more than ${MOST_UNPACKED / 2 ** 30} GiB`,
    "Keep only the arrays and rows that the spec reads, or save it without compression.",
  );

/**
 * Raw deflate data, checked against the size and checksum that were promised for it.
 * @throws DataError when they differ
 */
export function inflate(
  file: DataFile,
  packed: Uint8Array,
  size: number,
  crc: number,
  what: string,
): Uint8Array {
  if (size > MOST_SHRINKING * packed.length + 64) throw damaged(file, `${what} is cut short`);
  const content = inflated(packed, size);
  if (content === undefined) throw damaged(file, `${what} does not decompress`);
  if (content.length !== size || crc32(content) !== crc) throw damaged(file, `${what} fails its checksum`);
  return content;
}

/** Whether raw deflate data gives what was promised for it; undefined where it does not. */
export function inflatedIfWhole(packed: Uint8Array, size: number, crc: number): Uint8Array | undefined {
  if (size > MOST_SHRINKING * packed.length + 64) return undefined;
  const content = inflated(packed, size);
  return content?.length === size && crc32(content) === crc ? content : undefined;
}

function inflated(packed: Uint8Array, size: number): Uint8Array | undefined {
  try {
    // One byte more than promised, so that content that is longer than that is noticed.
    return inflateSync(packed, { out: new Uint8Array(size + 1) });
  } catch {
    return undefined;
  }
}
