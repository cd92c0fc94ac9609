/** Texts of an array of numpy's. */
import { ofRows, type NotNumbers, type NumberArray } from "../reader";
import { classesOf } from "./classes";
import type { Content } from "./content";
import { viewOf } from "./file";
import type { Header } from "./npy-header";
import { bytesOfRows } from "./npy-rows";

/** Texts of one width, padded with zeros: `U` is UTF-32, `S` bytes. */
interface TextType {
  letters: number;
  /** Bytes of a letter, and of a text. */
  letter: 1 | 4;
  size: number;
}

export function textType(code: string): TextType | undefined {
  const [, kind, width] = /^([US])(\d+)$/.exec(code) ?? [];
  if (kind === undefined) return undefined;
  const letter = kind === "U" ? 4 : 1;
  return { letters: Number(width), letter, size: Number(width) * letter };
}

/** Texts as classes, which are those of all rows. */
export async function readTexts(
  content: Content,
  header: Header,
  { letters, letter, size, big }: TextType & { big: boolean },
  rows: Int32Array | undefined,
): Promise<NumberArray | NotNumbers> {
  const samples = header.shape[0] ?? 1;
  if (samples * size > 2 ** 31)
    return { notNumbers: `it contains ${samples} texts of ${letters} letters, more than 2 GiB` };
  const bytes = new Uint8Array(samples * size);
  let filled = 0;
  for await (const piece of bytesOfRows(content, header, size, undefined)) {
    bytes.set(piece, filled);
    filled += piece.length;
  }
  const view = viewOf(bytes);
  const at = (place: number): string =>
    String.fromCodePoint(
      Math.min(letter === 4 ? view.getUint32(place, !big) : view.getUint8(place), 0x10ffff),
    );
  const texts = Array.from({ length: samples }, (_, row) =>
    Array.from({ length: letters }, (_, i) => at(row * size + i * letter))
      .join("")
      .replace(/\0+$/, ""),
  );
  return ofRows(classesOf(texts), rows);
}
