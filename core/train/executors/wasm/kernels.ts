/** The kernels as a module: which of the builds runs here, and what it exports. */
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

/** The module for one thread or for several, which share their memory. */
export function compileKernels(relaxedSimd: boolean, shared: boolean): Promise<WebAssembly.Module> {
  const base64 = relaxedSimd ? (shared ? relaxedShared : relaxed) : shared ? plainShared : plain;
  return WebAssembly.compile(bytesOf(base64));
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
