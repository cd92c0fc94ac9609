/** Triangular matrices as wide as codes are: one thread, in place. */
import type { Operation } from "../../../program/program";
import { forEach, type Dispatch } from "./kernel";

type Triangular = Extract<Operation, { kind: "triangular" }>;

const SHADERS: Record<Triangular["f"], string> = {
  // Cholesky by rows into the output, then its inverse by rows: each needs only rows above it, which are inverted already.
  whitener: forEach(`
  let n = number(1u); let x = number(2u); let out = number(3u);
  var good = true;
  for (var r = 0u; r < n; r++) {
    for (var c = 0u; c < n; c++) {
      var s = arena[x + r * n + c];
      if (c > r) { arena[out + r * n + c] = 0.0; continue; }
      for (var k = 0u; k < c; k++) { s -= arena[out + r * n + k] * arena[out + c * n + k]; }
      if (c == r) { good = good && s > 0.0; arena[out + r * n + c] = sqrt(max(s, 0.0)); }
      else { arena[out + r * n + c] = s / arena[out + c * n + c]; }
    }
  }
  for (var r = 0u; r < n; r++) {
    let d = arena[out + r * n + r];
    for (var c = 0u; c < r; c++) {
      var s = 0.0;
      for (var k = c; k < r; k++) { s += arena[out + r * n + k] * arena[out + k * n + c]; }
      arena[out + r * n + c] = -s / d;
    }
    arena[out + r * n + r] = 1.0 / d;
  }
  if (!good) { for (var k = 0u; k < n * n; k++) { arena[out + k] = bitcast<f32>(number(4u)); } }`),
  lower: forEach(`
  let n = number(1u); let x = number(2u); let out = number(3u);
  for (var r = 0u; r < n; r++) { for (var c = 0u; c < n; c++) {
    let factor = select(select(0.0, 1.0, c < r), 0.5, c == r);
    arena[out + r * n + c] = factor * arena[x + r * n + c];
  } }`),
};

const NAN = 0x7fc00000;

export const triangular = ({ f, input, out, size }: Triangular, at: readonly number[]): Dispatch[] => [
  { shader: SHADERS[f], numbers: [1, size, at[input]!, at[out]!, NAN], threads: 1 },
];
