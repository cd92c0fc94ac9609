/** A gzip file as the file that it holds. */
import { DataError } from "../dataset";
import { inMemory, whole, type DataSource } from "../reader";
import { piecesOf } from "./content";
import { damaged, unsupported, viewOf } from "./file";
import { gunzip, isGzip } from "./gzip";
import { MOST_PASSED, tooLarge } from "./inflate";

/** Bytes that are kept where a file has no more: a piece that is read holds as many. */
const FEW = 2 ** 22;

/**
 * Decompresses all of a gzip file once, which shows its size and that it is whole. A long one is not kept: its bytes are
 * decompressed again as they are read, from its beginning where they are before those that were read last.
 * @throws DataError when it is cut short, fails a checksum, or is compressed twice
 */
export async function decompressed(source: DataSource): Promise<DataSource> {
  const found = source.gunzip === undefined ? inMemory(await held(source)) : await inPieces(source);
  // Whoever compresses twice by mistake gains nothing by it, and a deep nest costs everything.
  if (isGzip(await found.read(0, Math.min(2, found.size))))
    throw unsupported(
      source,
      "it is gzip within gzip",
      "Decompress it once with gunzip, and name the result.",
    );
  return found;
}

/** The whole content, where the host does not decompress in pieces. */
async function held(source: DataSource) {
  const file = await whole(source);
  return { ...file, bytes: gunzip(file) };
}

async function inPieces(source: DataSource): Promise<DataSource> {
  const { uri, about, crc32 } = source;
  const last = await source.read(Math.max(0, source.size - 4), source.size);
  // Of several members only the last one's size is there.
  const promised = last.length < 4 ? 0 : viewOf(last).getUint32(0, true);
  const kept = promised > FEW ? undefined : new Uint8Array(promised);
  let size = 0;
  for await (const piece of contentOf(source)) {
    if (kept !== undefined && size + piece.length <= promised) kept.set(piece, size);
    size += piece.length;
    if (size > MOST_PASSED) throw tooLarge(source, MOST_PASSED);
  }
  if (kept !== undefined && size === promised) return inMemory({ uri, about, bytes: kept });
  return { uri, about, size, ...(crc32 && { crc32 }), read: readerOf(source) };
}

/** @throws DataError when it is damaged, or cannot be read */
async function* contentOf(source: DataSource): AsyncGenerator<Uint8Array> {
  const { size } = source;
  try {
    yield* source.gunzip!(piecesOf(source, [{ start: 0, end: size }], { reused: false }));
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw damaged(source, "its content is cut short or fails its checksum");
  }
}

/** Reads the content from where it was read last; from its beginning for bytes before that. */
function readerOf(source: DataSource): DataSource["read"] {
  let pieces: AsyncGenerator<Uint8Array> | undefined;
  let piece = new Uint8Array();
  /** Where the piece begins. */
  let at = 0;
  return async (start, end, into) => {
    const bytes =
      into && into.length >= end - start ? into.subarray(0, end - start) : new Uint8Array(end - start);
    if (pieces === undefined || start < at) {
      await pieces?.return(undefined);
      [pieces, piece, at] = [contentOf(source), new Uint8Array(), 0];
    }
    for (let filled = 0; filled < bytes.length;) {
      const from = start + filled - at;
      if (from < piece.length) {
        const part = piece.subarray(from, from + bytes.length - filled);
        bytes.set(part, filled);
        filled += part.length;
        continue;
      }
      at += piece.length;
      const next = await pieces.next();
      if (next.done) throw damaged(source, "it became shorter while it was read");
      piece = next.value as Uint8Array<ArrayBuffer>;
    }
    return bytes;
  };
}
