/** Gradients against central finite differences in float64 (relative error 1e-6). */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as e from "../../core/program/expression";
import type { Expr } from "../../core/program/expression";
import type { BinaryFunction, UnaryFunction } from "../../core/program/program";
import { evaluate, gradientError, values, type Data } from "./evaluate";

const p = (name: string, ...shape: number[]): Expr =>
  e.parameter(name, shape, { kind: "constant", value: 0 });

/** Every element gets its own weight in the loss, so that no error can hide in a sum. */
const weighted = (x: Expr): Expr => e.sum(e.mul(x, e.input("weights", x.shape)));

async function check(make: Expr, data: Data): Promise<void> {
  const size = make.shape.reduce<number>((product, length) => product * (length as number), 1);
  const error = await gradientError(
    weighted(make),
    { batch: 1 },
    { ...data, weights: values("weights", size, 0.5, 2) },
  );
  assert.ok(error < 1e-6, `relative error ${error}`);
}

const domains: Record<UnaryFunction, [number, number]> = {
  neg: [-2, 2],
  exp: [-2, 2],
  log: [0.2, 3],
  sqrt: [0.2, 3],
  square: [-2, 2],
  abs: [0.1, 2],
  reciprocal: [0.3, 3],
  sigmoid: [-4, 4],
  tanh: [-2, 2],
  relu: [0.1, 2],
  softplus: [-4, 4],
  step: [0.1, 2],
  sign: [0.1, 2],
  logGamma: [0.1, 5],
};

for (const [f, [low, high]] of Object.entries(domains) as [UnaryFunction, [number, number]][])
  test(`derivative of ${f}`, async () => {
    await check(e.unary(f, p("x", 2, 3)), { x: values(f, 6, low, high) });
    if (f === "relu" || f === "abs") await check(e.unary(f, p("x", 4)), { x: values(f, 4, -high, -low) });
  });

for (const f of ["add", "sub", "mul", "div", "max", "min"] as BinaryFunction[])
  for (const [a, b] of [
    [
      [2, 3],
      [2, 3],
    ],
    [[2, 3], [3]],
    [[3], [2, 3]],
    [
      [2, 1],
      [1, 3],
    ],
    [[], [2, 3]],
    [
      [4, 1, 3],
      [2, 1],
    ],
  ] as [number[], number[]][])
    test(`gradient of ${f} of [${a.join()}] and [${b.join()}]`, async () => {
      const size = (shape: number[]): number => shape.reduce((x, y) => x * y, 1);
      await check(e.binary(f, p("a", ...a), p("b", ...b)), {
        a: values(`a ${f}`, size(a), 0.5, 2),
        b: values(`b ${f}`, size(b), 0.5, 2),
      });
    });

for (const transposeA of [false, true])
  for (const transposeB of [false, true])
    test(`gradient of a product, transposes ${transposeA} ${transposeB}`, async () => {
      const a = transposeA ? p("a", 3, 2) : p("a", 2, 3);
      const b = transposeB ? p("b", 4, 3) : p("b", 3, 4);
      await check(e.matmul(a, b, transposeA, transposeB), { a: values("a", 6), b: values("b", 12) });
    });

test("gradient of a product of three axes with a matrix", async () => {
  await check(e.matmul(p("a", 2, 5, 3), p("b", 4, 3), false, true), {
    a: values("a", 30),
    b: values("b", 12),
  });
});

for (const f of ["sum", "max", "logSumExp"] as const)
  for (const axis of [0, 1, 2])
    for (const keep of [false, true])
      test(`gradient of ${f} over axis ${axis}${keep ? ", kept" : ""}`, async () => {
        await check(e.reduce(f, p("x", 2, 3, 4), axis, keep), { x: values(f, 24) });
      });

test("gradients of moves: concat, slice, pad, reshape, transpose, expand, diagonal", async () => {
  const data = { x: values("x", 12), y: values("y", 8), s: values("s", 9), r: values("r", 3) };
  const x = p("x", 4, 3);
  await check(e.concat([x, p("y", 4, 2), e.square(x)]), data);
  await check(e.slice(x, 1, 1, 2), data);
  await check(e.add(e.slice(x, 1, 0, 1), e.exp(e.slice(x, 1, 2, 1))), data);
  await check(e.concat([e.slice(x, 0, 2, 2), e.mul(2, e.slice(x, 0, 1, 2))], 0), data);
  await check(e.pad(x, 0, 1, [7, 3]), data);
  await check(e.reshape(e.square(x), [2, 6]), data);
  await check(e.mul(e.transpose(x), e.input("weights", [3, 4])), data);
  await check(e.expand(p("r", 3), [2, 4, 3]), data);
  await check(e.diagonal(e.square(p("s", 3, 3))), data);
});

