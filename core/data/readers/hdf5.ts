/** HDF5, and what is stored in it: AnnData (`.h5ad`), MuData (`.h5mu`), MATLAB 7.3. */
import type { Hdf5Node as Node } from "../hdf5-node";
import { LARGEST_WHOLE, whole, type DataReader, type DataSource, type FileArray } from "../reader";
import { readAnnData, readMuData } from "./anndata";
import { withVectors } from "./columns";
import { damaged, unsupported } from "./file";
import { attributeOf, childrenOf, groupAt, nodeAt, openArrayAt } from "./hdf5-nodes";

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** MATLAB and MuData put words of their own before. */
const MATLAB = "MATLAB 7.3 MAT-file";
const MUDATA = "MuData";
/** Where the format may begin: at 0, 512 or a power of two more, of which the first few are tried. */
const BEGINNINGS = [0, 512, 1024, 2048, 4096];
/** Groups within groups that are looked into. */
const DEEPEST = 8;

export const hdf5: DataReader = {
  id: "hdf5",
  title: "HDF5 (`.h5`), AnnData (`.h5ad`), MuData (`.h5mu`), MATLAB 7.3 (`.mat`)",
  doc: 'Each array is a field of its path, such as `"views/left"`. Of AnnData: `X`, the columns of `obs` by their names, `raw/X`, `obsm/NAME` and `layers/NAME`. Of MuData the same of each modality by its name, such as `rna` for its `X` and `"rna/obsm/X_pca"`; rows that a modality lacks are NaN. Of MATLAB, axes are turned so that samples come first.',
  limits:
    "Numbers, truth values and texts as h5py saves them by default, plain or compressed by gzip; no records and not the newest layout (`libver`); 2 GiB, and more where the package `h5wasm` is installed, which reads the bound rows alone. Sparse matrices of AnnData become dense.",
  example: {
    python: 'cells.write("cells.h5mu")  # a MuData; write_h5ad of an AnnData',
    spec: [
      'data "cells.h5mu" { groups = donor }',
      "modality rna : vector(40) log1p standardise",
      "modality protein : vector(12) log1p standardise",
      "observe cell_type : label(4)",
    ].join("\n"),
  },
  recognises: (first) => isAt(first, 0) || begins(first, MATLAB) || begins(first, MUDATA),
  async arrays(source) {
    const matlab = begins(await source.read(0, Math.min(MATLAB.length, source.size)), MATLAB);
    const root = await rootOf(source);
    const columns = new Map<string, FileArray>();
    const modalities = groupAt(root, "mod");
    if (modalities !== undefined) readMuData(root, modalities, columns);
    else if (groupAt(root, "obs") !== undefined) readAnnData(root, columns);
    else readGroup(root, { path: "", depth: 0, matlab }, columns);
    return withVectors(columns);
  },
};

const isAt = (bytes: Uint8Array, start: number): boolean =>
  SIGNATURE.every((byte, i) => bytes[start + i] === byte);
const begins = (bytes: Uint8Array, words: string): boolean =>
  String.fromCharCode(...bytes.subarray(0, words.length)) === words;

/** Files above this are read by range where the host can: here all of their bytes are held. */
const LARGEST_HELD = 2 ** 28;

/** @throws DataError when it is damaged, or of a form or a size that is not read */
async function rootOf(source: DataSource): Promise<Node> {
  const large = source.size > LARGEST_HELD ? await source.hdf5?.() : undefined;
  if (large !== undefined && !("lack" in large)) return large;
  if (large !== undefined && source.size > LARGEST_WHOLE)
    throw unsupported(
      source,
      `it has ${(source.size / 2 ** 30).toFixed(1)} GiB, and HDF5 is read up to 2 GiB without h5wasm`,
      `Install h5wasm: ${large.lack}.`,
    );
  const file = await whole(source);
  const { File } = await import("jsfive");
  const start = BEGINNINGS.find((place) => isAt(file.bytes, place));
  if (start === undefined) throw damaged(file, "it does not contain what its first words say");
  const { buffer, byteOffset, byteLength } = file.bytes;
  const own = start === 0 && byteOffset === 0 && byteLength === buffer.byteLength;
  const bytes = own ? file.bytes : new Uint8Array(file.bytes.subarray(start));
  try {
    return new File(bytes.buffer as ArrayBuffer, file.uri);
  } catch (error) {
    const other = await source.hdf5?.();
    if (other !== undefined && !("lack" in other)) return other;
    // The library throws texts where it means to, and where a check of it fails an error that says nothing.
    const what = typeof error === "string" ? ` (${error})` : "";
    throw unsupported(
      file,
      `its HDF5 structure is damaged or of a form that is not read${what}, as links to other files are`,
      `Copy or download it again; or, where h5py opens it, save it plainly with Python: import h5py; s = h5py.File(${JSON.stringify(file.uri)}); d = h5py.File("plain.h5", "w"); s.visititems(lambda n, o: d.__setitem__(n, o[()]) if isinstance(o, h5py.Dataset) else None)`,
    );
  }
}

function readGroup(
  group: Node,
  { path, depth, matlab }: { path: string; depth: number; matlab: boolean },
  into: Map<string, FileArray>,
): void {
  for (const name of childrenOf(group)) {
    // MATLAB keeps what its cells refer to there.
    if (matlab && name.startsWith("#")) continue;
    const inner = groupAt(group, name);
    const reason = matlab ? matlabReason(group, name) : undefined;
    if (reason !== undefined) into.set(path + name, { notNumbers: reason });
    else if (inner === undefined) into.set(path + name, openArrayAt(group, name, matlab));
    else if (depth < DEEPEST) readGroup(inner, { path: `${path}${name}/`, depth: depth + 1, matlab }, into);
  }
}

/** Why a variable of MATLAB holds no array of numbers; undefined where it may. */
function matlabReason(group: Node, name: string): string | undefined {
  const node = nodeAt(group, name);
  if (node === undefined) return undefined;
  if (attributeOf(node, "MATLAB_empty")) return "it is empty";
  if (attributeOf(node, "MATLAB_sparse") !== undefined)
    return `it is a sparse matrix; save it as ${name} = full(${name})`;
  const kind = attributeOf(node, "MATLAB_class");
  if (kind === "char") return "it is text";
  if (kind === "cell")
    return `it is a cell array; save its numbers as cell2mat(${name}), its texts as double(categorical(${name}))`;
  return undefined;
}
