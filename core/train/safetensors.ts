/**
 * The safetensors format (Hugging Face): eight bytes with the header's length, a JSON header that names each tensor's
 * type, shape and place, then the tensors' bytes, little-endian. Here every tensor is float32.
 */

export interface Tensor {
  shape: number[];
  values: Float32Array;
}

interface TensorFile {
  /** Texts by name, kept in the header under `__metadata__`. */
  metadata: Record<string, string>;
  tensors: Record<string, Tensor>;
}

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

/** The bytes of a file that holds these tensors. */
export function writeTensors(file: TensorFile): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: file.metadata };
  let length = 0;
  for (const [name, { shape, values }] of Object.entries(file.tensors)) {
    const end = length + values.length * 4;
    header[name] = { dtype: "F32", shape, data_offsets: [length, end] } satisfies Entry;
    length = end;
  }
  const text = JSON.stringify(header);
  const encoded = new TextEncoder().encode(
    text + " ".repeat((8 - (new TextEncoder().encode(text).length % 8)) % 8),
  );
  const bytes = new Uint8Array(8 + encoded.length + length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(encoded.length), true);
  bytes.set(encoded, 8);
  let at = 8 + encoded.length;
  for (const { values } of Object.values(file.tensors)) {
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return bytes;
}

/**
 * The tensors in a file.
 * @throws Error when the bytes are no such file, are cut short, or hold another type than float32
 */
export function readTensors(bytes: Uint8Array): TensorFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = bytes.length >= 8 ? Number(view.getBigUint64(0, true)) : Infinity;
  if (8 + headerLength > bytes.length) throw new Error("not a safetensors file, or cut short");
  const header = parseHeader(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)));
  const { __metadata__: metadata = {}, ...entries } = header;
  const tensors: Record<string, Tensor> = {};
  for (const [name, entry] of Object.entries(entries as Record<string, Entry>)) {
    if (entry.dtype !== "F32") throw new Error(`the tensor ${name} is ${entry.dtype}, not float32`);
    const [start, end] = entry.data_offsets;
    const values = new Float32Array((end - start) / 4);
    const from = 8 + headerLength + start;
    if (from + values.length * 4 > bytes.length) throw new Error(`the tensor ${name} is cut short`);
    for (let i = 0; i < values.length; i++) values[i] = view.getFloat32(from + i * 4, true);
    tensors[name] = { shape: entry.shape, values };
  }
  return { metadata: metadata as Record<string, string>, tensors };
}

function parseHeader(text: string): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(text);
    if (typeof header === "object" && header !== null) return header as Record<string, unknown>;
  } catch {
    // Told below, as for every other header that is none.
  }
  throw new Error("not a safetensors file: its header is not JSON");
}
