import type { Arrays, DataReader } from "../reader";
import { whole } from "../reader";
import { isZip, openZip } from "./archive";
import { readNpy } from "./npy";

export const npz: DataReader = {
  id: "npz",
  title: "NumPy archive (`.npz`)",
  doc: "Each array is a field of its name.",
  limits: "Real, whole and truth numbers; no encryption; 2 GiB when decompressed.",
  recognises: isZip,
  async arrays(source) {
    const file = await whole(source);
    const archive = openZip(file);
    const arrays = new Map<string, ReturnType<typeof readNpy>>();
    for (const entry of archive.names) {
      if (!entry.endsWith(".npy")) continue;
      const bytes = archive.read(entry);
      arrays.set(entry.slice(0, -".npy".length), readNpy({ ...file, uri: `${file.uri}/${entry}`, bytes }));
    }
    return arrays satisfies Arrays;
  },
};
