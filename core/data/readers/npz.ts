import { FIRST_BYTES, type DataReader, type FileArray } from "../reader";
import { isZip, openZip } from "./archive";
import { bytesOf } from "./content";
import { foreign } from "./foreign";
import { openNpy } from "./npy";
import { isNpy } from "./npy-header";

/** Entries of their own names are arrays too, without an ending; some programs add files of their own beside them. */
const isArray = (entry: string): boolean =>
  entry.endsWith(".npy") ? !entry.startsWith("__MACOSX/") : /^[^./]+$/.test(entry);

export const npz: DataReader = {
  id: "npz",
  title: "NumPy archive (`.npz`)",
  doc: 'Each array is a field of its name; of an array of records, each of their fields, such as `"table/age"`. Only the arrays that are bound are read, and of those that are not compressed only the rows that are used.',
  limits: "Real, whole and truth numbers, whole ones up to 2^53; no encryption.",
  example: {
    python: 'numpy.savez("pairs.npz", left=left, right=right, label=label)',
    spec: [
      'data "pairs.npz"',
      "modality left : vector(64) standardise",
      "modality right : vector(20) standardise",
      "observe label : label(3)",
    ].join("\n"),
  },
  recognises: isZip,
  async arrays(source) {
    const archive = await openZip(source);
    const { names } = archive;
    if (names.length > 0 && !names.some(isArray))
      throw foreign(source, { first: await source.read(0, Math.min(FIRST_BYTES, source.size)), names }, "");
    const arrays = new Map<string, FileArray>();
    for (const entry of names) {
      if (!isArray(entry)) continue;
      const content = await archive.open(entry);
      if (
        !entry.endsWith(".npy") &&
        !isNpy(await bytesOf(content, { start: 0, end: Math.min(6, content.size) }))
      )
        continue;
      const name = entry.replace(/\.npy$/, "");
      const found = await openNpy(content);
      if (found instanceof Map) for (const [field, array] of found) arrays.set(`${name}/${field}`, array);
      else arrays.set(name, found);
    }
    return arrays;
  },
};
