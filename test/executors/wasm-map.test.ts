import { test } from "node:test";
import type { BinaryFunction, Instruction, UnaryFunction } from "../../core/program/program";
import { Builder, builds, close, generator, integer, numbers, open } from "./wasm-harness";

/** log Gamma by Stirling's series far out, where its next term is below 1e-16, and the recurrence back. */
function logGamma(x: number): number {
  let shift = 0;
  for (; x < 20; x++) shift += Math.log(x);
  const series = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5) - 1 / (1680 * x ** 7);
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series - shift;
}

const UNARY: Record<UnaryFunction, (x: number) => number> = {
  neg: (x) => -x,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  square: (x) => x * x,
  abs: Math.abs,
  reciprocal: (x) => 1 / x,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  relu: (x) => Math.max(x, 0),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  step: (x) => (x > 0 ? 1 : 0),
  sign: Math.sign,
  logGamma,
};

const BINARY: Record<BinaryFunction, (x: number, y: number) => number> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  max: Math.max,
  min: Math.min,
};

/** Arguments of each function: two ranges, of which some are narrow around where it is hard. */
const RANGES: Record<string, [number, number][]> = {
  exp: [
    [-87, 88],
    [-1, 1],
    [-1e-3, 1e-3],
  ],
  log: [
    [1e-30, 1e-20],
    [0.5, 2],
    [0.999, 1.001],
    [1, 1e30],
  ],
  sqrt: [[0, 1e6]],
  sigmoid: [
    [-80, 80],
    [-2, 2],
  ],
  tanh: [
    [-12, 12],
    [-0.7, 0.7],
    [-1e-3, 1e-3],
  ],
  softplus: [
    [-80, 80],
    [-2, 2],
  ],
  logGamma: [
    [1e-3, 3],
    [3, 100],
    [100, 1e6],
  ],
};

/** Where a result passes zero between floats, half a unit of the argument is what float32 can know. */
const ABSOLUTE: Record<string, number> = { logGamma: 0.1 };

const SPECIAL = [NaN, Infinity, -Infinity, 0, 1, -1, 100, -100, 200, -200, 1e-40, 3e38, -3e38];

async function apply(
  executor: Awaited<ReturnType<typeof open>>,
  body: Instruction[],
  inputs: Float32Array[],
) {
  const builder = new Builder();
  const size = inputs[0]!.length;
  const ids = inputs.map((values, i) => builder.input(`x${i}`, values));
  builder.operations.push({
    kind: "map",
    inputs: ids.map((buffer) => ({ buffer, strides: [1] })),
    out: builder.output("out", size),
    shape: [size],
    body,
    result: body.at(-1)!.out,
    registers: 16,
  });
  return (await builder.run(executor))["out"]!;
}

