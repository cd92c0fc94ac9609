/** Every kind of operation, named, so that one that is added must be added here. */
import type { Operation } from "../../core/program/program";

export const kinds: Record<Operation["kind"], true> = {
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
