/** The kernels as a module: which of the builds runs here, and what it exports. */
import { MEANINGS } from "./encode";
import { plain, plainShared, relaxed, relaxedShared } from "./generated";

/** What the module exports; see kernels/index.ts. */
export interface Kernels {
  execute(table: number, thread: number, threads: number, scratch: number): number;
  serve(thread: number, threads: number, scratch: number): void;
  start(table: number): void;
}

/** Whether this engine compiles the build with relaxed SIMD (fused multiply-add). */
export function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(bytesOf(relaxed));
}

/**
 * The module for one thread or for several, which share their memory.
 * @throws Error when it was built from other sources than these, and would take an operation for another or for none
 */
export async function compileKernels(relaxedSimd: boolean, shared: boolean): Promise<WebAssembly.Module> {
  const base64 = relaxedSimd ? (shared ? relaxedShared : relaxed) : shared ? plainShared : plain;
  const module = await WebAssembly.compile(bytesOf(base64));
  const exported = WebAssembly.Module.exports(module).map(({ name }) => name);
  for (const [list, words] of Object.entries(MEANINGS)) {
    const known = exported.filter((name) => name.startsWith(`${list}.`)).map((name) => name.split(".")[1]!);
    if (words.join() === known.join()) continue;
    const lacking = words.filter((word) => !known.includes(word));
    const how = lacking.length > 0 ? `they lack ${lacking.join(", ")}` : "they number operations differently";
    throw new Error(
      `The wasm kernels (core/train/executors/wasm/generated.ts) were built from other sources: ${how}. Run "npm run build".`,
    );
  }
  return module;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** What the module imports: its memory, and how a thread sleeps and wakes others (kernels/threads.ts). */
export function importsOf(memory: WebAssembly.Memory): WebAssembly.Imports {
  const words = new Int32Array(memory.buffer);
  return {
    env: {
      memory,
      sleep: (at: number, old: number, milliseconds: number) =>
        Atomics.wait(words, at / 4, old, milliseconds) === "timed-out" ? 0 : 1,
      wake: (at: number) => void Atomics.notify(words, at / 4),
    },
  };
}
