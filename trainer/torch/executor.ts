/** Programs carried out by the PyTorch of a person's own Python: on a CUDA card, an Apple GPU or the CPU. */
import { sizeOf, type BufferSpec, type Program } from "../../core/program/program";
import type { Executor, Session, Values } from "../../core/train/executor";
import { Names, shared } from "../../core/train/executors/names";
import type { Frame } from "./frames";
import { TorchProcess } from "./process";

interface TorchOptions {
  /** The command of a Python that has PyTorch. */
  python: string;
  /** "auto", or a device as PyTorch names it. */
  device?: string;
  /** On a CPU; 0 is PyTorch's own choice. */
  threads?: number;
}

/** @throws Error when this Python does not start, has no PyTorch, or lacks the device */
export async function createTorchExecutor(options: TorchOptions): Promise<Executor> {
  const { python, device = "auto", threads = 0 } = options;
  const process = new TorchProcess(python);
  const { header } = await process.ask({ op: "hello", device, threads }).catch((error: unknown) => {
    process.end();
    throw error;
  });
  let sessions = 0;
  return {
    name: "torch",
    description: `${String(header["description"])}, ${python}`,
    async open(programs) {
      const session = sessions++;
      await process.ask({ op: "open", session, programs });
      return new TorchSession(process, session, programs);
    },
    close: () => process.end(),
  };
}

class TorchSession implements Session {
  private readonly names: Names;
  /** Small outputs of the last run, by program and buffer: they came with its answer. */
  private readonly fresh = new Map<string, Map<number, Values>>();

  constructor(
    private readonly process: TorchProcess,
    private readonly session: number,
    programs: Record<string, Program>,
  ) {
    this.names = new Names(programs);
  }

  write(program: string, name: string, values: ArrayLike<number>): void {
    const spec = this.names.toWrite(program, name, values.length);
    const typed = spec.dtype === "int32" ? Int32Array.from(values) : Float32Array.from(values);
    const bytes = new Uint8Array(typed.buffer);
    this.process.tell({ op: "write", session: this.session, program, buffer: spec.id }, bytes);
  }

  async run(program: string): Promise<void> {
    const { buffers } = this.names.program(program);
    const { header, bytes } = await this.process.ask({ op: "run", session: this.session, program });
    const found = new Map<number, Values>();
    let offset = 0;
    for (const id of header["buffers"] as number[]) {
      const spec = buffers[id]!;
      found.set(id, valuesOf(spec, bytes, offset));
      offset += 4 * sizeOf(spec.shape);
    }
    this.fresh.set(program, found);
  }

  async read(program: string, name: string): Promise<Values> {
    const spec = this.names.toRead(program, name);
    const known = shared(spec) ? undefined : this.fresh.get(program)?.get(spec.id);
    if (known !== undefined) return known.slice();
    const asked: Frame = await this.process.ask({
      op: "read",
      session: this.session,
      program,
      buffer: spec.id,
    });
    return valuesOf(spec, asked.bytes, 0);
  }

  dispose(): void {
    this.process.tell({ op: "dispose", session: this.session });
    this.fresh.clear();
  }
}

/** A copy of a buffer's values, which lie at `offset` of what has arrived. */
function valuesOf({ dtype, shape }: BufferSpec, bytes: Uint8Array, offset: number): Values {
  const copy = new Uint8Array(bytes.subarray(offset, offset + 4 * sizeOf(shape))).buffer;
  return dtype === "int32" ? new Int32Array(copy) : new Float32Array(copy);
}
