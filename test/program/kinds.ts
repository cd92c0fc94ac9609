/** Every kind of operation that all executors carry out, named, so that one that is added must be added here. */
import type { BuiltIn } from "../../core/program/program";

export const kinds: Record<BuiltIn["kind"], true> = {
  matmul: true,
  map: true,
  reduce: true,
  gather: true,
  scatterAdd: true,
  copy: true,
  unfold: true,
  fold: true,
  triangular: true,
  adam: true,
};
