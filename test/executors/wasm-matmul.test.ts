import { test } from "node:test";
import type { Activation } from "../../core/program/program";
import { Builder, builds, close, generator, integer, numbers, open } from "./wasm-harness";

const ACTIVATIONS: Record<Activation, (x: number) => number> = {
  none: (x) => x,
  relu: (x) => Math.max(0, x),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
};

interface Product {
  m: number;
  n: number;
  k: number;
  transposeA: boolean;
  transposeB: boolean;
  bias: boolean;
  activation: Activation;
}

/** A product of random matrices as a program, its result in float64, and the sum of its terms' sizes. */
function build(product: Product, random: () => number) {
  const { m, n, k, transposeA, transposeB, activation } = product;
  const a = numbers(random, m * k);
  const b = numbers(random, k * n);
  const bias = product.bias ? numbers(random, n) : undefined;
  const builder = new Builder();
  const operands = { a: builder.input("a", a), b: builder.input("b", b) };
  const biasId = bias && builder.input("bias", bias);
  builder.operations.push({
    ...{
      kind: "matmul",
      ...operands,
      out: builder.output("out", m * n),
      m,
      n,
      k,
      transposeA,
      transposeB,
      activation,
    },
    ...(biasId === undefined ? {} : { bias: biasId }),
  });
  const expected = new Float64Array(m * n);
  const size = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = bias ? bias[j]! : 0;
      let total = Math.abs(sum);
      for (let p = 0; p < k; p++) {
        const term = a[transposeA ? p * m + i : i * k + p]! * b[transposeB ? j * k + p : p * n + j]!;
        sum += term;
        total += Math.abs(term);
      }
      expected[i * n + j] = ACTIVATIONS[activation](sum);
      size[i * n + j] = total;
    }
  }
  return { builder, expected, size };
}

for (const build_ of builds) {
  test(`products of every shape and transpose, relaxed SIMD ${build_}`, async () => {
    const executor = await open(build_);
    const random = generator(1);
    const products: Product[] = [];
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        for (let i = 0; i < 24; i++) {
          const limit = i < 16 ? 40 : 150;
          products.push({
            ...{ m: integer(random, 1, limit), n: integer(random, 1, limit), k: integer(random, 1, limit) },
            ...{ transposeA, transposeB, bias: i % 2 === 0 },
            activation: (Object.keys(ACTIVATIONS) as Activation[])[i % 5]!,
          });
        }
        // Several stretches of the summed axis, several blocks of columns, narrow and wide, and both edges.
        products.push({ m: 67, n: 45, k: 700, transposeA, transposeB, bias: true, activation: "relu" });
        products.push({ m: 530, n: 9, k: 273, transposeA, transposeB, bias: false, activation: "none" });
        products.push({ m: 13, n: 1250, k: 209, transposeA, transposeB, bias: true, activation: "sigmoid" });
        products.push({ m: 5, n: 101, k: 211, transposeA, transposeB, bias: false, activation: "relu" });
        products.push({ m: 128, n: 64, k: 4, transposeA, transposeB, bias: true, activation: "tanh" });
      }
    }
    for (const product of products) {
      const { builder, expected, size } = build(product, random);
      const { out } = await builder.run(executor);
      close(out!, expected, 4e-7, JSON.stringify(product), size);
    }
    executor.close();
  });

  test(`what is not a number stays so in products, relaxed SIMD ${build_}`, async () => {
    const executor = await open(build_);
    for (const n of [7, 101])
      for (const activation of Object.keys(ACTIVATIONS) as Activation[]) {
        const product = { m: 5, n, k: 3, transposeA: false, transposeB: false, bias: false, activation };
        const { builder, expected } = build(product, generator(2));
        builder.inputs["a"]![3] = NaN;
        expected.fill(NaN, n, 2 * n);
        const { out } = await builder.run(executor);
        close(out!, expected, 1e-5, activation, 1);
      }
    executor.close();
  });
}
