// Writes HDF5, and the marks by which AnnData and MuData know their files: groups, arrays of numbers and of texts, and
// attributes, in the format's first layout, uncompressed (HDF5 File Format Specification, version 3.0).

const NONE = 0xffffffffffffffffn;
/** Names of a group: each has room for 32. */
const LEAVES = 16;
const BRANCHES = 16;

/** Bytes that grow; an address is a place in them. */
class Bytes {
  parts = [];
  length = 0;

  /** @returns the address of what is added, which starts at a multiple of eight */
  add(bytes) {
    const address = this.length;
    const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 7)]);
    this.parts.push(padded);
    this.length += padded.length;
    return address;
  }
}

const u8 = (...values) => Buffer.from(values);
const u16 = (value) => Buffer.from(Uint16Array.of(value).buffer);
const u32 = (value) => Buffer.from(Uint32Array.of(value).buffer);
const u64 = (value) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer);
const join = (...parts) => Buffer.concat(parts);
const padded = (bytes) => join(bytes, Buffer.alloc(-bytes.length & 7));

const FLOAT32 = join(u8(0x11, 0x20, 0x1f, 0), u32(4), u16(0), u16(32), u8(23, 8, 0, 23), u32(127));
const INT32 = join(u8(0x10, 0x08, 0, 0), u32(4), u16(0), u16(32));
/** Texts of any length, in UTF-8. */
const TEXT = join(u8(0x19, 0x01, 0x01, 0), u32(16), u8(0x13, 0x10, 0, 0), u32(1));

const dataspace = (shape) => join(u8(1, shape.length, 0, 0), u32(0), ...shape.map(u64));
const message = (type, data) => join(u16(type), u16(padded(data).length), u8(0, 0, 0, 0), padded(data));
const header = (messages) => {
  const all = join(...messages);
  return join(u8(1, 0), u16(messages.length), u32(1), u32(all.length), u32(0), all);
};

/** Texts in a heap of the file, as the numbers that find them there. */
function texts(file, list) {
  const objects = list.map((text, i) => {
    const bytes = Buffer.from(text);
    return join(u16(i + 1), u16(1), u32(0), u64(bytes.length), padded(bytes));
  });
  const used = 16 + objects.reduce((sum, { length }) => sum + length, 0);
  const size = Math.max(4096, used + 16);
  const free = size - used;
  const rest = join(u16(0), u16(0), u32(0), u64(free), Buffer.alloc(free - 16));
  const heap = file.add(join(Buffer.from("GCOL"), u8(1, 0, 0, 0), u64(size), ...objects, rest));
  return join(...list.map((text, i) => join(u32(Buffer.byteLength(text)), u64(heap), u32(i + 1))));
}

/** A value that is written: type, shape and bytes. */
function encoded(file, value) {
  if (typeof value === "string") return [TEXT, [], texts(file, [value])];
  const { shape, values } = value.shape === undefined ? { shape: [value.length], values: value } : value;
  if (Array.isArray(values)) return [TEXT, shape, texts(file, values)];
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return [values instanceof Float32Array ? FLOAT32 : INT32, shape, bytes];
}

const attributes = (file, given) =>
  Object.entries(given).map(([name, value]) => {
    const [type, shape, bytes] = encoded(file, value);
    const title = Buffer.from(`${name}\0`);
    const space = dataspace(shape);
    const sizes = join(u16(title.length), u16(type.length), u16(space.length));
    return message(12, join(u8(1, 0), sizes, padded(title), padded(type), padded(space), bytes));
  });

function writeArray(file, value, given) {
  const [type, shape, bytes] = encoded(file, value);
  const place = file.add(bytes);
  const layout = join(u8(3, 1), u64(place), u64(bytes.length));
  const own = [message(1, dataspace(shape)), message(3, type), message(8, layout)];
  return file.add(header([...own, ...attributes(file, given)]));
}

