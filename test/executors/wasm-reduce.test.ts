import { test } from "node:test";
import { Builder, builds, close, generator, integer, numbers, open } from "./wasm-harness";

type F = "sum" | "max" | "logSumExp";

const REDUCE: Record<F, (values: readonly number[]) => number> = {
  sum: (values) => values.reduce((total, x) => total + x, 0),
  max: (values) => values.reduce((best, x) => Math.max(best, x), -Infinity),
  logSumExp: (values) => {
    const best = REDUCE.max(values);
    if (!Number.isFinite(best)) return best;
    return best + Math.log(values.reduce((total, x) => total + Math.exp(x - best), 0));
  },
};

function build(f: F, input: Float32Array, outer: number, length: number, inner: number) {
  const builder = new Builder();
  const ids = { input: builder.input("x", input), out: builder.output("out", outer * inner) };
  builder.operations.push({ kind: "reduce", f, ...ids, outer, length, inner });
  const expected = Float64Array.from({ length: outer * inner }, (_, place) => {
    const [o, i] = [Math.floor(place / inner), place % inner];
    return REDUCE[f](Array.from({ length }, (_, l) => input[(o * length + l) * inner + i]!));
  });
  return { builder, expected };
}

for (const relaxed of builds) {
  test(`reductions of every axis, relaxed SIMD ${relaxed}`, async () => {
    const executor = await open(relaxed);
    const random = generator(6);
    for (const f of ["sum", "max", "logSumExp"] as const) {
      for (let round = 0; round < 60; round++) {
        const inner = round % 3 === 0 ? 1 : integer(random, 1, 50);
        const [outer, length] = [integer(random, 1, 9), integer(random, 1, 600)];
        const spread = f === "logSumExp" ? 100 : 1;
        const input = numbers(random, outer * length * inner, -spread, spread);
        const { builder, expected } = build(f, input, outer, length, inner);
        const { out } = await builder.run(executor);
        close(
          out!,
          expected,
          5e-7,
          `${f} of [${outer}, ${length}, ${inner}]`,
          f === "sum" ? Math.sqrt(length) : 1,
        );
      }
    }
    executor.close();
  });

  test(`the error of a sum does not grow with its length, relaxed SIMD ${relaxed}`, async () => {
    const executor = await open(relaxed);
    for (const inner of [1, 3, 16]) {
      const length = 300_000;
      const input = numbers(generator(7), length * inner, 0, 1);
      const { builder, expected } = build("sum", input, 1, length, inner);
      const { out } = await builder.run(executor);
      close(out!, expected, 1e-6, `sum of [1, ${length}, ${inner}]`);
    }
    executor.close();
  });

  test(`NaN and infinities in reductions, relaxed SIMD ${relaxed}`, async () => {
    const executor = await open(relaxed);
    const rows = [
      [1, 2, NaN, 3, 4, 5, 6],
      [1, 2, Infinity, 3, 4, 5, 6],
      [1, 2, -Infinity, 3, 4, 5, 6],
      Array.from({ length: 7 }, () => -Infinity),
      [1e38, 2e38, 1, 1, 1, 1, 1],
    ];
    for (const f of ["sum", "max", "logSumExp"] as const) {
      const flat = Float32Array.from(rows.flat());
      const across = Float32Array.from({ length: 35 }, (_, i) => rows[i % 5]![Math.floor(i / 5)]!);
      const expected = rows.map((row) => REDUCE[f](row));
      for (const [input, outer, inner] of [[flat, 5, 1] as const, [across, 1, 5] as const]) {
        const { builder } = build(f, input, outer, 7, inner);
        const { out } = await builder.run(executor);
        close(out!, expected, 1e-6, `${f}, inner ${inner}`, 1e-6);
      }
    }
    executor.close();
  });
}
