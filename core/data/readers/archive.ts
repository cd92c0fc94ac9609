import { inflateSync } from "fflate";
import { crc32, damaged, unsupported, viewOf, type DataFile } from "./file";

/** Deflate cannot shrink by more than this, so a larger claim of size is false and needs no memory. */
const MOST_SHRINKING = 1032;

/** Whether the bytes begin as gzip does (RFC 1952). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Whether the bytes begin as a zip archive does; an empty one begins with its end record. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * The content of a gzip file of one member.
 * @throws DataError when it is cut short or fails its checksum
 */
export function gunzip(file: DataFile): Uint8Array {
  const { bytes } = file;
  if (bytes.length < 18 || bytes[2] !== 8) throw damaged(file, "it is too short or not deflate-compressed");
  const flags = bytes[3]!;
  let start = 10;
  if (flags & 4) start += 2 + bytes[10]! + 256 * bytes[11]!;
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue;
    const end = bytes.indexOf(0, start);
    if (end < 0) throw damaged(file, "its gzip header does not end");
    start = end + 1;
  }
  if (flags & 2) start += 2;
  const trailer = bytes.length - 8;
  if (start > trailer) throw damaged(file, "it is cut short");
  const view = viewOf(bytes);
  const size = view.getUint32(trailer + 4, true);
  return inflate(file, bytes.subarray(start, trailer), size, view.getUint32(trailer, true), "its content");
}

/** The entries of a zip archive by name; each is decompressed when asked for. */
export interface Archive {
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
const CENTRAL_RECORD = 0x02014b50;
const LOCAL_RECORD = 0x04034b50;

/**
 * Reads the directory of a zip archive (PKWARE's APPNOTE, without encryption, several disks, or archives beyond 4 GB).
 * @throws DataError when the directory is missing or contradicts the file's length
 */
export function openZip(file: DataFile): Archive {
  const { bytes } = file;
  const view = viewOf(bytes);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END_RECORD) end--;
  if (end < 0) throw damaged(file, "the archive's directory is missing, so it is cut short");
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (at === 0xffffffff) {
    throw unsupported(file, "it is larger than 4 GB", "Save its arrays to several smaller files.");
  }
  const entries = new Map<string, Entry>();
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL_RECORD) {
      throw damaged(file, `entry ${i + 1} of ${count} is missing from the archive's directory`);
    }
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    entries.set(name, {
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return { names: [...entries.keys()], read: (name) => readEntry(file, name, entries.get(name)!) };
}

function readEntry(file: DataFile, name: string, entry: Entry): Uint8Array {
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
  if (method === 8) return inflate(file, content, size, crc, name);
  if (method !== 0) {
    const advice = "Save it with numpy.savez or numpy.savez_compressed.";
    throw unsupported(file, `${name} is compressed by zip's method ${method}`, advice);
  }
  if (crc32(content) !== crc) throw damaged(file, `${name} fails its checksum`);
  return content;
}

/** Raw deflate data, checked against the size and checksum that were promised for it. */
function inflate(file: DataFile, packed: Uint8Array, size: number, crc: number, what: string): Uint8Array {
  if (size > MOST_SHRINKING * packed.length + 64) throw damaged(file, `${what} is cut short`);
  let content: Uint8Array;
  try {
    content = inflateSync(packed, { out: new Uint8Array(size) });
  } catch {
    throw damaged(file, `${what} does not decompress`);
  }
  if (content.length !== size || crc32(content) !== crc) throw damaged(file, `${what} fails its checksum`);
  return content;
}
