/** Products with bias and activation: a work group of 64 threads makes a tile of 32 by 32, each thread 4 by 4 of it. */
import type { Operation } from "../../../program/program";
import { FUNCTIONS, unary } from "./functions";
import { byGroup, type Dispatch } from "./kernel";

type Product = Extract<Operation, { kind: "matmul" }>;

const TILE = 32;
/** Terms of the sums that are in shared memory at a time. */
const DEPTH = 16;

export function matmul(operation: Product, at: readonly number[]): Dispatch[] {
  const { a, b, out, bias, m, n, k } = operation;
  return [
    {
      shader: shaderOf(operation),
      numbers: [m, n, k, at[a]!, at[b]!, at[out]!, bias === undefined ? 0 : at[bias]!],
      groups: [Math.ceil(n / TILE), Math.ceil(m / TILE)],
    },
  ];
}

function shaderOf({ transposeA, transposeB, bias, activation }: Product): string {
  // Neighbouring threads read neighbouring numbers of either matrix.
  const load = (
    name: string,
    transposed: boolean,
    [inner, outer]: [string, string],
    start: string,
  ): string => `
      {
        let k = ${transposed ? "e % 32u" : `e / ${DEPTH}u`};
        let d = ${transposed ? "e / 32u" : `e % ${DEPTH}u`};
        let row = ${start} + k;
        let depth = from0 + d;
        ${name}[d * 32u + k] = select(0.0, arena[${inner} + ${transposed ? `depth * ${outer} + row` : "row * depths + depth"}], row < ${outer} && depth < depths);
      }`;
  const sum = bias === undefined ? "sums[r * 4u + c]" : "sums[r * 4u + c] + arena[number(6u) + column]";
  return byGroup(
    "8, 8",
    `
  let rows = number(0u); let columns = number(1u); let depths = number(2u);
  let left = number(3u); let right = number(4u);
  let row0 = group.y * 32u; let column0 = group.x * 32u;
  var sums: array<f32, 16>;
  for (var from0 = 0u; from0 < depths; from0 += ${DEPTH}u) {
    for (var e = me; e < ${TILE * DEPTH}u; e += 64u) {${load("tileA", transposeA, ["left", "rows"], "row0")}${load("tileB", !transposeB, ["right", "columns"], "column0")}
    }
    workgroupBarrier();
    for (var d = 0u; d < ${DEPTH}u; d++) {
      let x = vec4<f32>(tileA[d * 32u + local.y * 4u], tileA[d * 32u + local.y * 4u + 1u], tileA[d * 32u + local.y * 4u + 2u], tileA[d * 32u + local.y * 4u + 3u]);
      let y = vec4<f32>(tileB[d * 32u + local.x * 4u], tileB[d * 32u + local.x * 4u + 1u], tileB[d * 32u + local.x * 4u + 2u], tileB[d * 32u + local.x * 4u + 3u]);
      for (var r = 0u; r < 4u; r++) { for (var c = 0u; c < 4u; c++) { sums[r * 4u + c] += x[r] * y[c]; } }
    }
    workgroupBarrier();
  }
  for (var r = 0u; r < 4u; r++) { for (var c = 0u; c < 4u; c++) {
    let row = row0 + local.y * 4u + r; let column = column0 + local.x * 4u + c;
    if (row < rows && column < columns) {
      let s = ${sum};
      arena[number(5u) + row * columns + column] = ${activation === "none" ? "s" : unary[activation]("s")};
    }
  } }`,
    `var<workgroup> tileA: array<f32, ${TILE * DEPTH}>;
var<workgroup> tileB: array<f32, ${TILE * DEPTH}>;
${FUNCTIONS}`,
  );
}
