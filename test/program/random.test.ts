/** Random expressions: gradients against finite differences, and programs against the meaning of their operations. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as e from "../../core/program/expression";
import type { Expr } from "../../core/program/expression";
import { sizeOf } from "../../core/program/program";
import { compile } from "../../core/program/compile";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { distance } from "../executors/session";
import { assertSound } from "./invariants";
import { gradientError, runOnce, values, type Data } from "./evaluate";
import { meaning } from "./meaning";

const dims = (x: Expr): number[] => x.shape as number[];
const leaf = (name: string, shape: number[]): Expr =>
  e.parameter(name, shape, { kind: "constant", value: 0 });

/** One more expression from those made so far, chosen by three numbers. All are smooth and stay of moderate size. */
function grow(made: Expr[], [what, first, second]: [number, number, number]): Expr {
  const x = made[first % made.length]!;
  const y = made[second % made.length]!;
  const rank = x.shape.length;
  const axis = rank === 0 ? 0 : second % rank;
  const length = rank === 0 ? 1 : dims(x)[axis]!;
  const bounded = (z: Expr): Expr => e.unary("tanh", z);
  const fits = (): boolean => {
    try {
      return sizeOf(e.broadcast(x.shape, y.shape) as number[]) <= 64;
    } catch {
      return false;
    }
  };
  switch (what % 20) {
    case 0:
    case 1:
      return fits() ? e.add(x, y) : e.sigmoid(x);
    case 2:
    case 3:
      return fits() ? e.mul(x, bounded(y)) : e.mul(0.5, x);
    case 4:
      return fits() ? e.sub(x, y) : e.sub(1, x);
    case 5:
      return fits() ? e.div(x, e.add(1.5, e.sigmoid(y))) : e.div(x, 3);
    case 6:
      return e.exp(bounded(x));
    case 7:
      return e.softplus(x);
    case 8:
      return e.square(bounded(x));
    case 9:
      return rank === 0 ? e.neg(x) : e.sum(x, axis, first % 2 === 0);
    case 10:
      return rank === 0 ? e.neg(x) : e.logSumExp(x, axis, first % 2 === 1);
    case 11:
      return rank === 0 ? e.neg(x) : e.mean(x, axis);
    case 12:
      return rank < 2 ? e.neg(x) : e.transpose(x);
    case 13:
      return rank === 0 || sizeOf(dims(x)) > 32 ? e.mul(2, x) : e.concat([x, bounded(x)], axis);
    case 14:
      return length < 2 ? e.mul(-1, x) : e.slice(x, axis, 1, length - 1);
    case 15:
      return rank !== 2
        ? e.log(e.add(2, e.sigmoid(x)))
        : e.matmul(x, bounded(x), first % 2 === 0, first % 2 === 1);
    case 16:
      return rank === 0 ? e.expand(x, [2, 3]) : e.reshape(x, [sizeOf(dims(x))]);
    case 17:
      return rank === 2 && dims(x)[0] === dims(x)[1] ? e.diagonal(x) : e.sqrt(e.add(2, bounded(x)));
    case 18:
      return rank === 0 ? e.mul(x, x) : e.pad(x, 0, 1, [dims(x)[0]! + 2, ...dims(x).slice(1)]);
    default:
      return rank === 2 && dims(x)[0] === 3
        ? e.gather(x, e.input("index", [4], "int32"))
        : e.unary("reciprocal", e.add(2, e.square(bounded(x))));
  }
}

const steps = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { minLength: 3, maxLength: 14 });
const leaves = [leaf("a", [3, 2]), leaf("b", [2]), leaf("c", [3, 1]), leaf("s", []), leaf("m", [2, 3])];
const data: Data = {
  a: values("a", 6),
  b: values("b", 2),
  c: values("c", 3),
  s: values("s", 1),
  m: values("m", 6),
  index: [2, 0, 0, 1],
};

function build(choices: [number, number, number][]): Expr[] {
  const made = [...leaves];
  for (const choice of choices) {
    const next = grow(made, choice);
    if (sizeOf(dims(next)) <= 200) made.push(next);
  }
  return made;
}

test("gradients of random expressions", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (choices) => {
      const made = build(choices);
      const loss = made
        .slice(-4)
        .reduce<Expr>((total, x) => e.add(total, e.sum(e.unary("tanh", x))), e.sum(made[0]!));
      const error = await gradientError(loss, { batch: 1 }, data);
      assert.ok(error < 1e-6, `relative error ${error}`);
    }),
    { numRuns: 150, seed: 11 },
  );
});

test("compiled values of random expressions are what the expressions mean", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (choices) => {
      const made = build(choices);
      const roots = Object.fromEntries(made.map((x, i) => [`root ${i}`, x]));
      const got = await runOnce(compile(roots, { batch: 1 }), data);
      for (const [name, x] of Object.entries(roots)) {
        const expected = meaning(x, data);
        for (const [i, value] of expected.entries())
          assert.ok(
            Math.abs(got[name]![i]! - value) <= 1e-9 * Math.max(1, Math.abs(value)),
            `${name} (${x.op}) at ${i}: ${got[name]![i]}, not ${value}`,
          );
      }
    }),
    { numRuns: 200, seed: 12 },
  );
});

test("wasm and the reference agree on programs of random expressions and their gradients", async () => {
  const wasm = await createWasmExecutor({ threads: 1 });
  await fc.assert(
    fc.asyncProperty(steps, async (choices) => {
      const made = build(choices);
      const roots: Record<string, Expr> = Object.fromEntries(made.map((x, i) => [`root ${i}`, x]));
      roots.loss = made.reduce<Expr>((total, x) => e.add(total, e.sum(e.unary("tanh", x))), e.constant(0));
      const program = compile(roots, { batch: 1, gradientsOf: "loss" });
      assertSound(program);
      const [expected, got] = [await runOnce(program, data), await runOnce(program, data, wasm)];
      for (const [name, exact] of Object.entries(expected)) {
        const error = distance(got[name]!, exact);
        assert.ok(error < 1e-4, `${name}: ${error}`);
      }
    }),
    { numRuns: 60, seed: 13 },
  );
  wasm.close();
});
