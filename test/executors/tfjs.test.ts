/** TensorFlow.js against the reference: on its plain backend, on WebAssembly and with its native library. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import * as core from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { compile, compileEvaluate, compileGradients, compileStep } from "../../core/program/compile";
import * as e from "../../core/program/expression";
import { buffersWith } from "../../core/program/parameters";
import type { Executor } from "../../core/train/executor";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { createTfjsExecutor } from "../../core/train/executors/tfjs";
import type { Tf } from "../../core/train/executors/tfjs-kernels";
import { loadNative, loadTfjs } from "../../trainer/tfjs-node";
import { runOnce, values } from "../program/evaluate";
import { symmetricBottleneck } from "../program/objectives";
import { distance, openWith, writeInputs } from "./session";

const sizes = { input: 12, widths: [16, 16], code: 3 };
const batch = 8;

async function assertGradientsAgree(executor: Executor, between: "infonce" | "mine"): Promise<void> {
  const objective = symmetricBottleneck(sizes, between);
  const program = compileGradients(objective, { batch });
  const reference = await openWith(createReferenceExecutor(), { program }, objective);
  const session = await openWith(executor, { program }, objective);
  for (const each of [reference, session]) {
    writeInputs(each, "program", program, 1);
    await each.run("program");
  }
  for (const { name } of buffersWith(program, "output")) {
    const error = distance(await session.read("program", name!), await reference.read("program", name!));
    assert.ok(error < 1e-4, `${name!}: ${error}`);
  }
  session.dispose();
}

/** Where the native library is: among the packages here, or where `npm test` installs it, outside the checkout. */
const cache = process.env["BOTTLENECK_CACHE"] ?? join(homedir(), ".cache", "bottleneck");
const native = loadNative([process.cwd(), join(cache, "tfjs-node")]);

for (const backend of ["cpu", "wasm", "tensorflow"])
  describe(
    `tfjs, ${backend}`,
    { skip: backend === "tensorflow" && "reason" in native && native.reason },
    () => {
      let tf: Tf;

      before(async () => {
        tf = backend === "tensorflow" && "tf" in native ? native.tf : core;
        if (backend === "wasm") await loadTfjs([]);
        else await tf.setBackend(backend);
        assert.equal(tf.getBackend(), backend);
      });

      for (const between of ["infonce", "mine"] as const)
        test(`gradients of a step with ${between} are the reference's`, () =>
          assertGradientsAgree(createTfjsExecutor(tf, "test"), between));

      test("losses and weights of twenty steps are the reference's; evaluation sees the trained weights", async () => {
        const objective = symmetricBottleneck(sizes, "infonce");
        const step = compileStep(objective, { batch });
        const programs = { step, evaluate: compileEvaluate(objective, { batch: 5 }) };
        const reference = await openWith(createReferenceExecutor(), programs, objective);
        const session = await openWith(createTfjsExecutor(tf, "test"), programs, objective);
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
        session.dispose();
      });

      test("every scalar function, strided maps, copies and reductions are the reference's", async () => {
        const x = e.input("x", [3, 4]);
        const roots: Record<string, e.Expr> = {};
        for (const f of [
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
        ] as const)
          roots[f] = e.unary(f, x);
        for (const f of ["softplus", "step", "sign", "logGamma"] as const)
          roots[f] = e.unary(f, e.sub(x, 0.05));
        for (const f of ["add", "sub", "mul", "div", "max", "min"] as const)
          roots[f] = e.binary(f, e.transpose(x), e.input("row", [3]));
        for (const f of ["sum", "max", "logSumExp"] as const)
          for (const axis of [0, 1]) roots[`${f} over ${axis}`] = e.reduce(f, x, axis);
        roots.pad = e.pad(x, 1, 2, [3, 7]);
        roots.joined = e.concat([e.transpose(x), e.expand(e.input("row", [3]), [4, 3])], 1);
        roots.identity = e.add(e.identity(3), e.diagonal(e.matmul(x, x, false, true)));
        const window = { picture: [3, 2], kernel: [2, 3], stride: [2, 1], padding: [1, 1] } as const;
        roots.unfolded = e.unfold(e.reshape(x, [1, 3, 2, 2]), window);
        roots.folded = e.fold(e.square(roots.unfolded), window);
        roots.scattered = e.scatterAdd(x, e.input("index", [3], "int32"), 2);
        const program = compile(roots, { batch: 1 });
        const data = { x: values("x", 12, 0.1, 3), row: values("row", 3, 0.5, 2), index: [1, 0, 1] };
        const expected = await runOnce(program, data);
        const got = await runOnce(program, data, createTfjsExecutor(tf, "test"));
        for (const name of Object.keys(roots)) {
          const error = distance(got[name]!, expected[name]!);
          assert.ok(error < 1e-5, `${name}: ${error}`);
        }
      });

      test("no tensor is left behind by a step, nor by a session", async () => {
        const objective = symmetricBottleneck(sizes, "mine");
        const step = compileStep(objective, { batch });
        const none = tf.memory().numTensors;
        const session = await openWith(createTfjsExecutor(tf, "test"), { step }, objective);
        const counts: number[] = [];
        for (let i = 1; i <= 4; i++) {
          writeInputs(session, "step", step, i);
          await session.run("step");
          await session.read("step", "total");
          counts.push(tf.memory().numTensors);
        }
        assert.equal(counts[3], counts[1], `tensors after each step: ${counts.join(", ")}`);
        session.dispose();
        assert.equal(tf.memory().numTensors, none);
      });
    },
  );

/** A folder with a package of the native library's name and this source. */
function installed(
  source: string,
  name = "tfjs-node",
  folder = mkdtempSync(join(tmpdir(), "tfjs-")),
): string {
  const at = join(folder, "node_modules", "@tensorflow", name);
  after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, "index.js"), source);
  return folder;
}

test("where the native library is not installed, the reason says where it was looked for", () => {
  const found = loadNative(["/nowhere"]);
  assert.ok("reason" in found && /not installed in \/nowhere/.test(found.reason));
});

test("a native library that does not load is passed over, with what it said", () => {
  const broken = installed('throw new Error("no binary for this machine")');
  const found = loadNative([broken]);
  assert.ok("reason" in found && found.reason.includes("no binary for this machine"));
  const whole = installed('module.exports = { version: { "tfjs-node": "4.22.0" } }');
  const second = loadNative([broken, whole]);
  assert.ok("tf" in second && second.description.includes("4.22.0"));
});

test("the native library finds the function of util that it calls and Node 23 dropped", () => {
  const found = loadNative([
    installed('module.exports = { version: {}, ok: require("util").isNullOrUndefined(null) }'),
  ]);
  assert.ok("tf" in found && (found.tf as unknown as { ok: boolean }).ok);
});

test("the library for GPUs goes before the plain one, which is taken where that does not load", () => {
  const both = (source: string): string =>
    installed(source, "tfjs-node-gpu", installed('module.exports = { version: { "tfjs-node": "plain" } }'));
  const gpu = loadNative([both('module.exports = { version: { "tfjs-node": "card" } }')]);
  assert.ok("tf" in gpu && /card for GPUs/.test(gpu.description));
  const plain = loadNative([both('throw new Error("no CUDA")')]);
  assert.ok("tf" in plain && /plain from/.test(plain.description));
});
