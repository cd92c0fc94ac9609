/** Little writers of the formats that the readers take, made from the formats' descriptions. */
import { gunzipSync, zipSync, type Zippable } from "fflate";

export type NpyType = "f4" | "f8" | "u1" | "i1" | "i2" | "i4" | "i8" | "b1";

const SIZES: Record<NpyType, number> = { f4: 4, f8: 8, u1: 1, i1: 1, i2: 2, i4: 4, i8: 8, b1: 1 };

function put(view: DataView, type: NpyType, at: number, value: number, little: boolean): void {
  switch (type) {
    case "f4":
      return view.setFloat32(at, value, little);
    case "f8":
      return view.setFloat64(at, value, little);
    case "u1":
    case "b1":
      return view.setUint8(at, value);
    case "i1":
      return view.setInt8(at, value);
    case "i2":
      return view.setInt16(at, value, little);
    case "i4":
      return view.setInt32(at, value, little);
    case "i8":
      return view.setBigInt64(at, BigInt(value), little);
  }
}

interface NpyOptions {
  fortran?: boolean;
  big?: boolean;
  version?: 1 | 2;
  /** Written instead of the type's own description. */
  description?: string;
}

/** A .npy file of `values`, given row-major. */
export function npy(
  type: NpyType,
  shape: readonly number[],
  values: readonly number[],
  { fortran = false, big = false, version = 1, description }: NpyOptions = {},
): Uint8Array {
  const size = SIZES[type];
  const mark = size === 1 ? "|" : big ? ">" : "<";
  const tuple = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const dictionary =
    `{'descr': ${description ?? `'${mark}${type}'`}, ` +
    `'fortran_order': ${fortran ? "True" : "False"}, 'shape': ${tuple}, }`;
  const before = version === 1 ? 10 : 12;
  const padding = 63 - ((before + dictionary.length) % 64);
  const text = new TextEncoder().encode(`${dictionary}${" ".repeat(padding)}\n`);
  const bytes = new Uint8Array(before + text.length + size * values.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  if (version === 1) view.setUint16(8, text.length, true);
  else view.setUint32(8, text.length, true);
  bytes.set(text, before);
  const data = before + text.length;
  values.forEach((value, i) => {
    const place = fortran ? fortranPlace(i, shape) : i;
    put(view, type, data + size * place, value, !big);
  });
  return bytes;
}

function fortranPlace(index: number, shape: readonly number[]): number {
  let place = 0;
  let rest = index;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const stride = shape.slice(0, axis).reduce((product, length) => product * length, 1);
    place += (rest % shape[axis]!) * stride;
    rest = Math.floor(rest / shape[axis]!);
  }
  return place;
}

/** A .npz archive of .npy files; `level` 0 stores them as numpy.savez does. */
export function npz(arrays: Record<string, Uint8Array>, level: 0 | 6 = 6): Uint8Array {
  const entries: Zippable = {};
  for (const [name, bytes] of Object.entries(arrays)) entries[`${name}.npy`] = bytes;
  // Of a fixed time, so that the same arrays are the same bytes.
  return zipSync(entries, { level, mtime: new Date(2000, 0, 1) });
}

/** An IDX file of bytes. */
export function idx(shape: readonly number[], values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + values.length);
  bytes.set([0, 0, 8, shape.length]);
  const view = new DataView(bytes.buffer);
  shape.forEach((length, axis) => view.setUint32(4 + 4 * axis, length));
  bytes.set(values, 4 + 4 * shape.length);
  return bytes;
}

/** A reader of files that are held in memory. */
export function holding(files: Record<string, Uint8Array>): (uri: string) => Promise<Uint8Array> {
  return (uri) =>
    Object.hasOwn(files, uri) ? Promise.resolve(files[uri]!) : Promise.reject(new Error("no such file"));
}

function unpacked(base64: string): Uint8Array {
  return gunzipSync(Buffer.from(base64, "base64"));
}

/** Files of two rows that Python wrote: PyArrow, with the columns `a` and `b`, and h5py, with the array `a`; gzip, base64. */
export const written = {
  parquet: unpacked(
    "H4sIAAAAAAACAwtwDDIUZRFVEFXxAVIMQgwMAjYMYPDBHkKzOIgyiAqJiukA5QVE2UTZZICCnApMIClGRmYmoLCIqARMN5cK" +
      "I1CiAkRUEtInaWPKIMFWnJyRmpsoysIgyqXKJMGYyCDKA6KTVBl8QDrEWCRlJHXUGGREuSRNGdgEJIFKRJnEWMRKxGrUPNQ4" +
      "NEHmM4gyMQAJASBlo8kmqcbAAtQJ0sMD05ME1pMhVqC2g1GthRFDF9AamD6xO4xiLGocYm8YGTQUChKLCktTS3STCwp0E4uK" +
      "8ssVylKLijPz8xSMzPQM9AwldYCOBLnzPBAHAAMTAJUxbWhRAQAA",
  ),
  hdf5: unpacked(
    "H4sIAAAAAAACA+v0cHHj5ZLiYgABDg4GFgYBBmTwHwo6WFH5MPkEKM0IpTug9AommDgjWE4CKi4INR9dXUiQqytI9X80ALPH" +
      "gQVCczCMgpEIPFwdA0B0BJQPS6UnmFDVJaKlRw8K7WVkYIWYxQjjQ1IyIyNEAGY9jGYGyoNkBBXsoWnVgcGEm8HkPzNEnhUo" +
      "CpJnYmJihKRniHnMjAYsqD5jQMtRgwl8sIfQLA7Bfv4uoBwOy5cKzKNplRwAAIMmY/+IBQAA",
  ),
};
