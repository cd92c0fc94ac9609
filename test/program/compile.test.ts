/** The shape of programs: how many operations, in which order, and what is promised to executors. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compile, compileEvaluate, compileStep } from "../../core/program/compile";
import * as e from "../../core/program/expression";
import {
  buffersWith,
  initialValues,
  parametersOf,
  parametersOfObjective,
} from "../../core/program/parameters";
import type { Operation, Program } from "../../core/program/program";
import { evaluate } from "./evaluate";
import { assertSound } from "./invariants";
import { symmetricBottleneck } from "./objectives";

const sizes = { input: 20, widths: [16, 16], code: 4 };
const batch = 8;
const of = <K extends Operation["kind"]>(program: Program, kind: K): Extract<Operation, { kind: K }>[] =>
  program.operations.filter((o): o is Extract<Operation, { kind: K }> => o.kind === kind);

test("programs keep their promises to executors", () => {
  for (const between of ["infonce", "mine"] as const) {
    const objective = symmetricBottleneck(sizes, between);
    assertSound(compileStep(objective, { batch }));
    assertSound(compileEvaluate(objective, { batch }));
    for (const rows of [1, 2, 3]) assertSound(compileStep(objective, { batch: rows }));
  }
});

test("a step has the fewest products: one forward and two backward a layer, one less at the inputs", () => {
  const program = compileStep(symmetricBottleneck(sizes, "infonce"), { batch });
  const layers = 4 * 3;
  const scores = 1;
  const inputs = 2;
  assert.equal(of(program, "matmul").length, 3 * (layers + scores) - inputs);
  assert.equal(of(program, "adam").length, 2 * layers);
});

test("biases and activations are part of their product", () => {
  const program = compileStep(symmetricBottleneck(sizes, "mine"), { batch });
  const forward = of(program, "matmul").filter(
    (o) => o.bias !== undefined && program.buffers[o.bias]!.role === "parameter",
  );
  assert.equal(forward.length, 6 * 3, "every layer of four networks and of a critic used twice");
  assert.equal(forward.filter((o) => o.activation === "relu").length, 6 * 2);
  assert.equal(forward.filter((o) => o.activation === "sigmoid").length, 2);
});

test("the backward pass of a reconstruction is one map of its size", () => {
  const program = compileStep(symmetricBottleneck({ ...sizes, input: 50 }, "infonce"), { batch });
  const large = of(program, "map").filter((o) => o.shape.reduce((x, y) => x * y, 1) === batch * 50);
  assert.equal(
    large.length,
    4,
    "for each of two streams: squared errors, and the gradient at the decoder's output",
  );
});

test("an update comes right after the last use of its parameter and gradient", () => {
  const program = compileStep(symmetricBottleneck(sizes, "infonce"), { batch });
  const first = program.operations.findIndex((o) => o.kind === "adam");
  const last = program.operations.findLastIndex((o) => o.kind === "matmul");
  assert.ok(first < last, "updates are spread through the backward pass");
});

test("the same objective gives the same program, to the letter", () => {
  const make = (): string => JSON.stringify(compileStep(symmetricBottleneck(sizes, "mine"), { batch }));
  assert.equal(make(), make());
});

test("names of a step and of an evaluation", () => {
  const objective = symmetricBottleneck(sizes, "mine");
  const names = (program: Program, ...roles: Parameters<typeof buffersWith>[1][]): string[] =>
    buffersWith(program, ...roles)
      .map((b) => b.name!)
      .sort();
  const step = compileStep(objective, { batch });
  assert.deepEqual(
    names(step, "input"),
    ["X", "Y", "adam.rate", "adam.step", "knob.beta", "noise.ZX", "noise.ZY", "order"].sort(),
  );
  const terms = Object.keys(objective.terms).map((id) => `term.${id}`);
  assert.deepEqual(names(step, "output"), [...terms, "rate.ZX", "rate.ZY", "total"].sort());
  assert.ok(names(step, "parameter").includes("critic.ZX-ZY.4.bias"));
  assert.ok(names(step, "state").includes("adam.v.encoder.ZX.0.weight"));
  const views = ["mean.ZX", "mean.ZY", "reconstruction.X", "reconstruction.Y"];
  const outputs = names(compileEvaluate(objective, { batch }), "output");
  assert.deepEqual(
    views.filter((name) => outputs.includes(name)),
    views,
  );
});

test("parameters: PyTorch's names and shapes, first values by name", () => {
  const parameters = parametersOfObjective(symmetricBottleneck(sizes, "infonce"));
  const shapes = Object.fromEntries(parameters.map(({ name, shape }) => [name, shape]));
  assert.deepEqual(shapes["encoder.ZX.0.weight"], [16, 20]);
  assert.deepEqual(shapes["encoder.ZX.4.weight"], [8, 16]);
  assert.deepEqual(shapes["decoder.Y.4.bias"], [20]);
  assert.equal(parameters.length, 4 * 6);
  const drawn: unknown[] = [];
  initialValues(parameters[1]!, (...request) => (drawn.push(request), new Float32Array(16)));
  assert.deepEqual(drawn, [["encoder.ZX.0.bias", [16], 20]]);
  const constant = { name: "prior.Z.mean", shape: [2], initial: { kind: "constant", value: 0.5 } as const };
  assert.deepEqual([...initialValues(constant, () => new Float32Array())], [0.5, 0.5]);
});

test("one name for two shapes is an error that names both", () => {
  const p = (...shape: number[]): e.Expr => e.parameter("w", shape, { kind: "constant", value: 0 });
  const roots = [e.sum(p(2)), e.sum(p(3))];
  assert.throws(() => parametersOf(roots), /"w" is used as \[2\] and as \[3\]/);
  assert.throws(
    () => compile({ a: roots[0]!, b: roots[1]! }, { batch: 1 }),
    /"w" is used as .*\[2\] and as .*\[3\]/,
  );
});

test("roots that are inputs, constants, views and one another can all be read", async () => {
  const x = e.input("x", [2, 2]);
  const y = e.square(x);
  const roots = {
    x,
    y,
    again: e.mul(x, x),
    flat: e.reshape(y, [4]),
    same: y,
    one: e.constant(1),
    b: e.batchSize(),
    k: e.knob("k"),
  };
  const out = await evaluate(
    { ...roots, t: e.transpose(x) },
    { x: [1, 2, 3, 4], "knob.k": [5] },
    { batch: 3 },
  );
  assert.deepEqual([...out.x!], [1, 2, 3, 4]);
  assert.deepEqual([...out.flat!], [1, 4, 9, 16]);
  assert.deepEqual([...out.same!], [...out.y!]);
  assert.deepEqual([...out.again!], [...out.y!]);
  assert.deepEqual([...out.t!], [1, 3, 2, 4]);
  assert.deepEqual([out.one![0], out.b![0], out.k![0]], [1, 3, 5]);
});

test("a map that needs too many registers is split", async () => {
  const inputs = Array.from({ length: 40 }, (_, i) => e.input(`x${i}`, [3]));
  const tree = (parts: e.Expr[]): e.Expr =>
    parts.length === 1
      ? e.exp(parts[0]!)
      : e.mul(tree(parts.slice(0, parts.length / 2)), tree(parts.slice(parts.length / 2)));
  const program = compile({ product: tree(inputs) }, { batch: 1 });
  assertSound(program);
  assert.ok(of(program, "map").length > 1);
  const data = Object.fromEntries(inputs.map((_, i) => [`x${i}`, [i / 100, 0, -i / 100]]));
  const out = await evaluate({ product: tree(inputs) }, data);
  for (const [i, expected] of [Math.exp(7.8), 1, Math.exp(-7.8)].entries())
    assert.ok(Math.abs(out.product![i]! / expected - 1) < 1e-12, `element ${i}: ${out.product![i]!}`);
});

test("Adam takes the step of its paper", async () => {
  const x = e.parameter("x", [2], { kind: "constant", value: 0 });
  const loss = e.sum(e.mul(x, e.input("slope", [2])));
  const optimizer = { beta1: 0.9, beta2: 0.99, epsilon: 1e-3 };
  const options = { batch: 1, updates: { loss: "loss", optimizer } };
  const data = {
    x: [1, 2],
    slope: [3, -4],
    "adam.rate": [0.1],
    "adam.step": [3],
    "adam.m.x": [0.5, 0],
    "adam.v.x": [2, 1],
  };
  const out = await evaluate({ loss }, data, options);
  for (const [i, g] of data.slope.entries()) {
    const m = 0.9 * data["adam.m.x"][i]! + 0.1 * g;
    const v = 0.99 * data["adam.v.x"][i]! + 0.01 * g * g;
    const change = (0.1 * (m / (1 - 0.9 ** 3))) / (Math.sqrt(v / (1 - 0.99 ** 3)) + 1e-3);
    assert.ok(Math.abs(out.x![i]! - (data.x[i]! - change)) < 1e-12);
    assert.ok(Math.abs(out["adam.m.x"]![i]! - m) < 1e-12 && Math.abs(out["adam.v.x"]![i]! - v) < 1e-12);
  }
});
