/** Reductions of the middle of three axes: a thread a sum where sums are short, else a work group. */
import type { Operation } from "../../../program/program";
import { byGroup, forEach, GROUP, type Dispatch } from "./kernel";

type Reduction = Extract<Operation, { kind: "reduce" }>;

/** Terms up to which one thread sums them all. */
const SHORT = 32;
const MOST_GROUPS = 65_535;

const FIRST = { sum: "0.0", max: "-3.4028234e38", logSumExp: "-3.4028234e38" };
const JOINED = { sum: "a + b", max: "max(a, b)" };

export function reduce(
  { f, input, out, outer, length, inner }: Reduction,
  at: readonly number[],
): Dispatch[] {
  const sums = outer * inner;
  const numbers = [sums, at[input]!, at[out]!, length, inner];
  if (length <= SHORT) return [{ shader: short(f), numbers, threads: sums }];
  const across = Math.min(sums, MOST_GROUPS);
  return [{ shader: long(f), numbers, groups: [across, Math.ceil(sums / across)] }];
}

const place = "number(1u) + (o * number(3u) + j) * number(4u) + k";

const short = (f: Reduction["f"]): string =>
  forEach(`
  let o = i / number(4u); let k = i % number(4u);
  var a = ${FIRST[f]};
  for (var j = 0u; j < number(3u); j++) { let b = arena[${place}]; a = ${JOINED[f === "sum" ? "sum" : "max"]}; }
  ${
    f === "logSumExp"
      ? `var s = 0.0;
  for (var j = 0u; j < number(3u); j++) { s += exp(arena[${place}] - a); }
  a += log(s);`
      : ""
  }
  arena[number(2u) + i] = a;`);

/** Each thread takes every 64th term, then half of them hand theirs to the other half, until one is left. */
const together = (how: "sum" | "max"): string => `
  shares[me] = a;
  workgroupBarrier();
  for (var half = ${GROUP / 2}u; half > 0u; half /= 2u) {
    if (me < half) { let b = shares[me + half]; a = ${JOINED[how]}; shares[me] = a; }
    workgroupBarrier();
  }`;

const long = (f: Reduction["f"]): string =>
  byGroup(
    String(GROUP),
    `
  let i = group.y * groups.x + group.x;
  let o = i / number(4u); let k = i % number(4u);
  var a = ${FIRST[f]};
  if (i < number(0u)) {
    for (var j = me; j < number(3u); j += ${GROUP}u) { let b = arena[${place}]; a = ${JOINED[f === "sum" ? "sum" : "max"]}; }
  }
  ${together(f === "sum" ? "sum" : "max")}
  ${
    f === "logSumExp"
      ? `let largest = shares[0];
  workgroupBarrier();
  a = 0.0;
  if (i < number(0u)) {
    for (var j = me; j < number(3u); j += ${GROUP}u) { a += exp(arena[${place}] - largest); }
  }
  ${together("sum")}
  a = largest + log(a);`
      : ""
  }
  if (me == 0u && i < number(0u)) { arena[number(2u) + i] = a; }`,
    `var<workgroup> shares: array<f32, ${GROUP}>;\n`,
  );
