import type { Arrays, DataReader } from "../reader";
import { FIRST_BYTES, whole } from "../reader";
import { isZip, openZip } from "./archive";
import { foreign } from "./foreign";
import { isNpy, readNpy } from "./npy";

/** Entries of their own names are arrays too, without an ending; some programs add files of their own beside them. */
const isArray = (entry: string): boolean =>
  entry.endsWith(".npy") ? !entry.startsWith("__MACOSX/") : /^[^./]+$/.test(entry);

export const npz: DataReader = {
  id: "npz",
  title: "NumPy archive (`.npz`)",
  doc: "Each array is a field of its name.",
  limits: "Real, whole and truth numbers; no encryption; 2 GiB when decompressed.",
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
    const file = await whole(source);
    const archive = openZip(file);
    const { names } = archive;
    if (names.length > 0 && !names.some(isArray))
      throw foreign(file, { first: file.bytes.subarray(0, FIRST_BYTES), names }, "");
    const arrays = new Map<string, ReturnType<typeof readNpy>>();
    for (const entry of names) {
      if (!isArray(entry)) continue;
      const bytes = archive.read(entry);
      if (!entry.endsWith(".npy") && !isNpy(bytes)) continue;
      const name = entry.replace(/\.npy$/, "");
      arrays.set(name, readNpy({ ...file, uri: `${file.uri}/${entry}`, bytes }));
    }
    return arrays satisfies Arrays;
  },
};
