/** Fields as a NumPy archive. */
import { zipSync } from "fflate";
import type { Field } from "./dataset";

const TYPES = { float32: "<f4", uint8: "|u1", int32: "<i4" } as const;

/**
 * The bytes of an npz archive with one array for each field, [samples, ...shape].
 * @param comment a text for people, in the archive's directory
 */
export function writeNpz(fields: readonly Field[], samples: number, comment: string): Uint8Array {
  const entries = fields.map((field, i) => {
    // Noise in float32 hardly shrinks, and takes long to try.
    const level = field.dtype === "float32" ? 0 : 6;
    return [`${field.name}.npy`, [npy(field, samples), { level, ...(i === 0 ? { comment } : {}) }]] as const;
  });
  return zipSync(Object.fromEntries(entries) as Parameters<typeof zipSync>[0], {
    mtime: "1980-01-01T00:00:00",
  });
}

/** NumPy's format, version 1: a header in ASCII that ends at a multiple of 64 bytes, then the values. */
function npy({ dtype, shape, values }: Field, samples: number): Uint8Array {
  const sizes = [samples, ...shape];
  const tuple = sizes.length === 1 ? `${samples},` : sizes.join(", ");
  const text = `{'descr': '${TYPES[dtype]}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const header = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  const start = [
    0x93,
    ...[..."NUMPY"].map((letter) => letter.charCodeAt(0)),
    1,
    0,
    header.length & 255,
    header.length >> 8,
  ];
  const bytes = new Uint8Array(start.length + header.length + values.byteLength);
  bytes.set(start);
  bytes.set(new TextEncoder().encode(header), start.length);
  bytes.set(
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    start.length + header.length,
  );
  return bytes;
}
