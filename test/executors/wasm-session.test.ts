import assert from "node:assert/strict";
import { test } from "node:test";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import type { Program } from "../../core/program/program";
import { Builder, builds, close, generator, numbers, open } from "./wasm-harness";

/** Two layers, a loss, their gradients and Adam, large enough that threads share every kind of operation. */
function training(): Program {
  const [batch, inputs, hidden] = [128, 300, 260];
  const builder = new Builder();
  const { operations } = builder;
  const x = builder.add("x", "input", batch * inputs);
  const index = builder.add("index", "input", batch, "int32");
  const rate = builder.add("rate", "input", 1);
  const step = builder.add("step", "input", 1);
  const weight = builder.add("weight", "parameter", hidden * inputs);
  const bias = builder.add("bias", "parameter", hidden);
  const moments = {
    m: builder.add("weight.m", "state", hidden * inputs),
    v: builder.add("weight.v", "state", hidden * inputs),
  };
  const h = builder.output("h", batch * hidden);
  const mixed = builder.output("mixed", batch * hidden);
  const centred = builder.output("centred", batch * hidden);
  const columns = builder.output("columns", hidden);
  const rows = builder.output("rows", batch);
  const gradient = builder.output("gradient", hidden * inputs);
  const product = { kind: "matmul" as const, activation: "none" as const };
  const m = { m: batch, n: hidden, k: inputs };
  operations.push(
    {
      ...product,
      a: x,
      b: weight,
      out: h,
      ...m,
      transposeA: false,
      transposeB: true,
      bias,
      activation: "tanh",
    },
    { kind: "gather", source: h, index, out: mixed, rows: batch, width: hidden },
    { kind: "reduce", f: "sum", input: mixed, out: columns, outer: 1, length: batch, inner: hidden },
    {
      kind: "map",
      inputs: [
        { buffer: h, strides: [hidden, 1] },
        { buffer: columns, strides: [0, 1] },
      ],
      ...{ out: centred, shape: [batch, hidden], registers: 4, result: 3 },
      body: [
        { f: "constant", value: 1 / batch, out: 2 },
        { f: "mul", a: 1, b: 2, out: 1 },
        { f: "sub", a: 0, b: 1, out: 3 },
      ],
    },
    { kind: "reduce", f: "logSumExp", input: centred, out: rows, outer: batch, length: hidden, inner: 1 },
    {
      ...product,
      a: centred,
      b: x,
      out: gradient,
      m: hidden,
      n: inputs,
      k: batch,
      transposeA: true,
      transposeB: false,
    },
    {
      kind: "adam",
      parameter: weight,
      gradient,
      ...moments,
      rate,
      step,
      size: hidden * inputs,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
    },
  );
  return builder.program;
}

async function train(relaxed: "on" | "off", threads: number) {
  const executor = await open(relaxed, threads);
  const session = await executor.open({ train: training() });
  const random = generator(11);
  session.write("train", "weight", numbers(random, 260 * 300, -0.1, 0.1));
  for (let step = 1; step <= 5; step++) {
    session.write("train", "x", numbers(random, 128 * 300));
    session.write(
      "train",
      "index",
      Int32Array.from({ length: 128 }, () => Math.floor(128 * random())),
    );
    session.write("train", "rate", [0.001]);
    session.write("train", "step", [step]);
    await session.run("train");
  }
  const results: Record<string, Float32Array> = {};
  for (const name of ["weight", "weight.v", "rows", "centred"])
    results[name] = (await session.read("train", name)) as Float32Array;
  executor.close();
  return results;
}

for (const relaxed of builds) {
  test(`two runs are the same bit for bit, and so are two threads, relaxed SIMD ${relaxed}`, async () => {
    const first = await train(relaxed, 1);
    assert.ok(first["rows"]!.every((x) => Number.isFinite(x) && x !== 0));
    assert.deepEqual(await train(relaxed, 1), first, "one thread, again");
    const two = await train(relaxed, 2);
    assert.deepEqual(two, first, "two threads");
    assert.deepEqual(await train(relaxed, 3), first, "three threads");
  });
}

