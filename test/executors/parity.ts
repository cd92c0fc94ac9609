/** What every executor must give: the reference's numbers, over each operation, gradients, and steps of training. */
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { compile, compileEvaluate, compileGradients, compileStep } from "../../core/program/compile";
import * as e from "../../core/program/expression";
import { buffersWith } from "../../core/program/parameters";
import type { Operation, Program } from "../../core/program/program";
import type { Executor } from "../../core/train/executor";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { kinds } from "../program/kinds";
import { runOnce, values } from "../program/evaluate";
import { symmetricBottleneck } from "../program/objectives";
import { distance, openWith, writeInputs } from "./session";

export const sizes = { input: 12, widths: [16, 16], code: 3 };
export const batch = 8;

const UNARY = [
  "neg",
  "exp",
  "log",
  "sqrt",
  "square",
  "abs",
  "reciprocal",
  "sigmoid",
  "tanh",
  "relu",
] as const;
/** Tried on both sides of 0. */
const SIGNED = ["softplus", "step", "sign", "logGamma"] as const;
const BINARY = ["add", "sub", "mul", "div", "max", "min"] as const;
const REDUCE = ["sum", "max", "logSumExp"] as const;

/** A program with every operation but Adam's, and every function of maps and reductions. */
function everyOperation(): {
  program: Program;
  data: Record<string, ArrayLike<number>>;
  names: string[];
} {
  const x = e.input("x", [3, 4]);
  const index = e.input("index", [3], "int32");
  const square = e.add(e.matmul(x, x, false, true), e.identity(3));
  const roots: Record<string, e.Expr> = {};
  for (const f of UNARY) roots[f] = e.unary(f, x);
  for (const f of SIGNED) roots[f] = e.unary(f, f === "logGamma" ? e.sub(x, 0.05) : e.sub(x, 1));
  for (const f of BINARY) roots[f] = e.binary(f, e.transpose(x), e.input("row", [3]));
  for (const f of REDUCE) for (const axis of [0, 1]) roots[`${f} over ${axis}`] = e.reduce(f, x, axis);
  roots["pad"] = e.pad(x, 1, 2, [3, 7]);
  roots["joined"] = e.concat([e.transpose(x), e.expand(e.input("row", [3]), [4, 3])], 1);
  roots["diagonal"] = e.add(e.identity(3), e.diagonal(e.matmul(x, x, false, true)));
  roots["product"] = e.matmul(x, e.sub(x, 1), true, false);
  const window = { picture: [3, 2], kernel: [2, 3], stride: [2, 1], padding: [1, 1] } as const;
  roots["unfolded"] = e.unfold(e.reshape(x, [1, 3, 2, 2]), window);
  roots["folded"] = e.fold(e.square(roots["unfolded"]), window);
  roots["gathered"] = e.gather(x, index);
  roots["scattered"] = e.scatterAdd(x, index, 2);
  roots["whitener"] = e.whitener(square);
  roots["lower"] = e.lower(square);
  const program = compile(roots, { batch: 1 });
  const data = { x: values("x", 12, 0.1, 3), row: values("row", 3, 0.5, 2), index: [1, 0, 1] };
  return { program, data, names: Object.keys(roots) };
}

const kindsOf = (programs: Program[]): Set<Operation["kind"]> =>
  new Set(programs.flatMap(({ operations }) => operations.map(({ kind }) => kind)));

/** The tests of one executor. @param skip why it cannot run here, or false */
export function parity(name: string, create: () => Promise<Executor>, skip: string | false = false): void {
  describe(name, { skip }, () => {
    // One for all tests: to start it takes longer than they do.
    let made: Promise<Executor> | undefined;
    const started = (): Promise<Executor> => (made ??= create());
    after(async () => (await made)?.close());

    test("every operation is the reference's", async () => {
      const { program, data, names } = everyOperation();
      const step = compileStep(symmetricBottleneck(sizes, "infonce"), { batch });
      assert.deepEqual([...kindsOf([program, step])].sort(), Object.keys(kinds).sort());
      const expected = await runOnce(program, data);
      const got = await runOnce(program, data, await started());
      for (const root of names) {
        const error = distance(got[root]!, expected[root]!);
        assert.ok(error < 1e-5, `${root}: ${error}`);
      }
    });

    for (const between of ["infonce", "mine"] as const)
      test(`gradients of a step with ${between} are the reference's`, async () => {
        const objective = symmetricBottleneck(sizes, between);
        const program = compileGradients(objective, { batch });
        const reference = await openWith(createReferenceExecutor(), { program }, objective);
        const session = await openWith(await started(), { program }, objective);
        for (const each of [reference, session]) {
          writeInputs(each, "program", program, 1);
          await each.run("program");
        }
        for (const { name } of buffersWith(program, "output")) {
          const error = distance(
            await session.read("program", name!),
            await reference.read("program", name!),
          );
          assert.ok(error < 1e-4, `${name!}: ${error}`);
        }
        session.dispose();
      });

    test("losses and weights of twenty steps are the reference's; evaluation sees the trained weights", async () => {
      const objective = symmetricBottleneck(sizes, "infonce");
      const step = compileStep(objective, { batch });
      const programs = { step, evaluate: compileEvaluate(objective, { batch: 5 }) };
      const reference = await openWith(createReferenceExecutor(), programs, objective);
      const session = await openWith(await started(), programs, objective);
      for (let i = 1; i <= 20; i++) {
        for (const each of [reference, session]) {
          writeInputs(each, "step", step, i);
          await each.run("step");
        }
        const error = distance(await session.read("step", "total"), await reference.read("step", "total"));
        assert.ok(error < 1e-4, `loss of step ${i}: ${error}`);
      }
      for (const each of [reference, session]) {
        writeInputs(each, "evaluate", programs.evaluate, 1);
        await each.run("evaluate");
      }
      for (const { name } of buffersWith(programs.evaluate, "output")) {
        const error = distance(
          await session.read("evaluate", name!),
          await reference.read("evaluate", name!),
        );
        assert.ok(error < 1e-3, `${name!}: ${error}`);
      }
      for (const { name } of buffersWith(step, "parameter")) {
        const error = distance(await session.read("step", name!), await reference.read("step", name!));
        assert.ok(error < 1e-3, `${name!}: ${error}`);
      }
      session.dispose();
    });
  });
}