for (const build of builds) {
  test(`every function against Math, relaxed SIMD ${build}`, async () => {
    const executor = await open(build);
    const random = generator(3);
    for (const [name, f] of Object.entries(UNARY)) {
      for (const [low, high] of RANGES[name] ?? [[-5, 5]]) {
        const x = numbers(random, 3001, low, high);
        const out = await apply(executor, [{ f: name as UnaryFunction, a: 0, out: 1 }], [x]);
        close(out, Float64Array.from(x, f), 3e-7, `${name} on [${low}, ${high}]`, ABSOLUTE[name] ?? 1e-30);
      }
    }
    for (const [name, f] of Object.entries(BINARY)) {
      const [x, y] = [numbers(random, 777), numbers(random, 777)];
      const out = await apply(executor, [{ f: name as BinaryFunction, a: 0, b: 1, out: 2 }], [x, y]);
      close(
        out,
        Float64Array.from(x, (value, i) => f(value, y[i]!)),
        1e-7,
        name,
      );
    }
    executor.close();
  });

  test(`NaN, infinities, zero and denormals in every function, relaxed SIMD ${build}`, async () => {
    const executor = await open(build);
    const x = Float32Array.from(SPECIAL);
    for (const [name, f] of Object.entries(UNARY)) {
      const arguments_ = name === "logGamma" ? x.filter((value) => !(value < 0) && value < 1e30) : x;
      const out = await apply(executor, [{ f: name as UnaryFunction, a: 0, out: 1 }], [arguments_]);
      const expected = Float32Array.from(arguments_, f);
      close(out, expected, 1e-6, `${name} of ${[...arguments_].join(", ")}`, ABSOLUTE[name] ?? 1e-36);
    }
    for (const [name, f] of Object.entries(BINARY)) {
      for (const other of SPECIAL) {
        const y = x.map(() => other);
        const out = await apply(executor, [{ f: name as BinaryFunction, a: 0, b: 1, out: 2 }], [x, y]);
        close(
          out,
          Float32Array.from(x, (value) => f(value, y[0]!)),
          1e-6,
          `${name} with ${other}`,
          1e-38,
        );
      }
    }
    executor.close();
  });

  test(`broadcast and strided operands, relaxed SIMD ${build}`, async () => {
    const executor = await open(build);
    const random = generator(4);
    for (let round = 0; round < 120; round++) {
      const axes = integer(random, 0, 4);
      const limit = [1, 3000, 70, 12, 7][axes]!;
      const shape = Array.from({ length: axes }, () => integer(random, 1, limit));
      const size = shape.reduce((product, length) => product * length, 1);
      const builder = new Builder();
      // Each operand is broadcast along random axes and stored with its axes in a random order.
      const operands = [0, 1, 2].map((i) => {
        const order = shape.map((_, axis) => axis).sort(() => random() - 0.5);
        if (random() < 0.6) order.sort((a, b) => b - a);
        const strides = shape.map(() => 0);
        let length = 1;
        for (const axis of order) {
          if (random() < 0.4) continue;
          strides[axis] = length;
          length *= shape[axis]!;
        }
        const values = numbers(random, length);
        return { values, strides, buffer: builder.input(`x${i}`, values) };
      });
      // (x0 + x1) * x2 - 0.5 x0, with a register and an operand's register written twice.
      const body: Instruction[] = [
        { f: "add", a: 0, b: 1, out: 3 },
        { f: "constant", value: 0.5, out: 4 },
        { f: "mul", a: 0, b: 4, out: 0 },
        { f: "mul", a: 3, b: 2, out: 3 },
        { f: "sub", a: 3, b: 0, out: 4 },
        { f: "exp", a: 4, out: 1 },
      ];
      builder.operations.push({
        kind: "map",
        inputs: operands.map(({ buffer, strides }) => ({ buffer, strides })),
        out: builder.output("out", size),
        shape,
        body,
        result: 4,
        registers: 5,
      });
      const expected = Float64Array.from({ length: size }, (_, flat) => {
        let rest = flat;
        const index = shape.map(() => 0);
        for (let axis = axes - 1; axis >= 0; axis--) {
          index[axis] = rest % shape[axis]!;
          rest = Math.floor(rest / shape[axis]!);
        }
        const [x0, x1, x2] = operands.map(
          ({ values, strides }) => values[index.reduce((sum, i, axis) => sum + i * strides[axis]!, 0)]!,
        );
        return (x0! + x1!) * x2! - 0.5 * x0!;
      });
      const { out } = await builder.run(executor);
      close(out!, expected, 3e-7, `round ${round}, shape ${shape.join(" x ")}`, 2);
    }
    executor.close();
  });

  test(`a map whose result is an operand or a number, relaxed SIMD ${build}`, async () => {
    const executor = await open(build);
    const builder = new Builder();
    const x = numbers(generator(5), 6);
    const buffer = builder.input("x", x);
    const common = { kind: "map" as const, shape: [2, 6], registers: 2 };
    const inputs = [{ buffer, strides: [0, 1] }];
    builder.operations.push({ ...common, inputs, out: builder.output("copied", 12), body: [], result: 0 });
    const body: Instruction[] = [{ f: "constant", value: -2.5, out: 1 }];
    builder.operations.push({ ...common, inputs, out: builder.output("filled", 12), body, result: 1 });
    const { copied, filled } = await builder.run(executor);
    close(copied!, [...x, ...x], 0, "copied");
    close(filled!, new Float32Array(12).fill(-2.5), 0, "filled");
    executor.close();
  });
}
