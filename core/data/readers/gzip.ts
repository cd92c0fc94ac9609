/** Gzip files. */
import { damaged, viewOf, type DataFile } from "./file";
import { Budget, inflatedIfWhole, MOST_UNPACKED, tooLarge } from "./inflate";

/** Whether the bytes begin as gzip does (RFC 1952). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The content of a gzip file: that of its members one after another. Zeros after the last member are padding.
 * @throws DataError when it is cut short or fails a checksum
 */
export function gunzip(file: DataFile): Uint8Array {
  const { bytes } = file;
  const budget = new Budget(file);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at > 0 && bytes.subarray(at).every((byte) => byte === 0)) break;
    const member = memberAt(file, at, budget);
    parts.push(member.content);
    at = member.end;
  }
  return parts.length === 1 ? parts[0]! : joined(parts);
}

interface Member {
  content: Uint8Array;
  end: number;
}

/**
 * Deflate data do not say where they end before they are decompressed, so each place where a member can end is tried: its
 * trailer holds the size and the checksum of the content.
 */
function memberAt(file: DataFile, at: number, budget: Budget): Member {
  const { bytes } = file;
  const start = dataStart(file, at);
  const view = viewOf(bytes);
  let large = false;
  for (const end of ends(bytes, start)) {
    const size = view.getUint32(end - 4, true);
    if (size > MOST_UNPACKED) {
      large = true;
      continue;
    }
    const content = inflatedIfWhole(bytes.subarray(start, end - 8), size, view.getUint32(end - 8, true));
    if (content === undefined) continue;
    budget.take(size);
    return { content, end };
  }
  if (large) throw tooLarge(file);
  throw damaged(file, "its content is cut short or fails its checksum");
}

/** Where a member that begins its data at `start` may end: most files are one member, others are padded or go on. */
function* ends(bytes: Uint8Array, start: number): Generator<number> {
  const possible = (end: number): boolean => end - 8 > start && end <= bytes.length;
  let last = bytes.length;
  while (last > start && bytes[last - 1] === 0) last--;
  // The size at the end of a trailer may itself end with zeros.
  const whole = [bytes.length, last, last + 1, last + 2, last + 3, last + 4].filter(possible);
  yield* new Set(whole);
  for (let end = start; (end = bytes.indexOf(0x1f, end + 1)) >= 0;)
    if (bytes[end + 1] === 0x8b && bytes[end + 2] === 8 && possible(end)) yield end;
}

/** Where the deflate data of the member at `at` begin. */
function dataStart(file: DataFile, at: number): number {
  const { bytes } = file;
  if (bytes.length < at + 18 || !isGzip(bytes.subarray(at)) || bytes[at + 2] !== 8)
    throw damaged(file, "it is too short or not deflate-compressed");
  const flags = bytes[at + 3]!;
  let start = at + 10;
  if (flags & 4) start += 2 + bytes[start]! + 256 * bytes[start + 1]!;
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue;
    const end = bytes.indexOf(0, start);
    if (end < 0) throw damaged(file, "its gzip header does not end");
    start = end + 1;
  }
  if (flags & 2) start += 2;
  if (start > bytes.length - 8) throw damaged(file, "it is cut short");
  return start;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
