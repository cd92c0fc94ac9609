import type { Arrays, DataReader } from "../reader";
import { FIRST_BYTES, whole } from "../reader";
import { isZip, openZip } from "./archive";
import { foreign } from "./foreign";
import { readNpy } from "./npy";

const isArray = (entry: string): boolean => entry.endsWith(".npy");

export const npz: DataReader = {
  id: "npz",
  title: "NumPy archive (`.npz`)",
  doc: "Each array is a field of its name.",
  limits: "Real, whole and truth numbers; no encryption; 2 GiB when decompressed.",
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
      arrays.set(entry.slice(0, -".npy".length), readNpy({ ...file, uri: `${file.uri}/${entry}`, bytes }));
    }
    return arrays satisfies Arrays;
  },
};
