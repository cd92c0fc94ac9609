/** What an array is read from: a file, or an entry of an archive, stored or compressed. */
import type { DataSource } from "../reader";
import { damaged } from "./file";
import { crc32 as slowCrc32 } from "./crc32";
import { inflating } from "./inflate";

/** Bytes from `start` up to `end`. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface Content extends Pick<DataSource, "uri" | "about"> {
  size: number;
  /**
   * The bytes of some ranges, which ascend, one after another, in pieces of any length: each is there until the next one is
   * asked for. Where one range is everything, they are checked against the checksum that was saved with them.
   * @param into where the bytes of one range may be put, if it is as long: pieces that lie there stay
   * @throws DataError when they are damaged
   */
  pieces(ranges: Iterable<ByteRange>, into?: Uint8Array): AsyncIterable<Uint8Array>;
}

/** Bytes of ranges that are less apart are read together: to read them costs less than to ask once more. */
const GAP = 2 ** 18;
/** Bytes that are read at once. */
const BLOCK = 2 ** 22;

/** A whole file, whose bytes are not compressed. */
export const contentOf = (source: DataSource): Content => ({
  uri: source.uri,
  about: source.about,
  size: source.size,
  pieces: (ranges, into) => piecesOf(source, ranges, { reused: true, into }),
});

/** An entry that is stored from a place of the file on. */
export function stored(
  source: DataSource,
  { start, size, crc, name }: { start: number; size: number; crc: number; name: string },
): Content {
  const place: DataSource = {
    ...source,
    size,
    read: (from, to, into) => source.read(start + from, start + to, into),
  };
  const { crc32 = slowCrc32 } = source;
  return {
    uri: `${source.uri}/${name}`,
    about: source.about,
    size,
    async *pieces(ranges, into) {
      const asked = [...ranges];
      if (asked.length !== 1 || asked[0]!.start !== 0 || asked[0]!.end !== size) {
        yield* piecesOf(place, asked, { reused: true });
        return;
      }
      let found = 0;
      for await (const piece of piecesOf(place, asked, { reused: true, into })) {
        found = crc32(piece, found);
        yield piece;
      }
      if (found !== crc) throw damaged(source, `${name} fails its checksum`);
    },
  };
}

/** An entry that is compressed by deflate: what stands before a range is decompressed with it. */
export function compressed(
  source: DataSource,
  entry: { start: number; packed: number; size: number; crc: number; name: string },
): Content {
  const { start, packed, size, name } = entry;
  const bytes: DataSource = {
    ...source,
    size: packed,
    read: (from, to) => source.read(start + from, start + to),
  };
  return {
    uri: `${source.uri}/${name}`,
    about: source.about,
    size,
    pieces: (ranges) =>
      within(
        inflating(source, piecesOf(bytes, [{ start: 0, end: packed }], { reused: false }), entry),
        ranges,
        size,
      ),
  };
}

/** The bytes from `start` up to `end`, in one piece. */
export async function bytesOf({ pieces }: Content, { start, end }: ByteRange): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start);
  let at = 0;
  for await (const piece of pieces([{ start, end }])) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/**
 * Reads ranges of a file: near ones together, long ones in blocks.
 * @param options `reused`: whether all blocks are read into the same bytes. `into`: where those of one range go instead
 */
export async function* piecesOf(
  { read, size }: Pick<DataSource, "read" | "size">,
  ranges: Iterable<ByteRange>,
  { reused, into }: { reused: boolean; into?: Uint8Array | undefined },
): AsyncGenerator<Uint8Array> {
  let block: Uint8Array | undefined;
  /** Bytes that are in `into`. */
  let placed = 0;
  let together: ByteRange[] = [];
  const flush = async function* (): AsyncGenerator<Uint8Array> {
    const first = together[0];
    if (first === undefined) return;
    const last = together.at(-1)!.end;
    if (into !== undefined) {
      block = into.subarray(placed);
      placed += last - first.start;
    } else if (reused) block ??= new Uint8Array(Math.min(BLOCK, size - first.start));
    const bytes = await read(first.start, last, block);
    for (const { start, end } of together) yield bytes.subarray(start - first.start, end - first.start);
    together = [];
  };
  for (const { start, end } of ranges)
    for (let from = start; from < end; from += BLOCK) {
      const to = Math.min(end, from + BLOCK);
      const last = together.at(-1);
      if (last !== undefined && (from - last.end > GAP || to - together[0]!.start > BLOCK)) yield* flush();
      together.push({ start: from, end: to });
    }
  yield* flush();
}

/** Of pieces that are everything, the bytes of some ranges; ends with the last of them, or where everything does. */
async function* within(
  pieces: AsyncIterable<Uint8Array>,
  ranges: Iterable<ByteRange>,
  size: number,
): AsyncGenerator<Uint8Array> {
  const asked = ranges[Symbol.iterator]();
  let range = asked.next();
  let at = 0;
  for await (const piece of pieces) {
    const end = at + piece.length;
    while (!range.done && range.value.start < end) {
      const from = Math.max(at, range.value.start);
      yield piece.subarray(from - at, Math.min(end, range.value.end) - at);
      if (range.value.end > end) break;
      range = asked.next();
    }
    at = end;
    // What is left would only be checked: of a whole entry all is read.
    if (range.done && at < size) return;
  }
}
