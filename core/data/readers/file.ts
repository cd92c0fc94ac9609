import { sizeOf } from "../../program/program";
import { DataError, type DataSubject } from "../dataset";

/** The bytes of a file, with what an error in them is about. */
export interface DataFile {
  uri: string;
  bytes: Uint8Array;
  about: DataSubject;
}

/** A file as errors name it. */
type Named = Pick<DataFile, "uri" | "about">;

/** The error of a file whose bytes are not what its format says. */
export function damaged(file: Named, what: string): DataError {
  return new DataError(
    `"${file.uri}" is damaged: ${what}`,
    "Copy or download it again, or save it again from the program that made it.",
    file.about,
  );
}

/** The error of a file that is whole, but of a form that is not read here. */
export function unsupported(file: Named, what: string, advice: string): DataError {
  return new DataError(`"${file.uri}" cannot be read: ${what}`, advice, file.about);
}

/** A view of the bytes for reading numbers. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * The number of values of an array of this shape.
 * @throws DataError when no file can hold so many
 */
export function countOf(file: Named, shape: readonly number[]): number {
  // A length of 0 hides any other, however large.
  const most = shape.reduce((product, length) => product * Math.max(1, length), 1);
  if (most <= Number.MAX_SAFE_INTEGER && shape.every((length) => length <= 0xffffffff)) return sizeOf(shape);
  throw damaged(file, `its header claims ${shape.join(" x ")} numbers`);
}

/**
 * The text of a file, without its byte order mark.
 * @throws DataError when it is in another encoding
 */
export function textIn(file: DataFile, encoding = "utf-8"): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(file.bytes);
  } catch {
    const path = JSON.stringify(file.uri);
    throw unsupported(
      file,
      `it is text in another encoding than ${encoding.toUpperCase()}`,
      `Save it as UTF-8, with Python, from the encoding of Windows for example: import pathlib; p = pathlib.Path(${path}); p.write_text(p.read_text("cp1252"), "utf-8")`,
    );
  }
}
