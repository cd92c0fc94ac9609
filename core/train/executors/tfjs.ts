/** Programs carried out by TensorFlow.js, on whichever of its backends is set: the native library, WebGL, wasm or plain. */
import { builtIn, sizeOf, type BufferSpec, type Program } from "../../program/program";
import type { Executor, Session, Values } from "../executor";
import { Names, shared } from "./names";
import { Kernels, type Tf } from "./tfjs-kernels";
import type { Tensor } from "@tensorflow/tfjs-core";

/**
 * @param tf TensorFlow.js with a backend that is set and ready
 * @param description one line for people: which backend, and why
 */
export function createTfjsExecutor(tf: Tf, description: string): Executor {
  const sessions = new Set<TfjsSession>();
  return {
    name: "tfjs",
    description,
    open(programs) {
      const session = new TfjsSession(tf, programs, () => sessions.delete(session));
      sessions.add(session);
      return Promise.resolve(session);
    },
    close() {
      for (const session of [...sessions]) session.dispose();
    },
  };
}

/** Values that outlive a run: of programs by buffer, of parameters and states by name. */
const keyOf = (program: string, spec: BufferSpec): string =>
  shared(spec) ? `shared ${spec.name!}` : `${program} ${spec.id}`;

class TfjsSession implements Session {
  private readonly names: Names;
  private readonly kernels: Kernels;
  private readonly held = new Map<string, Tensor>();

  constructor(
    private readonly tf: Tf,
    programs: Record<string, Program>,
    private readonly onDispose: () => void,
  ) {
    this.names = new Names(programs);
    this.kernels = new Kernels(tf);
    for (const [name, program] of Object.entries(programs))
      for (const spec of program.buffers)
        if (spec.role !== "temporary" && !this.held.has(keyOf(name, spec)))
          this.hold(keyOf(name, spec), tf.fill(spec.shape, spec.value ?? 0, spec.dtype));
  }

  write(program: string, name: string, values: ArrayLike<number>): void {
    const spec = this.names.toWrite(program, name, values.length);
    const typed = spec.dtype === "int32" ? Int32Array.from(values) : Float32Array.from(values);
    this.hold(keyOf(program, spec), this.tf.tensor(typed, spec.shape, spec.dtype));
  }

  run(program: string): Promise<void> {
    const found = this.names.program(program);
    const { buffers } = found;
    const { tf, kernels } = this;
    tf.tidy(() => {
      const fresh = new Map<number, Tensor>();
      const at = (id: number): Tensor => fresh.get(id) ?? this.held.get(keyOf(program, buffers[id]!))!;
      for (const operation of builtIn(found)) {
        if (operation.kind === "adam") {
          const next = tf.tidy(() => kernels.adam(operation, at));
          for (const part of ["parameter", "m", "v"] as const) fresh.set(operation[part], next[part]);
          continue;
        }
        const before = fresh.get(operation.out);
        const size = sizeOf(buffers[operation.out]!.shape);
        const value = tf.tidy(() =>
          operation.kind === "copy"
            ? kernels.copy(operation, at, size, before)
            : kernels[operation.kind](operation as never, at),
        );
        fresh.set(operation.out, value);
      }
      for (const [id, value] of fresh)
        if (buffers[id]!.role !== "temporary")
          this.hold(keyOf(program, buffers[id]!), tf.reshape(value, buffers[id]!.shape));
    });
    return Promise.resolve();
  }

  async read(program: string, name: string): Promise<Values> {
    const spec = this.names.toRead(program, name);
    return (await this.held.get(keyOf(program, spec))!.data()).slice() as Values;
  }

  dispose(): void {
    for (const tensor of this.held.values()) tensor.dispose();
    this.held.clear();
    this.kernels.dispose();
    this.onDispose();
  }

  private hold(key: string, value: Tensor): void {
    this.held.get(key)?.dispose();
    this.held.set(key, this.tf.keep(value));
  }
}
