/** Zip archives. */
import { crc32, damaged, unsupported, viewOf, type DataFile } from "./file";
import { Budget, inflate } from "./inflate";

/** Whether the bytes begin as a zip archive does; an empty one begins with its end record. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/** The entries of a zip archive by name; each is decompressed when asked for. */
interface Archive {
  names: string[];
  /** @throws DataError when the entry is damaged or compressed in a way other than stored or deflate */
  read(name: string): Uint8Array;
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

/**
 * Reads the directory of a zip archive (PKWARE's APPNOTE with zip64, without encryption and several disks).
 * @throws DataError when the directory is missing or contradicts the file's length, or two entries share their bytes
 */
export function openZip(file: DataFile): Archive {
  const { bytes } = file;
  const view = viewOf(bytes);
  const { count, start, end } = directoryOf(file, view);
  let at = start;
  const entries = new Map<string, Entry>();
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL_RECORD) {
      throw damaged(file, `entry ${i + 1} of ${count} is missing from the archive's directory`);
    }
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const extra = at + 46 + nameLength;
    const next = extra + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw damaged(file, `entry ${i + 1} of ${count} is longer than the archive's directory`);
    entries.set(name, {
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      ...sizesOf(view, at, extra, extra + view.getUint16(at + 30, true)),
    });
    at = next;
  }
  refuseOverlap(file, entries);
  const budget = new Budget(file);
  return { names: [...entries.keys()], read: (name) => readEntry(file, name, entries.get(name)!, budget) };
}

/** Where the directory is and how many entries it has: in the end record, or in zip64's where that says so. */
function directoryOf(file: DataFile, view: DataView): { count: number; start: number; end: number } {
  let end = view.byteLength - 22;
  while (end >= 0 && view.getUint32(end, true) !== END_RECORD) end--;
  if (end < 0) throw damaged(file, "the archive's directory is missing, so it is cut short");
  const locator = end - 20;
  if (locator < 0 || view.getUint32(locator, true) !== ZIP64_LOCATOR)
    return { count: view.getUint16(end + 10, true), start: view.getUint32(end + 16, true), end };
  const record = longAt(view, locator + 8);
  if (record + 56 > locator || view.getUint32(record, true) !== ZIP64_END_RECORD)
    throw damaged(file, "its zip64 directory does not begin where the archive says");
  return { count: longAt(view, record + 32), start: longAt(view, record + 48), end: record };
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
function refuseOverlap(file: DataFile, entries: ReadonlyMap<string, Entry>): void {
  const inOrder = [...entries].sort(([, a], [, b]) => a.offset - b.offset);
  inOrder.slice(1).forEach(([name, { offset }], i) => {
    const [before, { offset: start, packed }] = inOrder[i]!;
    if (start + 30 + packed > offset) throw damaged(file, `its entries ${before} and ${name} overlap`);
  });
}

function readEntry(file: DataFile, name: string, entry: Entry, budget: Budget): Uint8Array {
  const { bytes } = file;
  const view = viewOf(bytes);
  const { offset, packed, size, crc, method } = entry;
  if (entry.flags & 1) throw unsupported(file, `${name} is encrypted`, "Save it without a password.");
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== LOCAL_RECORD) {
    throw damaged(file, `${name} does not begin where the archive says`);
  }
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > bytes.length) throw damaged(file, `${name} is cut short`);
  const content = bytes.subarray(start, start + packed);
  if (method === 8) {
    budget.take(size);
    return inflate(file, content, size, crc, name);
  }
  if (method !== 0) {
    const advice = "Save it with numpy.savez or numpy.savez_compressed.";
    throw unsupported(file, `${name} is compressed by zip's method ${method}`, advice);
  }
  if (crc32(content) !== crc) throw damaged(file, `${name} fails its checksum`);
  return content;
}
