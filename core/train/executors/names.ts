/** Looking up the buffers of a session's programs by name, with errors that say what was asked for. */
import { sizeOf, type BufferRole, type BufferSpec, type Program } from "../../program/program";

/** Parameters and states, which programs share by name. */
export const shared = (spec: BufferSpec): boolean => spec.role === "parameter" || spec.role === "state";

/** Outputs of at most this many numbers are read together: a GPU hands over few numbers as slowly as many. */
const SMALL = 256;

export const isSmall = ({ role, dtype, shape }: BufferSpec): boolean =>
  role === "output" && dtype === "float32" && sizeOf(shape) <= SMALL;

const writable: readonly BufferRole[] = ["input", "parameter", "state"];
const readable: readonly BufferRole[] = ["output", "parameter", "state"];

/** Finds buffers by program and name. */
export class Names {
  constructor(private readonly programs: Record<string, Program>) {}

  /** @throws Error when there is no such program */
  program(program: string): Program {
    const found = this.programs[program];
    if (found === undefined) throw new Error(`no program is named "${program}"`);
    return found;
  }

  /** The input, parameter or state to write. @throws Error when there is none or `length` is not its own */
  toWrite(program: string, name: string, length: number): BufferSpec {
    const spec = this.find(program, name, writable);
    const size = sizeOf(spec.shape);
    if (length !== size)
      throw new Error(`${spec.role} "${name}" of program "${program}" has ${size} values, not ${length}`);
    return spec;
  }

  /** The output, parameter or state to read. @throws Error when there is none */
  toRead(program: string, name: string): BufferSpec {
    return this.find(program, name, readable);
  }

  private find(program: string, name: string, roles: readonly BufferRole[]): BufferSpec {
    const spec = this.program(program).buffers.find((b) => b.name === name && roles.includes(b.role));
    if (spec === undefined) throw new Error(`program "${program}" has no ${roles.join(", ")} "${name}"`);
    return spec;
  }
}
