/** What operations are said to read and write, held to what carrying them out touches. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { adam, compile } from "../../core/program/compile";
import * as e from "../../core/program/expression";
import { operandsOf } from "../../core/program/operands";
import { builtIn, sizeOf, type Program } from "../../core/program/program";
import { carryOut } from "../../core/train/executors/reference";
import { kinds } from "./kinds";

/** A step that has an operation of every kind. */
function everyKind(): Program {
  const rows = 3;
  const x = e.input("x", [rows, 4]);
  const free = { kind: "uniform", fanIn: 4 } as const;
  const w = e.parameter("w", [4, 4], free);
  const layer = e.unary("relu", e.add(e.matmul(x, w), e.parameter("b", [4], free)));
  const chosen = e.gather(layer, e.input("order", [rows], "int32"));
  const window = { picture: [2, 2], kernel: [2, 2], stride: [1, 1], padding: [1, 1] } as const;
  const patches = e.unfold(e.reshape(chosen, [rows, 2, 2, 1]), window);
  const spread = e.add(e.matmul(e.transpose(chosen), chosen), e.identity(4));
  const loss = e.add(e.sum(e.square(patches)), e.sum(e.whitener(spread)));
  return compile({ loss }, { batch: rows, updates: { loss: "loss", optimizer: adam } });
}

test("an operation touches exactly the buffers that it is said to read or write", () => {
  const program = everyKind();
  const [{ buffers }, operations] = [program, builtIn(program)];
  assert.deepEqual(new Set(operations.map(({ kind }) => kind)), new Set(Object.keys(kinds)));
  const arrays = buffers.map(({ dtype, shape, value }) =>
    dtype === "int32" ? new Int32Array(sizeOf(shape)) : new Float64Array(sizeOf(shape)).fill(value ?? 0.5),
  );
  for (const [time, operation] of operations.entries()) {
    const touched = new Set<number>();
    const before = arrays.map((array) => array.slice());
    const watched = new Proxy(arrays, {
      get: (target, key) => {
        if (typeof key === "string" && /^\d+$/.test(key)) touched.add(Number(key));
        return Reflect.get(target, key) as unknown;
      },
    });
    carryOut(operation, watched);
    const { reads, writes } = operandsOf(operation);
    const what = `operation ${time}, ${operation.kind}`;
    assert.deepEqual(touched, new Set([...reads, ...writes]), what);
    for (const [id, array] of arrays.entries())
      assert.ok(writes.includes(id) || array.every((value, i) => Object.is(value, before[id]![i])), what);
  }
});
