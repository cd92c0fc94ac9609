import assert from "node:assert/strict";
import { test } from "node:test";
import { Builder, builds, close, generator, integer, numbers, open } from "./wasm-harness";

for (const relaxed of builds) {
  test(`gather and scatterAdd, relaxed SIMD ${relaxed}`, async () => {
    const executor = await open(relaxed);
    const random = generator(8);
    for (let round = 0; round < 60; round++) {
      const [rows, width, sourceRows] = [
        integer(random, 1, 30),
        integer(random, 1, 40),
        integer(random, 1, 20),
      ];
      const index = Int32Array.from({ length: rows }, () => integer(random, 0, sourceRows - 1));
      const table = numbers(random, sourceRows * width);
      const rowsOf = numbers(random, rows * width);
      const builder = new Builder();
      const indexId = builder.input("index", index);
      const out = {
        gathered: builder.output("gathered", rows * width),
        added: builder.output("added", table.length),
      };
      const gathered = {
        source: builder.input("table", table),
        index: indexId,
        out: out.gathered,
        rows,
        width,
      };
      const added = { source: builder.input("rows", rowsOf), index: indexId, out: out.added, rows, width };
      builder.operations.push(
        { kind: "gather", ...gathered },
        { kind: "scatterAdd", ...added, outRows: sourceRows },
      );
      const result = await builder.run(executor);
      const expected = new Float64Array(table.length);
      index.forEach((row, i) => {
        for (let j = 0; j < width; j++) expected[row * width + j]! += rowsOf[i * width + j]!;
      });
      const copied = Float32Array.from(
        rowsOf,
        (_, i) => table[index[Math.floor(i / width)]! * width + (i % width)]!,
      );
      close(result["gathered"]!, copied, 0, `gather ${rows} x ${width} of ${sourceRows}`);
      close(result["added"]!, expected, 1e-6, `scatterAdd ${rows} x ${width} to ${sourceRows}`, 1);
    }
    executor.close();
  });

  test(`an index out of range shows as NaN, relaxed SIMD ${relaxed}`, async () => {
    const executor = await open(relaxed);
    for (const bad of [-1, 3]) {
      const builder = new Builder();
      const index = builder.input("index", Int32Array.of(1, bad));
      const source = builder.input("source", Float32Array.of(1, 2, 3, 4, 5, 6));
      const [gathered, added] = [builder.output("gathered", 4), builder.output("added", 6)];
      builder.operations.push(
        { kind: "gather", source, index, out: gathered, rows: 2, width: 2 },
        { kind: "scatterAdd", source, index, out: added, rows: 2, width: 2, outRows: 3 },
      );
      const result = await builder.run(executor);
      assert.deepEqual([...result["gathered"]!], [3, 4, NaN, NaN]);
      assert.deepEqual([...result["added"]!], [NaN, NaN, 1, 2, 0, 0]);
    }
    executor.close();
  });

  test(`strided copies, relaxed SIMD ${relaxed}`, async () => {
    const executor = await open(relaxed);
    const random = generator(9);
    for (let round = 0; round < 80; round++) {
      const axes = integer(random, 0, 5);
      const shape = Array.from({ length: axes }, () => integer(random, 1, 6));
      // Both sides hold the shape inside a larger array, with axes in an order of their own.
      const sides = [0, 1].map(() => {
        const strides = shape.map(() => 0);
        let length = integer(random, 1, 2);
        for (const axis of shape.map((_, i) => i).sort(() => random() - 0.5)) {
          strides[axis] = length;
          length *= shape[axis]! + integer(random, 0, 1);
        }
        const offset = integer(random, 0, 3);
        return { strides, offset, length: length + offset };
      });
      const [from, to] = [sides[0]!, sides[1]!];
      const source = numbers(random, from.length);
      const builder = new Builder();
      const ids = { input: builder.input("x", source), out: builder.output("out", to.length) };
      const offsets = { inputOffset: from.offset, outOffset: to.offset };
      const strides = { inputStrides: from.strides, outStrides: to.strides };
      builder.operations.push({ kind: "copy", ...ids, shape, ...offsets, ...strides, zero: round % 2 === 0 });
      const expected = new Float32Array(to.length);
      const size = shape.reduce((product, length) => product * length, 1);
      for (let flat = 0; flat < size; flat++) {
        let rest = flat;
        let [i, o] = [from.offset, to.offset];
        for (let axis = axes - 1; axis >= 0; axis--) {
          const at = rest % shape[axis]!;
          rest = Math.floor(rest / shape[axis]!);
          i += at * from.strides[axis]!;
          o += at * to.strides[axis]!;
        }
        expected[o] = source[i]!;
      }
      close((await builder.run(executor))["out"]!, expected, 0, `copy of ${shape.join(" x ")}`);
    }
    executor.close();
  });
}
