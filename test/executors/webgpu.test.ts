/** The GPU's kernels against the reference, in Node on whatever adapter there is: a software one will do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compile } from "../../core/program/compile";
import * as e from "../../core/program/expression";
import { createWebGpuExecutor } from "../../core/train/executors/webgpu";
import { MOST_NUMBERS } from "../../core/train/executors/webgpu/kernel";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { runOnce, values } from "../program/evaluate";
import { loadWebGpu } from "../../trainer/webgpu-node";
import { gpuFolder, gpuLack, softwareGpu } from "./gpu";
import { parity } from "./parity";
import { distance } from "./session";

const create = () => createWebGpuExecutor(softwareGpu());

parity("webgpu", create, gpuLack);

test(
  "a process has one GPU, however often an executor on it is made and closed",
  { skip: gpuLack },
  async () => {
    for (let i = 0; i < 2; i++) {
      const found = await loadWebGpu([gpuFolder]);
      assert.ok("gpu" in found && found.gpu === softwareGpu());
      (await createWebGpuExecutor(found.gpu)).close();
    }
  },
);

test("products of every shape, flag and activation are the reference's", { skip: gpuLack }, async () => {
  const roots: Record<string, e.Expr> = {};
  const data: Record<string, ArrayLike<number>> = {};
  for (const [m, n, k] of [
    [1, 1, 1],
    [33, 5, 17],
    [64, 70, 31],
    [5, 65, 40],
  ] as const)
    for (const [ta, tb] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ] as const) {
      const name = `${m}, ${n}, ${k}, ${ta}, ${tb}`;
      const a = e.input(`a ${name}`, ta ? [k, m] : [m, k]);
      const b = e.input(`b ${name}`, tb ? [n, k] : [k, n]);
      roots[name] = e.unary(
        ta ? "relu" : "tanh",
        e.add(e.matmul(a, b, ta, tb), e.input(`bias ${name}`, [n])),
      );
      data[`a ${name}`] = values(`a ${name}`, m * k, -1, 1);
      data[`b ${name}`] = values(`b ${name}`, n * k, -1, 1);
      data[`bias ${name}`] = values(`bias ${name}`, n, -1, 1);
    }
  for (const axis of [0, 1, 2])
    for (const f of ["sum", "max", "logSumExp"] as const)
      roots[`${f} over ${axis} of 3, 70, 41`] = e.reduce(f, e.input("long", [3, 70, 41]), axis);
  data["long"] = values("long", 3 * 70 * 41, -3, 3);
  const program = compile(roots, { batch: 1 });
  const expected = await runOnce(program, data, createReferenceExecutor());
  const executor = await create();
  const got = await runOnce(program, data, executor);
  executor.close();
  for (const name of Object.keys(roots)) {
    const error = distance(got[name]!, expected[name]!);
    assert.ok(error < 1e-5, `${name}: ${error}`);
  }
});

test("an expression has more constants than a shader is handed numbers", { skip: gpuLack }, async () => {
  let sum: e.Expr = e.input("x", [3]);
  for (let k = 1; k <= MOST_NUMBERS; k++)
    sum = e.binary("max", e.binary("mul", sum, e.constant(1 + k / 1000)), e.constant(k / 100));
  const program = compile({ sum }, { batch: 1 });
  const constants = program.operations.flatMap((each) =>
    each.kind === "map" ? each.body.filter(({ f }) => f === "constant") : [],
  );
  assert.ok(constants.length > MOST_NUMBERS);
  const data = { x: [0.5, -1, 2] };
  const executor = await create();
  const got = await runOnce(program, data, executor);
  executor.close();
  const error = distance(got["sum"]!, (await runOnce(program, data, createReferenceExecutor()))["sum"]!);
  assert.ok(error < 1e-5, String(error));
});
