/** The executor on own WebAssembly kernels: SIMD, with relaxed SIMD where the engine has it, and threads. */
import type { Program } from "../../program/program";
import type { Executor, Session, Values } from "../executor";
import { encode } from "./wasm/encode";
import type { Kernels } from "./wasm/kernels";
import { compileKernels, hasRelaxedSimd, importsOf } from "./wasm/kernels";
import { createMemory, planMemory, threadScratch } from "./wasm/memory";

/** What a helping thread needs: it instantiates `module` over `memory` (see `importsOf`) and calls `serve`. */
export interface ThreadStart {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  thread: number;
  threads: number;
  scratch: number;
}

interface WasmOptions {
  /** Threads in all; more than one needs `spawn` and memory that threads can share. */
  threads: number;
  /** `auto` (the default) uses relaxed SIMD where the engine has it. */
  relaxedSimd?: "auto" | "on" | "off";
  /** Starts a helping thread; resolves when it is about to serve. */
  spawn?: (start: ThreadStart) => Promise<{ end(): void }>;
}

/**
 * The wasm executor. Results are bitwise the same for every run and thread count on one machine and build.
 * @throws Error when relaxed SIMD is demanded and missing, or threads are asked for without `spawn`.
 */
export async function createWasmExecutor(options: WasmOptions): Promise<Executor> {
  const { threads, relaxedSimd = "auto", spawn } = options;
  if (threads > 1 && !spawn)
    throw new Error(`${threads} threads were asked for, but nothing here can start them.`);
  const relaxed = relaxedSimd === "off" ? false : hasRelaxedSimd();
  if (relaxedSimd === "on" && !relaxed) {
    throw new Error(
      "This engine has no relaxed SIMD. Node 20 has it behind --experimental-wasm-relaxed-simd, Node 24 by default.",
    );
  }
  const module = await compileKernels(relaxed, threads > 1);
  const sessions = new Set<WasmSession>();
  return {
    name: "wasm",
    description: `wasm, ${relaxed ? "relaxed SIMD" : "SIMD"}, ${threads} ${threads === 1 ? "thread" : "threads"}`,
    async open(programs) {
      const session = await WasmSession.open(module, programs, threads, spawn, () =>
        sessions.delete(session),
      );
      sessions.add(session);
      return session;
    },
    close() {
      for (const session of [...sessions]) session.dispose();
    },
  };
}

class WasmSession implements Session {
  private constructor(
    private readonly memory: WebAssembly.Memory,
    private readonly kernels: Kernels,
    private readonly places: ReturnType<typeof planMemory>["programs"],
    private readonly tables: ReadonlyMap<string, number>,
    private readonly helpers: readonly { end(): void }[],
    private readonly onDispose: () => void,
  ) {}

  static async open(
    module: WebAssembly.Module,
    programs: Record<string, Program>,
    threads: number,
    spawn: WasmOptions["spawn"],
    onDispose: () => void,
  ): Promise<WasmSession> {
    const { programs: places, end } = planMemory(programs, threads);
    let next = Math.ceil(end / 64) * 64;
    const tables = new Map<string, number>();
    const encoded: [number, Int32Array][] = [];
    for (const [name, program] of Object.entries(programs)) {
      const words = encode(program, places.get(name)!.address, threads);
      tables.set(name, next);
      encoded.push([next, words]);
      next += words.byteLength;
    }
    const memory = createMemory(next, threads > 1);
    for (const [address, words] of encoded) new Int32Array(memory.buffer, address).set(words);
    for (const [name, program] of Object.entries(programs)) {
      for (const buffer of program.buffers) {
        if (buffer.role !== "constant") continue;
        const size = buffer.shape.reduce((product, length) => product * length, 1);
        viewOf(memory, { address: places.get(name)!.address(buffer.id), size, dtype: buffer.dtype }).fill(
          buffer.value ?? 0,
        );
      }
    }
    const instance = await WebAssembly.instantiate(module, importsOf(memory));
    const helpers: { end(): void }[] = [];
    for (let thread = 1; thread < threads && spawn; thread++) {
      helpers.push(await spawn({ module, memory, thread, threads, scratch: threadScratch(thread) }));
    }
    const kernels = instance.exports as unknown as Kernels;
    return new WasmSession(memory, kernels, places, tables, helpers, onDispose);
  }

  write(program: string, name: string, values: ArrayLike<number>): void {
    const place = this.find(program, name, ["input", "parameter", "state"]);
    if (values.length !== place.size) {
      throw new Error(
        `"${name}" of program "${program}" holds ${place.size} numbers; ${values.length} were given.`,
      );
    }
    viewOf(this.memory, place).set(values);
  }

  /** Carries the program out before it returns; whoever trains lets other work run between steps. */
  async run(program: string): Promise<void> {
    const table = this.tables.get(program);
    if (table === undefined) throw new Error(`There is no program "${program}".`);
    const threads = this.helpers.length + 1;
    if (threads > 1) this.kernels.start(table);
    if (!this.kernels.execute(table, 0, threads, threadScratch(0))) {
      throw new Error("A thread of the wasm executor stopped answering.");
    }
  }

  async read(program: string, name: string): Promise<Values> {
    return viewOf(this.memory, this.find(program, name, ["output", "parameter", "state"])).slice();
  }

  dispose(): void {
    if (this.helpers.length > 0) this.kernels.start(0);
    for (const helper of this.helpers) helper.end();
    this.onDispose();
  }

  private find(program: string, name: string, roles: readonly string[]) {
    const place = this.places.get(program)?.named.get(name);
    if (!place || !roles.includes(place.role)) {
      throw new Error(
        `Program "${program}" has no ${roles.slice(0, -1).join(", ")} or ${roles.at(-1)} "${name}".`,
      );
    }
    return place;
  }
}

function viewOf(
  memory: WebAssembly.Memory,
  place: { address: number; size: number; dtype: "float32" | "int32" },
) {
  const View = place.dtype === "int32" ? Int32Array : Float32Array;
  return new View(memory.buffer, place.address, place.size);
}
