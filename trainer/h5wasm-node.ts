/** HDF5 by range in Node: the package `h5wasm`, where it is installed. */
import { pathToFileURL } from "node:url";
import type { Hdf5Node } from "../core/data/hdf5-node";
import { h5wasmPackage } from "./h5wasm-package";
import { fileInstalledIn, notInstalled, notLoaded } from "./installed";

const { name: PACKAGE, version } = h5wasmPackage;
/** The build that opens files of the disk by itself. */
const ENTRY = "dist/node/hdf5_hl.js";

const HOW = `in a trusted workspace run the command Install HDF5 for Large Files; on the command line run npm install --prefix FOLDER ${PACKAGE}@${version} and set BOTTLENECK_H5WASM to FOLDER`;

/** What is used of the package. */
interface Library {
  ready: Promise<{ activate_throwing_error_handler(): number }>;
  File: new (path: string, mode: "r") => Group & { close(): unknown };
}

interface Group {
  keys(): string[];
  get(path: string): Group | Dataset | null;
  attrs: Readonly<Record<string, { value: unknown }>>;
}

interface Dataset extends Pick<Group, "attrs"> {
  shape: number[] | null;
  metadata: {
    type: number;
    size: number;
    signed: boolean;
    vlen: boolean;
    enum_type?: { type: number };
  };
  filters: { id: number; name: string }[];
  value: unknown;
  slice(ranges: ([] | [number, number])[]): unknown;
}

/** Classes of types in HDF5 (H5Tpublic.h). */
const [WHOLE, FLOAT, TEXT, REFERENCE, ENUMERATION] = [0, 1, 3, 7, 8];

const loaded = new Map<string, Promise<Library>>();

/** The package, once: what fails within it throws, where it would print and return whatever was in memory. */
function load(path: string): Promise<Library> {
  const known = loaded.get(path);
  if (known !== undefined) return known;
  const loading = (import(pathToFileURL(path).href) as Promise<Library>).then(async (library) => {
    (await library.ready).activate_throwing_error_handler();
    return library;
  });
  loaded.set(path, loading);
  return loading;
}

/**
 * Opens a file with the package from the first of `folders` whose `node_modules`, or a parent's, has it and where it loads.
 * @param unchanged throws where the file is another one than it was
 * @returns its root, or one sentence on why it is not read
 */
export async function openHdf5(
  folders: readonly string[],
  place: string,
  unchanged: () => void,
): Promise<Hdf5Node | { lack: string }> {
  let lack = notInstalled(folders, PACKAGE, HOW);
  for (const installed of fileInstalledIn(folders, PACKAGE, ENTRY)) {
    try {
      const library = await load(installed.path);
      const root = new Opened(library, place, unchanged).nodeAt("/");
      if (root !== null) return root;
    } catch (error) {
      lack = notLoaded(installed, error);
    }
  }
  return { lack };
}

/** A file that is open as long as something is read of it without a pause. */
class Opened {
  private file: InstanceType<Library["File"]> | undefined;

  constructor(
    private readonly library: Library,
    private readonly place: string,
    private readonly unchanged: () => void,
  ) {}

  nodeAt(path: string): Hdf5Node | null {
    const found = this.get(path);
    if (found === null) return null;
    const attrs = new Proxy<Record<string, unknown>>(
      {},
      { get: (_, name) => (typeof name === "string" ? this.get(path)?.attrs[name]?.value : undefined) },
    );
    const within = path === "/" ? "" : path;
    if ("keys" in found)
      return { keys: found.keys(), attrs, get: (name) => this.nodeAt(`${within}/${name}`) };
    const dataset = (): Dataset => this.get(path) as Dataset;
    return {
      shape: found.shape ?? [],
      dtype: dtypeOf(found),
      attrs,
      get value() {
        const { shape, value } = dataset();
        return shape?.length === 0 ? [plain(value)] : plain(value);
      },
      slice(axis, start, end) {
        const of = dataset();
        return plain(
          of.slice(of.shape!.map((_, i) => (i === axis ? [start, end] : []))),
        ) as ArrayLike<unknown>;
      },
    };
  }

  private get(path: string): Group | Dataset | null {
    if (this.file === undefined) {
      this.unchanged();
      this.file = new this.library.File(this.place, "r");
      setImmediate(() => {
        this.file?.close();
        this.file = undefined;
      });
    }
    return path === "/" ? this.file : this.file.get(path);
  }
}

/** The type of an array's values, as `Hdf5Node` says it; undefined where they are records, lists or other things. */
function dtypeOf({ metadata: { type, size, signed, vlen, enum_type } }: Dataset): unknown {
  const base = type === ENUMERATION ? enum_type?.type : type;
  if (base === WHOLE) return `<${signed ? "i" : "u"}${size}`;
  if (base === FLOAT) return `<f${size}`;
  if (base === TEXT) return vlen ? ["VLEN_STRING"] : `|S${size}`;
  return base === REFERENCE ? ["REFERENCE"] : undefined;
}

/** Whole numbers of eight bytes as numbers; those beyond 2^53 are refused by whoever reads them. */
const plain = (value: unknown): unknown =>
  value instanceof BigInt64Array || value instanceof BigUint64Array
    ? Float64Array.from(value, Number)
    : typeof value === "bigint"
      ? Number(value)
      : value;
