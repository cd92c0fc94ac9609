import type { OwnParameter, OwnRequest } from "../program/own";
import type { Program } from "../program/program";
import type { ExecutorId } from "./executors/index";

/** Values as they cross an executor's border: float32 unless the buffer is int32. */
export type Values = Float32Array | Float64Array | Int32Array;

/**
 * Programs being carried out over one set of parameters. Parameters and optimiser states are shared, by name, between
 * the session's programs (training step, held-out evaluation, ...) and start as zeros; inputs and outputs belong to one
 * program.
 */
export interface Session {
  /**
   * Copies `values` into the input, parameter or state `name` of `program`.
   * @throws Error when the program has no such buffer or the length differs; the message names both.
   */
  write(program: string, name: string, values: ArrayLike<number>): void;
  /** Carries out every operation of `program` once. Its inputs may be written again once that is done. */
  run(program: string): Promise<void>;
  /** A copy of the named output, parameter or state. */
  read(program: string, name: string): Promise<Values>;
  /**
   * Builds the modules of the user's own anew, from their code as it is now, and puts their first values of this seed into
   * their parameters. Whatever goes wrong there is thrown by the next run or read.
   */
  buildOwn?(seed: number): void;
  /** Frees everything; the session is unusable afterwards. */
  dispose(): void;
}

/** What came of building a module of the user's own: its parameters, or why it cannot be used, as a sentence. */
export type OwnAnswer = { parameters: OwnParameter[] } | { fault: string };

/** One way of carrying out programs. Every executor gives the same numbers up to rounding. */
export interface Executor {
  readonly name: ExecutorId;
  /** One line for people: what runs and why, for example "wasm, relaxed SIMD, 2 threads". */
  readonly description: string;
  /** Allocates and compiles the programs, by name. */
  open(programs: Record<string, Program>): Promise<Session>;
  /** Builds modules of the user's own once, to see what they are. Absent where none can be built. */
  describeOwn?(modules: readonly OwnRequest[]): Promise<OwnAnswer[]>;
  /** Ends threads and frees memory. */
  close(): void;
}

/** An executor that has gone while it worked: a lost device, a process that ended. Another can continue from a saved state. */
export class ExecutorLost extends Error {}

/** An executor that trains since another cannot, which its description says. */
export const insteadOf = (executor: Executor, reason: string): Executor => ({
  ...executor,
  description: `${executor.description}, since ${reason}`,
});
