/** Programs carried out by PyTorch in another process, over whatever carries requests to it. See `trainer/torch`. */
import { sizeOf, type BufferSpec, type Program } from "../../program/program";
import type { Executor, OwnAnswer, Session, Values } from "../executor";
import { Names, shared } from "./names";

/** An answer: what it says, and the bytes of numbers in it. */
export interface TorchAnswer {
  header: Record<string, unknown>;
  bytes: Uint8Array;
}

/** The line to PyTorch's process. */
export interface TorchLine {
  /** A request that has no answer. */
  tell(header: Record<string, unknown>, bytes?: Uint8Array): void;
  /**
   * @param seconds in which it must be answered
   * @throws Error with what went wrong, also with the requests before it that have no answer
   */
  ask(header: Record<string, unknown>, seconds?: number): Promise<TorchAnswer>;
  /** Memory of so many bytes that PyTorch's process sees too; undefined where there is none. */
  share(bytes: number): SharedBytes | undefined;
  end(): void;
}

/** A file of memory: what is written is there at once, and costs one copy instead of several and a change of process for each piece. */
export interface SharedBytes {
  readonly path: string;
  write(byte: number, values: Float32Array | Int32Array): void;
  /** Takes its name away, once both have it: it is gone when they are. */
  unlink(): void;
  close(): void;
}

/** Seconds in which modules of the user's own must be built. Packages with large models take some time to import. */
const LONGEST_BUILDING = 90;

/** @param description one line for people: which PyTorch, and on what device */
export function createTorchExecutor(line: TorchLine, description: string): Executor {
  let sessions = 0;
  return {
    name: "torch",
    description,
    async open(programs) {
      const session = sessions++;
      const { placed, bytes } = withPlaces(programs);
      const inputs = line.share(bytes);
      try {
        await line.ask({ op: "open", session, programs: placed, file: inputs?.path });
      } catch (error) {
        inputs?.close();
        throw error;
      } finally {
        inputs?.unlink();
      }
      return new TorchSession(line, session, placed, inputs);
    },
    async describeOwn(modules) {
      const { header } = await line.ask({ op: "describe", modules }, LONGEST_BUILDING);
      return header["modules"] as OwnAnswer[];
    },
    close: () => line.end(),
  };
}

type Placed = BufferSpec & {
  /** Of an input: where it begins in the shared memory. */
  byte?: number;
};

/** Programs whose inputs have places in memory, each on lines of the processor's cache of its own. */
function withPlaces(programs: Record<string, Program>): { placed: Record<string, Program>; bytes: number } {
  let bytes = 0;
  const place = (spec: BufferSpec): Placed => {
    if (spec.role !== "input") return spec;
    const byte = bytes;
    bytes += 64 * Math.ceil((4 * sizeOf(spec.shape)) / 64);
    return { ...spec, byte };
  };
  const placed = Object.fromEntries(
    Object.entries(programs).map(([name, program]) => [
      name,
      { ...program, buffers: program.buffers.map(place) },
    ]),
  );
  return { placed, bytes };
}

class TorchSession implements Session {
  private readonly names: Names;
  /** Small outputs of the last run, by program and buffer: they came with its answer. */
  private readonly fresh = new Map<string, Map<number, Values>>();

  constructor(
    private readonly line: TorchLine,
    private readonly session: number,
    programs: Record<string, Program>,
    private readonly inputs: SharedBytes | undefined,
  ) {
    this.names = new Names(programs);
  }

  write(program: string, name: string, values: ArrayLike<number>): void {
    const spec: Placed = this.names.toWrite(program, name, values.length);
    const Typed = spec.dtype === "int32" ? Int32Array : Float32Array;
    if (this.inputs !== undefined && spec.byte !== undefined) {
      this.inputs.write(spec.byte, values instanceof Typed ? values : new Typed(values));
      return;
    }
    // A copy: it is sent later, and whoever has it may write into it.
    const bytes = new Uint8Array(new Typed(values).buffer);
    this.line.tell({ op: "write", session: this.session, program, buffer: spec.id }, bytes);
  }

  buildOwn(seed: number): void {
    this.line.tell({ op: "build", session: this.session, seed });
  }

  async run(program: string): Promise<void> {
    const { buffers } = this.names.program(program);
    const { header, bytes } = await this.line.ask({ op: "run", session: this.session, program });
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
    const asked = await this.line.ask({
      op: "read",
      session: this.session,
      program,
      buffer: spec.id,
    });
    return valuesOf(spec, asked.bytes, 0);
  }

  dispose(): void {
    this.line.tell({ op: "dispose", session: this.session });
    this.inputs?.close();
    this.fresh.clear();
  }
}

/** A copy of a buffer's values, which lie at `offset` of what has arrived. */
function valuesOf({ dtype, shape }: BufferSpec, bytes: Uint8Array, offset: number): Values {
  const copy = new Uint8Array(bytes.subarray(offset, offset + 4 * sizeOf(shape))).buffer;
  return dtype === "int32" ? new Int32Array(copy) : new Float32Array(copy);
}
