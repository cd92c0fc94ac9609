/** Runs single operations on the wasm executor and in plain float64 loops. */
import assert from "node:assert/strict";
import type { Executor } from "../../core/train/executor";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { hasRelaxedSimd } from "../../core/train/executors/wasm/kernels";
import type { BufferSpec, Operation, Program } from "../../core/program/program";
import { startThread } from "../../trainer/node-threads";

/** The builds this engine runs. Node 20 has relaxed SIMD only behind a flag; wasm-relaxed.test.ts passes it. */
export const builds: readonly ("on" | "off")[] = hasRelaxedSimd() ? ["off", "on"] : ["off"];

export function open(relaxedSimd: "on" | "off", threads = 1): Promise<Executor> {
  return createWasmExecutor({ threads, relaxedSimd, spawn: startThread });
}

/** A generator of numbers in [0, 1), the same in every run (Park and Miller's). */
export function generator(seed: number): () => number {
  let state = seed * 7919 + 1;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

export function integer(random: () => number, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

/** Numbers spread evenly over [low, high], rounded to float32. */
export function numbers(random: () => number, count: number, low = -1, high = 1): Float32Array {
  return Float32Array.from({ length: count }, () => low + (high - low) * random());
}

type Arrays = Record<string, Float32Array | Int32Array>;

/** A program of these operations whose buffers are inputs, but those named in `outputs` (name: length). */
export class Builder {
  readonly buffers: BufferSpec[] = [];
  readonly operations: Operation[] = [];
  readonly inputs: Arrays = {};

  input(name: string, values: Float32Array | Int32Array): number {
    this.inputs[name] = values;
    return this.add(name, "input", values.length, values instanceof Int32Array ? "int32" : "float32");
  }

  output(name: string, size: number): number {
    return this.add(name, "output", size, "float32");
  }

  add(name: string, role: BufferSpec["role"], size: number, dtype: BufferSpec["dtype"] = "float32"): number {
    return this.buffers.push({ id: this.buffers.length, role, name, shape: [size], dtype }) - 1;
  }

  get program(): Program {
    return { buffers: this.buffers, operations: this.operations, scratch: 0 };
  }

  /** Runs the program once; the outputs by name. */
  async run(executor: Executor): Promise<Record<string, Float32Array>> {
    const session = await executor.open({ test: this.program });
    for (const [name, values] of Object.entries(this.inputs)) session.write("test", name, values);
    await session.run("test");
    const outputs: Record<string, Float32Array> = {};
    for (const buffer of this.buffers) {
      if (buffer.role === "output")
        outputs[buffer.name!] = (await session.read("test", buffer.name!)) as Float32Array;
    }
    session.dispose();
    return outputs;
  }
}

/** Fails where |actual - expected| > tolerance * (|expected| + scale); NaN and infinities must be the same. */
export function close(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
  scale: number | ArrayLike<number> = 0,
): void {
  assert.equal(actual.length, expected.length, `${what}: length`);
  for (let i = 0; i < expected.length; i++) {
    const [a, e] = [actual[i]!, expected[i]!];
    if (Object.is(a, e) || a === e) continue;
    const allowed = tolerance * (Math.abs(e) + (typeof scale === "number" ? scale : scale[i]!));
    if (!(Math.abs(a - e) <= allowed))
      assert.fail(`${what}: element ${i} is ${a}, should be ${e} (within ${allowed})`);
  }
}
