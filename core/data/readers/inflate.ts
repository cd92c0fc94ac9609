/** Decompression of deflate data, within a budget. */
import { inflateSync } from "fflate";
import { DataError } from "../dataset";
import type { DataSource } from "../reader";
import { crc32 as slowCrc32 } from "./crc32";
import { damaged, unsupported, type DataFile } from "./file";

/** Deflate cannot shrink by more than this, so a larger claim of size is false and needs no memory. */
export const MOST_SHRINKING = 1032;

/** Bytes that a compressed file may decompress to: what one array of bytes can hold. */
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

export const tooLarge = (file: Pick<DataFile, "uri" | "about">, most = MOST_UNPACKED): DataError =>
  unsupported(
    file,
    `it decompresses to more than ${most / 2 ** 30} GiB`,
    "Keep only the arrays and rows that the spec reads, or save it without compression.",
  );

/** Bytes that what comes in pieces may decompress to: only time is spent on them. */
export const MOST_PASSED = 2 ** 35;

/**
 * The content of raw deflate data in pieces, checked against the size and checksum that were promised for it.
 * @throws DataError when they differ
 */
export async function* inflating(
  file: Pick<DataSource, "uri" | "about" | "crc32" | "inflateRaw">,
  pieces: AsyncIterable<Uint8Array>,
  promised: { packed: number; size: number; crc: number; name: string },
): AsyncGenerator<Uint8Array> {
  const { packed, size, crc, name } = promised;
  const { crc32 = slowCrc32 } = file;
  if (size > MOST_SHRINKING * packed + 64) throw damaged(file, `${name} is cut short`);
  if (size > MOST_PASSED) throw tooLarge(file, MOST_PASSED);
  let [found, length] = [0, 0];
  for await (const piece of inflatedPieces(file, pieces, name)) {
    length += piece.length;
    found = crc32(piece, found);
    if (length > size) break;
    // The last piece is handed on once it is known to be right.
    if (length === size && found !== crc) break;
    yield piece;
  }
  if (length !== size || found !== crc) throw damaged(file, `${name} fails its checksum`);
}

/** @throws DataError where they do not decompress, or are not read */
async function* inflatedPieces(
  file: Pick<DataSource, "uri" | "about" | "inflateRaw">,
  pieces: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  try {
    yield* (file.inflateRaw ?? inflateRaw)(pieces);
  } catch (error) {
    throw error instanceof DataError ? error : damaged(file, `${name} does not decompress`);
  }
}

/** Decompression that browsers have too, several times as fast as one in JavaScript. */
async function* inflateRaw(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream("deflate-raw");
  const writer = writable.getWriter();
  const write = async (): Promise<void> => {
    for await (const piece of pieces) await writer.write(piece as Uint8Array<ArrayBuffer>);
    await writer.close();
  };
  // What fails on this side arrives at the other.
  void write().catch((error: unknown) => writer.abort(error).catch(() => undefined));
  const reader = readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

/** Whether raw deflate data gives what was promised for it; undefined where it does not. */
export function inflatedIfWhole(packed: Uint8Array, size: number, crc: number): Uint8Array | undefined {
  if (size > MOST_SHRINKING * packed.length + 64) return undefined;
  const content = inflated(packed, size);
  return content?.length === size && slowCrc32(content) === crc ? content : undefined;
}

function inflated(packed: Uint8Array, size: number): Uint8Array | undefined {
  try {
    // One byte more than promised, so that content that is longer than that is noticed.
    return inflateSync(packed, { out: new Uint8Array(size + 1) });
  } catch {
    return undefined;
  }
}
