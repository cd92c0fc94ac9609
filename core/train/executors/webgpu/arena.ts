/**
 * Where the buffers of a session lie: one storage buffer holds them all, so that one binding serves every kernel, however
 * many operands it has. Places are counted in numbers of four bytes; integers are kept as floats, exact below 2^24.
 */
import { sizeOf, type BufferSpec, type Operation, type Program } from "../../../program/program";
import { isSmall, shared } from "../names";

type Adam = Extract<Operation, { kind: "adam" }>;

const padded = (spec: BufferSpec): number => Math.ceil(sizeOf(spec.shape) / 4) * 4;

/** One program's buffers: places by id. */
interface Places {
  at: number[];
  /** Where its small outputs lie, and how many numbers they take. */
  small: { start: number; length: number };
}

export interface Arena {
  programs: Record<string, Places>;
  /** Numbers in all. */
  length: number;
  /** What is filled once: constants. */
  filled: { at: number; length: number; value: number }[];
}

export const adamsOf = (program: Program): Adam[] =>
  program.operations.filter((operation): operation is Adam => operation.kind === "adam");

/**
 * Lays out the buffers of all programs. What Adam updates lies in one order four times, parameters, both moments and
 * gradients, so that one pass updates them all. Temporaries of a program share its scratch memory as it says, gradients
 * apart.
 */
export function layOut(programs: Record<string, Program>): Arena {
  let length = 0;
  const take = (size: number): number => {
    const at = length;
    length += size;
    return at;
  };
  const common = new Map<string, number>();
  const arena: Arena = { programs: {}, length: 0, filled: [] };
  for (const [name, program] of Object.entries(programs)) {
    const { buffers } = program;
    const at: number[] = [];
    const place = (id: number): void => {
      const spec = buffers[id]!;
      if (at[id] !== undefined) return;
      const known = shared(spec) ? common.get(spec.name!) : undefined;
      at[id] = known ?? take(padded(spec));
      if (shared(spec)) common.set(spec.name!, at[id]);
    };
    for (const part of ["parameter", "m", "v", "gradient"] as const)
      for (const operation of adamsOf(program)) place(operation[part]);
    const start = length;
    for (const spec of buffers) if (isSmall(spec)) place(spec.id);
    const small = { start, length: length - start };
    const scratch = take(Math.ceil(program.scratch / 4) * 4);
    for (const spec of buffers) {
      if (spec.role === "temporary" && spec.offset !== undefined) at[spec.id] ??= scratch + spec.offset;
      else place(spec.id);
      if (spec.role === "constant")
        arena.filled.push({ at: at[spec.id]!, length: padded(spec), value: spec.value ?? 0 });
    }
    arena.programs[name] = { at, small };
  }
  return { ...arena, length: Math.max(4, length) };
}
