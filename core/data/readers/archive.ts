/** Zip archives. */
import type { DataSource } from "../reader";
import { compressed, stored, type Content } from "./content";
import { damaged, unsupported, viewOf } from "./file";

/** Whether the bytes begin as a zip archive does; an empty one begins with its end record. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/** The entries of a zip archive by name. */
interface Archive {
  names: string[];
  /** @throws DataError when the entry is damaged or compressed in a way other than stored or deflate */
  open(name: string): Promise<Content>;
}

interface Entry {
  method: number;
  flags: number;
  crc: number;
  packed: number;
  size: number;
  offset: number;
}

const END_RECORD = 0x06054b50;
const ZIP64_END_RECORD = 0x06064b50;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_EXTRA = 1;
const CENTRAL_RECORD = 0x02014b50;
const LOCAL_RECORD = 0x04034b50;

/** Bytes after the end record: a comment. */
const LONGEST_END = 22 + 0xffff;
/** Bytes of a directory: some hundred for each entry. */
const LARGEST_DIRECTORY = 2 ** 28;

/**
 * Reads the directory of a zip archive (PKWARE's APPNOTE with zip64, without encryption and several disks), which is at its
 * end; no entry is read.
 * @throws DataError when the directory is missing or contradicts the file's length, or two entries share their bytes
 */
export async function openZip(source: DataSource): Promise<Archive> {
  const { count, start, end } = await directoryOf(source);
  if (start > end || end > source.size || end - start > LARGEST_DIRECTORY)
    throw damaged(source, "the archive's directory is not where the archive says");
  const bytes = await source.read(start, end);
  const view = viewOf(bytes);
  let at = 0;
  const entries = new Map<string, Entry>();
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL_RECORD) {
      throw damaged(source, `entry ${i + 1} of ${count} is missing from the archive's directory`);
    }
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const extra = at + 46 + nameLength;
    const next = extra + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > bytes.length)
      throw damaged(source, `entry ${i + 1} of ${count} is longer than the archive's directory`);
    entries.set(name, {
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      ...sizesOf(view, at, extra, extra + view.getUint16(at + 30, true)),
    });
    at = next;
  }
  refuseOverlap(source, entries);
  return { names: [...entries.keys()], open: (name) => openEntry(source, name, entries.get(name)!) };
}

/** Where the directory is and how many entries it has: in the end record, or in zip64's where that says so. */
async function directoryOf(source: DataSource): Promise<{ count: number; start: number; end: number }> {
  const tail = Math.max(0, source.size - LONGEST_END - 20);
  const view = viewOf(await source.read(tail, source.size));
  let end = view.byteLength - 22;
  while (end >= 0 && view.getUint32(end, true) !== END_RECORD) end--;
  if (end < 0) throw damaged(source, "the archive's directory is missing, so it is cut short");
  const locator = end - 20;
  if (locator < 0 || view.getUint32(locator, true) !== ZIP64_LOCATOR)
    return { count: view.getUint16(end + 10, true), start: view.getUint32(end + 16, true), end: tail + end };
  const place = longAt(view, locator + 8);
  const record = place + 56 > tail + locator ? undefined : viewOf(await source.read(place, place + 56));
  if (record?.getUint32(0, true) !== ZIP64_END_RECORD)
    throw damaged(source, "its zip64 directory does not begin where the archive says");
  return { count: longAt(record, 32), start: longAt(record, 48), end: place };
}

/** Sizes and place of an entry; those that do not fit into 32 bits are in zip64's extra field, in this order. */
function sizesOf(
  view: DataView,
  at: number,
  extra: number,
  extraEnd: number,
): Pick<Entry, "packed" | "size" | "offset"> {
  let long = extraEnd;
  for (let field = extra; field + 4 <= extraEnd; field += 4 + view.getUint16(field + 2, true))
    if (view.getUint16(field, true) === ZIP64_EXTRA) long = field + 4;
  const read = (place: number): number => {
    const short = view.getUint32(place, true);
    if (short !== 0xffffffff || long + 8 > extraEnd) return short;
    long += 8;
    return longAt(view, long - 8);
  };
  return { size: read(at + 24), packed: read(at + 20), offset: read(at + 42) };
}

/** A whole number of 8 bytes. */
const longAt = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

/** Entries that share bytes let a small archive claim any amount of data. */
function refuseOverlap(file: DataSource, entries: ReadonlyMap<string, Entry>): void {
  const inOrder = [...entries].sort(([, a], [, b]) => a.offset - b.offset);
  inOrder.slice(1).forEach(([name, { offset }], i) => {
    const [before, { offset: start, packed }] = inOrder[i]!;
    if (start + 30 + packed > offset) throw damaged(file, `its entries ${before} and ${name} overlap`);
  });
}

async function openEntry(source: DataSource, name: string, entry: Entry): Promise<Content> {
  const { offset, packed, size, crc, method } = entry;
  if (entry.flags & 1) throw unsupported(source, `${name} is encrypted`, "Save it without a password.");
  const header = offset + 30 > source.size ? undefined : viewOf(await source.read(offset, offset + 30));
  if (header?.getUint32(0, true) !== LOCAL_RECORD)
    throw damaged(source, `${name} does not begin where the archive says`);
  const start = offset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  if (start + packed > source.size) throw damaged(source, `${name} is cut short`);
  if (method === 8) return compressed(source, { start, packed, size, crc, name });
  if (method === 0) return stored(source, { start, size: packed, crc, name });
  throw unsupported(
    source,
    `${name} is compressed by zip's method ${method}`,
    "Save it with numpy.savez or numpy.savez_compressed.",
  );
}
