/** The rows of built-in data, which a project cannot draw by itself. */
import { fieldFor } from "../../data/bind";
import { generate } from "../../data/generator";
import type { Generator } from "../../data/generator";
import { writeNpz } from "../../data/write-npz";
import type { DataRequest, Stream } from "../../theory/spec";
import { exportMark, type ExportedFile } from "../target";
import { ROWS_FILE } from "./data-config";

/**
 * The fields that the streams read, of all samples, as an npz archive.
 * @throws DataError about an option of the data, or a stream without a field
 */
export function rowsFile(generator: Generator, data: DataRequest, streams: readonly Stream[]): ExportedFile {
  const dataset = generate(generator, data);
  const read = streams
    .filter(({ derived }) => derived === undefined)
    .map((stream) => fieldFor(dataset, stream).field.name);
  const names = new Set(read.flatMap((name) => [name, `${name}_length`]));
  const fields = Object.values(dataset.fields).filter(({ name }) => names.has(name));
  const bytes = writeNpz(fields, dataset.samples, `\n${exportMark}\n`);
  return { name: ROWS_FILE, text: base64(bytes), encoding: "base64" };
}

function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += 0x8000)
    parts.push(String.fromCharCode(...bytes.subarray(start, start + 0x8000)));
  return btoa(parts.join(""));
}