function writeGroup(file, members, given) {
  const names = Object.keys(members).sort();
  if (names.length > 2 * LEAVES) throw new Error(`a group has ${names.length} members, more than fit`);
  const places = names.map((name) => write(file, members[name]));
  const starts = [];
  let heap = Buffer.alloc(8);
  for (const name of names) {
    starts.push(heap.length);
    heap = join(heap, padded(Buffer.from(`${name}\0`)));
  }
  const data = file.add(heap);
  const head = file.add(join(Buffer.from("HEAP"), u32(0), u64(heap.length), u64(1), u64(data)));
  const entries = places.map((place, i) => join(u64(starts[i]), u64(place), u32(0), u32(0), u64(0), u64(0)));
  const room = Buffer.alloc((2 * LEAVES - entries.length) * 40);
  const leaf = file.add(join(Buffer.from("SNOD"), u8(1, 0), u16(names.length), ...entries, room));
  const child = names.length === 0 ? [u64(0)] : [u64(0), u64(leaf), u64(starts.at(-1))];
  const node = join(
    Buffer.from("TREE"),
    u8(0, 0),
    u16(names.length === 0 ? 0 : 1),
    u64(NONE),
    u64(NONE),
    ...child,
  );
  const tree = file.add(join(node, Buffer.alloc(24 + (4 * BRANCHES + 1) * 8 - node.length)));
  return file.add(header([message(17, join(u64(tree), u64(head))), ...attributes(file, given)]));
}

const write = (file, { members, value, given = {} }) =>
  members === undefined ? writeArray(file, value, given) : writeGroup(file, members, given);

/** A group. @param given its attributes */
const group = (members, given) => ({ members, given });

/** A matrix of numbers, or a list of numbers or texts. */
const array = (value) => ({
  value,
  given: { "encoding-type": Array.isArray(value) ? "string-array" : "array", "encoding-version": "0.2.0" },
});

/** A table of samples. @param index their names; @param columns lists of numbers or texts */
const table = (index, columns) =>
  group(
    {
      _index: array(index),
      ...Object.fromEntries(Object.entries(columns).map(([name, list]) => [name, array(list)])),
    },
    {
      "encoding-type": "dataframe",
      "encoding-version": "0.2.0",
      _index: "_index",
      "column-order": Object.keys(columns),
    },
  );

const map = (members) => group(members, { "encoding-type": "dict", "encoding-version": "0.1.0" });

/**
 * The bytes of a MuData file.
 * @param samples their names
 * @param columns of the table about all samples
 * @param modalities by name: `values` is a Float32Array of [samples of the modality, variables]; `rows` says which of all
 *   samples these are, and `variables` what its columns are called
 */
export function muData(samples, columns, modalities) {
  const file = new Bytes();
  // MuData's own words come first, and HDF5 begins after them.
  const words = join(
    Buffer.from("MuData (format-version=0.1.0;creator=muon;creator-version=0.1.0)"),
    Buffer.alloc(512),
  );
  file.add(Buffer.alloc(96));
  const own = Object.entries(modalities).map(([name, { rows, variables, values }]) => {
    const shape = [rows.length, variables.length];
    const members = {
      X: array({ shape, values }),
      obs: table(
        rows.map((row) => samples[row]),
        {},
      ),
      var: table(variables, {}),
    };
    return [name, group(members, { "encoding-type": "anndata", "encoding-version": "0.1.0" })];
  });
  const maps = Object.entries(modalities).map(([name, { rows }]) => {
    // Counted from 1; 0 where the modality lacks the sample.
    const places = new Int32Array(samples.length);
    rows.forEach((row, i) => (places[row] = i + 1));
    return [name, array(places)];
  });
  const variables = Object.values(modalities).flatMap((modality) => modality.variables);
  const mod = map(Object.fromEntries(own));
  mod.given["mod-order"] = Object.keys(modalities);
  const root = {
    mod,
    obs: table(samples, columns),
    var: table(variables, {}),
    obsmap: map(Object.fromEntries(maps)),
  };
  const marks = { "encoding-type": "MuData", "encoding-version": "0.1.0", axis: Int32Array.of(0) };
  const place = writeGroup(file, root, marks);
  const superblock = join(
    Buffer.from("\x89HDF\r\n\x1a\n", "latin1"),
    u8(0, 0, 0, 0, 0, 8, 8, 0),
    u16(LEAVES),
    u16(BRANCHES),
    u32(0),
    u64(0),
    u64(NONE),
    u64(file.length),
    u64(NONE),
    join(u64(0), u64(place), u32(0), u32(0), u64(0), u64(0)),
  );
  file.parts[0] = superblock;
  return join(words.subarray(0, 512), ...file.parts);
}
