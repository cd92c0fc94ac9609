/** Where everything lies in the one memory of a session, in bytes. */
import type { BufferId, BufferSpec, Program } from "../../../program/program";
import { sizeOf } from "../../../program/program";

/** The control block and each thread's scratch, as in kernels/layout.ts. */
const CONTROL_BYTES = 1024;
const THREAD_BYTES = 700_416;
const PAGE = 65_536;
const LIMIT = 65_536 * PAGE;
/** Vector loads may read a little past the last array. */
const MARGIN = 256;
/**
 * Left free after each array. Arrays of whole pages would else all start at the same place of a page, and processors
 * take a load for one of what was just stored at that place of another page.
 */
const GAP = 576;

interface Place {
  address: number;
  size: number;
  dtype: BufferSpec["dtype"];
}

interface ProgramPlaces {
  address(buffer: BufferId): number;
  /** Everything with a name, by name. */
  named: Map<string, Place & { role: BufferSpec["role"] }>;
}

interface MemoryPlan {
  programs: Map<string, ProgramPlaces>;
  /** First free byte after the arrays: where the tables go. */
  end: number;
}

/** The scratch of one thread. */
export function threadScratch(thread: number): number {
  return CONTROL_BYTES + thread * THREAD_BYTES;
}

/**
 * The memory of a session: `bytes` bytes and the margin, shared between threads or not.
 * @throws Error when that is more than WebAssembly holds or this process can get
 */
export function createMemory(bytes: number, shared: boolean): WebAssembly.Memory {
  const size = `${Math.ceil(bytes / 2 ** 20)} MiB`;
  const pages = Math.ceil((bytes + MARGIN) / PAGE);
  if (pages * PAGE > LIMIT) {
    throw new Error(`The programs need ${size}; WebAssembly holds 4096. Use smaller networks or batches.`);
  }
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch {
    throw new Error(
      `The programs need ${size} of memory, which is not to be had here. Use smaller networks or batches.`,
    );
  }
}

/**
 * Places all arrays of the programs: parameters and states once, by name; the temporaries of all programs in one
 * scratch area, since programs run one after another.
 * @throws Error when two programs give one parameter or state different sizes.
 */
export function planMemory(programs: Record<string, Program>, threads: number): MemoryPlan {
  let end = threadScratch(threads);
  const take = (elements: number) => {
    const address = Math.ceil(end / 64) * 64;
    end = address + 4 * elements + GAP;
    return address;
  };
  const scratch = take(Math.max(0, ...Object.values(programs).map((program) => program.scratch)));
  const shared = new Map<string, Place>();

  const place = (buffer: BufferSpec, program: string): Place => {
    const size = sizeOf(buffer.shape);
    const { dtype, name } = buffer;
    if (buffer.role === "temporary") return { address: scratch + 4 * (buffer.offset ?? 0), size, dtype };
    if ((buffer.role !== "parameter" && buffer.role !== "state") || name === undefined) {
      return { address: take(size), size, dtype };
    }
    const known = shared.get(name);
    if (known && (known.size !== size || known.dtype !== dtype)) {
      throw new Error(
        `"${name}" has ${size} elements of ${dtype} in program "${program}" and ${known.size} of ${known.dtype} in another.`,
      );
    }
    const own = known ?? { address: take(size), size, dtype };
    shared.set(name, own);
    return own;
  };

  const placed = new Map<string, ProgramPlaces>();
  for (const [name, program] of Object.entries(programs)) {
    const byId = new Map(program.buffers.map((buffer) => [buffer.id, { ...place(buffer, name), buffer }]));
    const named: ProgramPlaces["named"] = new Map();
    for (const { buffer, address, size, dtype } of byId.values()) {
      if (buffer.name !== undefined) named.set(buffer.name, { address, size, dtype, role: buffer.role });
    }
    const address = (id: BufferId) => {
      const known = byId.get(id);
      if (!known) throw new Error(`Program "${name}" uses buffer ${id}, which it does not declare.`);
      return known.address;
    };
    placed.set(name, { address, named });
  }
  return { programs: placed, end };
}
