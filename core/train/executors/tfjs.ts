/** Programs carried out by TensorFlow.js, on whichever of its backends is set: the native library, WebGL, wasm or plain. */
import { builtIn, sizeOf, type BufferSpec, type Program } from "../../program/program";
import type { Executor, ExecutorLost, Session, Values } from "../executor";
import { isSmall, Names, shared } from "./names";
import { Kernels, type Tf } from "./tfjs-kernels";
import type { Tensor } from "@tensorflow/tfjs-core";

/**
 * @param tf TensorFlow.js with a backend that is set and ready
 * @param description one line for people: which backend, and why
 * @param lost rejects once the backend's device is gone; absent where it has none to lose
 */
export function createTfjsExecutor(
  tf: Tf,
  description: string,
  lost: Promise<never> = new Promise(() => undefined),
): Executor {
  const sessions = new Set<TfjsSession>();
  return {
    name: "tfjs",
    description,
    open(programs) {
      const session = new TfjsSession(tf, programs, lost, () => sessions.delete(session));
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
  /** Small outputs of a program's last run, once one of them has been read. */
  private readonly fresh = new Map<string, Promise<Map<string, Values>>>();
  private gone: ExecutorLost | undefined;

  constructor(
    private readonly tf: Tf,
    programs: Record<string, Program>,
    private readonly lost: Promise<never>,
    private readonly onDispose: () => void,
  ) {
    this.names = new Names(programs);
    this.kernels = new Kernels(tf);
    lost.catch((error: ExecutorLost) => (this.gone = error));
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
    if (this.gone !== undefined) return Promise.reject(this.gone);
    this.fresh.delete(program);
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
    if (!isSmall(spec)) return this.valuesOf(this.held.get(keyOf(program, spec))!);
    const known = this.fresh.get(program) ?? this.readSmall(program);
    this.fresh.set(program, known);
    return (await known).get(name)!.slice();
  }

  private async readSmall(program: string): Promise<Map<string, Values>> {
    const { tf } = this;
    const small = this.names.program(program).buffers.filter(isSmall);
    const joined = tf.tidy(() =>
      tf.concat(small.map((spec) => tf.reshape(this.held.get(keyOf(program, spec))!, [sizeOf(spec.shape)]))),
    );
    const values = await this.valuesOf(joined);
    joined.dispose();
    let start = 0;
    return new Map(small.map(({ name, shape }) => [name!, values.subarray(start, (start += sizeOf(shape)))]));
  }

  /** @throws ExecutorLost where the device is gone, which TensorFlow.js would wait for */
  private async valuesOf(tensor: Tensor): Promise<Values> {
    if (this.gone !== undefined) throw this.gone;
    return (await Promise.race([tensor.data(), this.lost])).slice() as Values;
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