test("gradients of whitening, of a lower triangle and of a polar factor", async () => {
  const data = { x: values("x", 12), s: values("s", 9) };
  const square = e.matmul(p("x", 4, 3), p("x", 4, 3), true, false);
  await check(e.whitener(e.add(square, e.identity(3))), data);
  await check(e.lower(e.square(p("s", 3, 3))), data);
  await check(e.polar(e.mul(0.3, p("x", 4, 3))), data);
  await check(e.polar(e.mul(0.3, e.transpose(p("x", 4, 3)))), data);
});

test("a whitener whitens, and a polar factor is orthogonal and aligned", async () => {
  const x = p("x", 5, 3);
  const covariance = e.add(e.matmul(x, x, true, false), e.mul(0.5, e.identity(3)));
  const w = e.whitener(covariance);
  const scaled = e.mul(0.2, x);
  const q = e.polar(scaled);
  const out = await evaluate(
    {
      whitened: e.matmul(e.matmul(w, covariance), w, false, true),
      w,
      orthogonal: e.matmul(q, q, true, false),
      aligned: e.matmul(q, scaled, true, false),
    },
    { x: values("x", 15) },
  );
  const near = (found: ArrayLike<number>, expected: (row: number, column: number) => number): void => {
    for (let i = 0; i < 9; i++)
      assert.ok(Math.abs(found[i]! - expected(Math.floor(i / 3), i % 3)) < 1e-9, `element ${i}`);
  };
  near(out.whitened!, (row, column) => Number(row === column));
  near(out.orthogonal!, (row, column) => Number(row === column));
  near(out.aligned!, (row, column) => out.aligned![column * 3 + row]!);
  assert.deepEqual([out.w![1], out.w![2], out.w![5]], [0, 0, 0], "lower triangular");
});

test("a matrix that is not positive definite shows as NaN", async () => {
  const out = await evaluate({ w: e.whitener(e.sub(0, e.identity(2))) }, {});
  assert.ok(Number.isNaN(out.w![0]));
});

test("gradients of gather and scatterAdd", async () => {
  const index = e.input("index", [5], "int32");
  const data = { x: values("x", 8), index: [3, 0, 0, 2, 3], y: values("y", 10) };
  await check(e.gather(e.square(p("x", 4, 2)), index), data);
  await check(e.scatterAdd(e.square(p("y", 5, 2)), index, 4), data);
});

test("stop has no gradient", async () => {
  const x = p("x", 3);
  const roots = { loss: e.sum(e.mul(e.stop(x), e.square(x))) };
  const out = await evaluate(roots, { x: [1, 2, 3] }, { batch: 1, gradientsOf: "loss" });
  assert.deepEqual([...out["gradient.x"]!], [2, 8, 18]);
});

test("a network over the batch, with cross-entropy and InfoNCE", async () => {
  const net = { name: "net", layers: e.perceptron([4, 5, 3], "tanh"), output: 3 };
  const z = e.network(net, e.input("x", ["N", 4]));
  const w = e.network(
    { ...net, name: "other" },
    e.gather(e.input("x", ["N", 4]), e.input("order", ["N"], "int32")),
  );
  const scores = e.matmul(z, w, false, true);
  const one = e.mean(e.sub(e.diagonal(scores), e.logMeanExp(scores, 1)));
  const two = e.mean(e.sub(e.diagonal(scores), e.logMeanExp(scores, 0)));
  const loss = e.sub(e.mul(e.knob("beta"), e.mean(e.sum(e.square(z), 1))), e.mul(0.5, e.add(one, two)));
  const error = await gradientError(
    loss,
    { batch: 6 },
    {
      x: values("x", 24),
      order: [2, 1, 0, 5, 4, 3],
      "knob.beta": [0.7],
      "net.0.weight": values("w1", 20),
      "net.0.bias": values("b1", 5),
      "net.2.weight": values("w2", 15),
      "net.2.bias": values("b2", 3),
      "other.0.weight": values("w3", 20),
      "other.0.bias": values("b3", 5),
      "other.2.weight": values("w4", 15),
      "other.2.bias": values("b4", 3),
    },
  );
  assert.ok(error < 1e-6, `relative error ${error}`);
});