test("parameters are shared by name between programs, inputs are not", async () => {
  const copies = (input: string) => {
    const builder = new Builder();
    const parameter = builder.add("w", "parameter", 3);
    const x = builder.add("x", "input", 3);
    const out = builder.output("out", 3);
    builder.operations.push({
      kind: "map",
      inputs: [parameter, x].map((buffer) => ({ buffer, strides: [1] })),
      ...{
        out: input === "reads" ? out : parameter,
        shape: [3],
        body: [{ f: "add", a: 0, b: 1, out: 2 }],
        result: 2,
        registers: 3,
      },
    });
    return builder.program;
  };
  const executor = await open("off");
  const session = await executor.open({ reads: copies("reads"), writes: copies("writes") });
  session.write("reads", "w", [1, 2, 3]);
  session.write("writes", "x", [10, 20, 30]);
  session.write("reads", "x", [0.5, 0.5, 0.5]);
  await session.run("writes");
  await session.run("reads");
  assert.deepEqual([...(await session.read("reads", "out"))], [11.5, 22.5, 33.5]);
  assert.deepEqual([...(await session.read("writes", "w"))], [11, 22, 33]);
  executor.close();
});

test("constants are filled, and temporaries share the scratch area", async () => {
  const builder = new Builder();
  const x = builder.input("x", Float32Array.of(1, 2, 3));
  const out = builder.output("out", 3);
  const half = builder.buffers.push({ id: 2, role: "constant", shape: [], dtype: "float32", value: 0.5 }) - 1;
  const middle =
    builder.buffers.push({ id: 3, role: "temporary", shape: [3], dtype: "float32", offset: 4 }) - 1;
  const multiply = {
    kind: "map" as const,
    shape: [3],
    body: [{ f: "mul" as const, a: 0, b: 1, out: 2 }],
    result: 2,
    registers: 3,
  };
  const scaled = (buffer: number) => [
    { buffer, strides: [1] },
    { buffer: half, strides: [0] },
  ];
  builder.operations.push(
    { ...multiply, inputs: scaled(x), out: middle },
    { ...multiply, inputs: scaled(middle), out },
  );
  const executor = await open("off");
  const session = await executor.open({ test: { ...builder.program, scratch: 8 } });
  session.write("test", "x", builder.inputs["x"]!);
  await session.run("test");
  close((await session.read("test", "out")) as Float32Array, [0.25, 0.5, 0.75], 0, "out");
  executor.close();
});

test("mistakes are named", async () => {
  const builder = new Builder();
  builder.input("x", new Float32Array(3));
  const executor = await open("off");
  const session = await executor.open({ step: builder.program });
  assert.throws(() => session.write("step", "y", [1]), /"step" has no input, parameter or state "y"/);
  assert.throws(() => session.write("step", "x", [1]), /"x" of program "step" holds 3 numbers; 1 were given/);
  await assert.rejects(() => session.run("evaluate"), /no program "evaluate"/);
  await assert.rejects(() => session.read("step", "x"), /no output, parameter or state "x"/);
  const other = new Builder();
  other.add("w", "parameter", 4);
  builder.add("w", "parameter", 3);
  await assert.rejects(
    () => executor.open({ a: builder.program, b: other.program }),
    /"w" has 4 elements.*"b".*and 3/,
  );
  await assert.rejects(() => createWasmExecutor({ threads: 2 }), /nothing here can start them/);
  executor.close();
});

test("a program beyond the memory of WebAssembly is refused with its size", async () => {
  const builder = new Builder();
  builder.add("x", "input", 2 ** 31);
  const executor = await open("off");
  await assert.rejects(
    () => executor.open({ large: builder.program }),
    /need 8193 MiB; WebAssembly holds 4096/,
  );
  executor.close();
});
