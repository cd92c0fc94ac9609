/** Layers of networks: what they compute by definition, and their gradients against finite differences. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as e from "../../core/program/expression";
import type { Layer } from "../../core/program/expression";
import { compile } from "../../core/program/compile";
import { parametersOf } from "../../core/program/parameters";
import { sizeOf, type Window } from "../../core/program/program";
import { evaluate, gradientError, values } from "./evaluate";
import { assertSound } from "./invariants";
import { meaning } from "./meaning";

const ROWS = 3;

/** Windows that overlap, that leave places out, that stand partly or wholly outside, and that are not square. */
const windows: Window[] = [
  { picture: [5, 4], kernel: [3, 3], stride: [2, 2], padding: [1, 1] },
  { picture: [1, 7], kernel: [1, 3], stride: [1, 2], padding: [0, 1] },
  { picture: [6, 5], kernel: [2, 1], stride: [3, 2], padding: [0, 0] },
  { picture: [2, 3], kernel: [2, 2], stride: [1, 1], padding: [2, 2] },
];

for (const window of windows) {
  const shape = [2, ...window.picture, 3];
  const x = e.input("x", shape);
  const what = JSON.stringify(window);

  test(`patches are what lies under the window ${what}`, async () => {
    const data = { x: values("x", sizeOf(shape)) };
    const unfolded = e.unfold(x, window);
    const { patches } = await evaluate({ patches: unfolded }, data);
    assert.deepEqual([...patches!], meaning(unfolded, data));
  });

  test(`taking patches and summing them are each other's adjoint, ${what}`, async () => {
    const patches = e.input("y", e.unfold(x, window).shape);
    const data = { x: values("x", sizeOf(shape)), y: values("y", sizeOf(patches.shape as number[])) };
    const { one, other } = await evaluate(
      {
        one: e.sum(e.mul(e.unfold(x, window), patches)),
        other: e.sum(e.mul(x, e.fold(patches, window))),
      },
      data,
    );
    assert.ok(Math.abs(one![0]! - other![0]!) < 1e-12, `${one![0]} and ${other![0]}`);
  });

  test(`gradients of both, ${what}`, async () => {
    const start = { kind: "constant", value: 0 } as const;
    const pictures = e.parameter("x", shape, start);
    const patches = e.parameter("y", e.unfold(x, window).shape, start);
    const weighted = (part: e.Expr, name: string): e.Expr => e.sum(e.mul(part, e.input(name, part.shape)));
    const loss = e.add(
      weighted(e.square(e.unfold(pictures, window)), "v"),
      weighted(e.square(e.fold(patches, window)), "w"),
    );
    const [few, many] = [sizeOf(shape), sizeOf(patches.shape as number[])];
    const error = await gradientError(
      loss,
      { batch: 1 },
      {
        x: values("x", few),
        y: values("y", many),
        v: values("v", many, 0.5, 2),
        w: values("w", few, 0.5, 2),
      },
    );
    assert.ok(error < 1e-6, `relative error ${error}`);
  });
}

const window = windows[0]!;
const networks: Record<string, { layers: Layer[]; x: e.Expr; data: ArrayLike<number>; output: number }> = {
  convolutions: {
    layers: [
      { kind: "convolution", window, input: 2, output: 3 },
      { kind: "activation", f: "tanh" },
      { kind: "flatten" },
      ...e.perceptron([18, 2]),
    ],
    x: e.input("x", ["N", 40]),
    data: values("x", ROWS * 40),
    output: 2,
  },
  "transposed convolutions": {
    layers: [
      ...e.perceptron([4, 18]),
      { kind: "activation", f: "tanh" },
      { kind: "unflatten", channels: 3, picture: [3, 2] },
      { kind: "transposedConvolution", window, input: 3, output: 2 },
      { kind: "flatten" },
    ],
    x: e.input("x", ["N", 4]),
    data: values("x", ROWS * 4),
    output: 40,
  },
  "a bag of words": {
    layers: [{ kind: "embeddingBag", words: 5, size: 4 }, ...e.perceptron([4, 3])],
    x: e.input("x", ["N", 4], "int32"),
    data: [3, 0, 3, 5, 5, 5, 5, 5, 1, 4, 2, 3],
    output: 3,
  },
};

for (const [name, { layers, x, data, output }] of Object.entries(networks))
  test(`gradients of ${name}, over the batch`, async () => {
    const loss = e.mean(e.sum(e.square(e.network({ name: "net", layers, output }, x)), 1));
    const weights = parametersOf([loss]).map(({ name: own, shape }) => [own, values(own, sizeOf(shape))]);
    const error = await gradientError(loss, { batch: ROWS }, { x: data, ...Object.fromEntries(weights) });
    assert.ok(error < 1e-6, `relative error ${error}`);
    assertSound(compile({ loss }, { batch: ROWS, gradientsOf: "loss" }));
  });

test("what stands in the place of no word changes nothing and learns nothing", async () => {
  const { layers, x, data, output } = networks["a bag of words"]!;
  const loss = e.sum(e.square(e.network({ name: "net", layers, output }, x)));
  const options = { batch: ROWS, gradientsOf: "loss" };
  const weights = Object.fromEntries(
    parametersOf([loss]).map(({ name: own, shape }) => [own, values(own, sizeOf(shape))]),
  );
  const found = await evaluate({ loss }, { x: data, ...weights }, options);
  const table = weights["net.0.weight"]!;
  const other = Float64Array.from(table, (value, i) => (i < 20 ? value : 100));
  assert.deepEqual(
    (await evaluate({ loss }, { x: data, ...weights, "net.0.weight": other }, options)).loss,
    found.loss,
  );
  assert.deepEqual([...found["gradient.net.0.weight"]!.slice(20)], [0, 0, 0, 0]);
});
