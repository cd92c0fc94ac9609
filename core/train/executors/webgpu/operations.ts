/** A program as calls of shaders. */
import { builtIn, type BuiltIn, type Program } from "../../../program/program";
import { adam } from "./adam";
import type { Dispatch } from "./kernel";
import { map } from "./map";
import { matmul } from "./matmul";
import { copy, gather, scatterAdd } from "./move";
import { reduce } from "./reduce";
import { fold, unfold } from "./slide";
import { triangular } from "./triangular";

type Kernels = {
  [K in Exclude<BuiltIn["kind"], "adam">]: (
    operation: Extract<BuiltIn, { kind: K }>,
    at: readonly number[],
    program: Program,
  ) => Dispatch[];
};

const kernels: Kernels = { matmul, map, reduce, gather, scatterAdd, copy, unfold, fold, triangular };

/** @param at where each buffer lies, by id */
export function dispatchesOf(program: Program, at: readonly number[]): Dispatch[] {
  const before = builtIn(program).flatMap((operation) =>
    operation.kind === "adam" ? [] : kernels[operation.kind](operation as never, at, program),
  );
  // Nothing but Adam reads what Adam writes in a step, so all updates come last.
  return [...before, ...adam(program, at)];
}
