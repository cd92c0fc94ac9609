/** Categorical and von Mises-Fisher laws in numbers: their divergences, their draws, and gradients of both. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compile } from "../../core/program/compile";
import { constant, input, mean, mul, parameter, sum, type Expr } from "../../core/program/expression";
import { categorical } from "../../core/theory/laws/categorical";
import { LARGEST_CONCENTRATION } from "../../core/theory/laws/cosine";
import type { Distribution, Law } from "../../core/theory/laws/law";
import { vmf } from "../../core/theory/laws/vmf";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { normal } from "../../core/random";
import { evaluate, noisy } from "./evaluate";

const near = (value: number | undefined, expected: number, what: string, within = 1e-9): void =>
  assert.ok(
    Math.abs(value! - expected) <= within * Math.max(1, Math.abs(expected)),
    `${what}: ${value} is not ${expected}`,
  );

/** log 0F1(; b; x^2 / 4), by its series. */
function logSeries(b: number, x: number): number {
  let term = 0;
  let largest = 0;
  const terms = [0];
  for (let m = 1; terms.length < 20 || term > largest - 50; m++) {
    term += 2 * Math.log(x / 2) - Math.log(m) - Math.log(b + m - 1);
    largest = Math.max(largest, term);
    terms.push(term);
  }
  return largest + Math.log(terms.reduce((total, one) => total + Math.exp(one - largest), 0));
}

/** E[w] of a von Mises-Fisher law: I_{k/2}(kappa) / I_{k/2 - 1}(kappa). */
const meanCosine = (k: number, kappa: number): number =>
  (kappa / k) * Math.exp(logSeries(k / 2 + 1, kappa) - logSeries(k / 2, kappa));

const axis = (k: number): number[] => Array.from({ length: k }, (_, i) => (i === 0 ? 1 : 0));
const code = (k: number, name = "q"): Distribution => ({
  direction: input(`${name}.direction`, ["N", k]),
  concentration: input(`${name}.concentration`, ["N", 1]),
});

async function rate(k: number, kappa: number): Promise<number> {
  const values = { "q.direction": axis(k), "q.concentration": [kappa] };
  return (await evaluate({ rate: vmf.density!.divergence(code(k)) }, 1, values)).rate![0]!;
}

for (const k of [2, 3, 5, 16, 64])
  test(`the divergence of a von Mises-Fisher law in ${k} dimensions from the uniform one is that of the Bessel series`, async () => {
    for (const kappa of [0.01, 0.5, 3, 40, 900]) {
      const truth = kappa * meanCosine(k, kappa) - logSeries(k / 2, kappa);
      near(await rate(k, kappa), truth, `kappa ${kappa}`, 1e-8);
    }
  });

test("in three dimensions it is kappa coth kappa - 1 - log(sinh kappa / kappa), and 0 at concentration 0", async () => {
  for (const kappa of [0.1, 2, 20, LARGEST_CONCENTRATION]) {
    const logSinh = kappa - Math.LN2 + Math.log1p(-Math.exp(-2 * kappa));
    near(await rate(3, kappa), kappa / Math.tanh(kappa) - 1 - logSinh + Math.log(kappa), `kappa ${kappa}`);
  }
  near(await rate(3, 0), 0, "kappa 0");
});

test("a concentration beyond the largest counts as the largest, with no gradient", async () => {
  near(await rate(4, 1e7), await rate(4, LARGEST_CONCENTRATION), "the rate");
  const free = parameter("concentration", [1, 1], { kind: "constant", value: 0 });
  const total = mean(vmf.density!.divergence({ ...code(4), concentration: free }));
  for (const [kappa, moves] of [
    [100, true],
    [1e5, false],
  ] as const) {
    const { gradient } = await differentiated(total, { "q.direction": axis(4), concentration: [kappa] });
    assert.equal(gradient.concentration![0] !== 0, moves, `kappa ${kappa}`);
  }
});

test("the divergence of two von Mises-Fisher laws: 0 for the same, and as the log-densities of draws say", async () => {
  const k = 4;
  const own = [0.6, 0, 0.8, 0];
  const values = (other: number[], kappas: [number, number]) => ({
    "q.direction": own,
    "q.concentration": [kappas[0]],
    "r.direction": other,
    "r.concentration": [kappas[1]],
  });
  const divergence = vmf.density!.divergence(code(k), code(k, "r"));
  const value = async (other: number[], kappas: [number, number]): Promise<number> =>
    (await evaluate({ divergence }, 1, values(other, kappas))).divergence![0]!;
  near(await value(own, [5, 5]), 0, "the same", 1e-8);
  near(await value(axis(k), [5, 0]), await rate(k, 5), "the uniform one", 1e-8);
  const [kappa, other] = [5, 9];
  const truth =
    meanCosine(k, kappa) * (kappa - other * 0.6) - logSeries(k / 2, kappa) + logSeries(k / 2, other);
  near(await value(axis(k), [kappa, other]), truth, "apart", 1e-8);
});

/** Draws of a law by its name's noise: [N, k]. */
async function draws(law: Law, distribution: Distribution, rows: number, values: Record<string, number[]>) {
  let width = 0;
  const noise = (asked: number): Expr => {
    width = asked;
    return input("noise", ["N", asked]);
  };
  const { sample } = law.draw(distribution, noise);
  const drawn = new Float32Array(rows * width);
  normal(3, "noise.Z", 0, drawn);
  return (await evaluate({ sample }, rows, { ...values, noise: Array.from(drawn) })).sample!;
}

const repeated = (row: readonly number[], rows: number): number[] =>
  Array.from({ length: rows }, () => row).flat();

for (const [k, kappa] of [
  [2, 3],
  [3, 0],
  [3, 10],
  [8, 40],
  [8, 5000],
] as const)
  test(`draws of a von Mises-Fisher code in ${k} dimensions at concentration ${kappa} are as its law says`, async () => {
    const rows = 4000;
    const length = Math.hypot(...axis(k).map((_, i) => i + 1));
    const mu = axis(k).map((_, i) => (i + 1) / length);
    const sample = await draws(vmf, code(k), rows, {
      "q.direction": repeated(mu, rows),
      "q.concentration": repeated([kappa], rows),
    });
    const points = Array.from({ length: rows }, (_, i) => sample.slice(i * k, (i + 1) * k));
    for (const point of points) near(Math.hypot(...point), 1, "length", 1e-6);
    const cosines = points.map((point) => point.reduce((total, z, i) => total + z * mu[i]!, 0));
    const expected = kappa === 0 ? 0 : meanCosine(k, kappa);
    // E[w^2] = 1 - (k - 1) E[w] / kappa; 1 / k at 0.
    const square = kappa === 0 ? 1 / k : 1 - ((k - 1) * expected) / kappa;
    const deviation = Math.sqrt(square - expected ** 2);
    const average = cosines.reduce((total, w) => total + w, 0) / rows;
    // A draw is uniform within its cell, which widens it by 1 part in 200.
    const allowed = 4 * (deviation / Math.sqrt(rows)) + 0.01 * deviation;
    assert.ok(Math.abs(average - expected) < allowed, `mean cosine ${average}, not ${expected}`);
    const spread = Math.sqrt(cosines.reduce((total, w) => total + (w - average) ** 2, 0) / rows);
    assert.ok(Math.abs(spread / deviation - 1) < 0.06, `deviation ${spread}, not ${deviation}`);
    // Across the mean direction all directions are alike: the mean of the draws is along it.
    const across = mu.map(
      (m, i) => points.reduce((total, point) => total + point[i]!, 0) / rows - average * m,
    );
    const size = Math.sqrt((1 - square) / rows);
    assert.ok(Math.hypot(...across) < 4 * size, `off the mean direction by ${Math.hypot(...across)}`);
  });

test("draws of a categorical code are one-hot, as often each value as its probability", async () => {
  const rows = 4000;
  const logits = [0, 1, -1, 2];
  const sample = await draws(categorical, { logits: input("logits", ["N", 4]) }, rows, {
    logits: repeated(logits, rows),
  });
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
  logits.forEach((logit, j) => {
    const values = Array.from({ length: rows }, (_, i) => sample[i * 4 + j]!);
    assert.ok(values.every((value) => Math.abs(value) < 1e-9 || Math.abs(value - 1) < 1e-9));
    const p = Math.exp(logit) / total;
    const share = values.reduce((sum, value) => sum + value, 0) / rows;
    assert.ok(Math.abs(share - p) < 4 * Math.sqrt((p * (1 - p)) / rows), `value ${j}: ${share}, not ${p}`);
  });
});

/** A loss and its gradient by parameter, in float64. */
async function differentiated(total: Expr, values: Record<string, number[]>) {
  const program = compile({ total }, { batch: 1, gradientsOf: "total" });
  const session = await createReferenceExecutor().open({ program });
  for (const { role, name } of program.buffers)
    if (role === "input" || role === "parameter") session.write("program", name!, values[name!]!);
  await session.run("program");
  const gradient: Record<string, number[]> = {};
  for (const { role, name } of program.buffers)
    if (role === "output" && name!.startsWith("gradient."))
      gradient[name!.slice("gradient.".length)] = Array.from(await session.read("program", name!));
  return { value: (await session.read("program", "total"))[0]!, gradient };
}

test("gradients of a von Mises-Fisher draw and rate are finite differences", async () => {
  for (const k of [2, 3, 6]) {
    const output = parameter("output", [1, k + 1], { kind: "uniform", fanIn: 1 });
    const distribution = vmf.read(output, k);
    const { sample } = vmf.draw(distribution, (width) => input("noise", [1, width]));
    const weights = input("weights", [1, k]);
    const total = sum(mul(weights, sample));
    const loss = sum(mul(0.3, vmf.density!.divergence(distribution)));
    for (const what of [total, loss]) {
      const values = { output: noisy(k + 1, 4), noise: noisy(k + 1, 5), weights: noisy(k, 6) };
      const { gradient } = await differentiated(what, values);
      for (const i of values.output.keys()) {
        const at = async (step: number): Promise<number> =>
          (
            await differentiated(what, {
              ...values,
              output: values.output.map((x, j) => (j === i ? x + step : x)),
            })
          ).value;
        const difference = ((await at(1e-6)) - (await at(-1e-6))) / 2e-6;
        near(gradient.output![i], difference, `${k} dimensions, output ${i}`, 1e-6);
      }
    }
  }
});

test("the gradient of a categorical draw is that of the softmax of logits and Gumbel noise", async () => {
  const logits = noisy(3, 1);
  const noise = noisy(6, 2);
  const weights = noisy(3, 3);
  const free = parameter("logits", [1, 3], { kind: "uniform", fanIn: 1 });
  const { sample } = categorical.draw({ logits: free }, (width) => input("noise", [1, width]));
  const values = { logits, noise, weights };
  const { gradient } = await differentiated(sum(mul(input("weights", [1, 3]), sample)), values);
  const relaxed = (own: readonly number[]): number => {
    const scores = own.map((l, j) => l - Math.log((noise[j]! ** 2 + noise[j + 3]! ** 2) / 2));
    const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
    return scores.reduce((sum, score, j) => sum + (weights[j]! * Math.exp(score)) / total, 0);
  };
  logits.forEach((_, i) => {
    const at = (step: number): number => relaxed(logits.map((x, j) => (j === i ? x + step : x)));
    near(gradient.logits![i], (at(1e-6) - at(-1e-6)) / 2e-6, `logit ${i}`, 1e-6);
  });
});

test("mixtures of categorical laws are categorical: equal shares of their probabilities", async () => {
  const parts = { logits: input("parts", [2, 3]) };
  const mixed = categorical.density!.mixed!(parts);
  const divergence = categorical.density!.divergence(mixed, { logits: input("truth", [3]) });
  const values = {
    parts: [0, 0, 0, Math.log(2), Math.log(1), Math.log(1)],
    truth: [1 / 3 + 1 / 2, 1 / 3 + 1 / 4, 1 / 3 + 1 / 4].map(Math.log),
  };
  near((await evaluate({ divergence }, 1, values)).divergence![0], 0, "divergence");
});

test("logits may be shifted by any number", async () => {
  const logits = input("logits", ["N", 3]);
  const value = mean(categorical.density!.divergence({ logits }, { logits: constant(0, [3]) }));
  const { one } = await evaluate({ one: value }, 2, { logits: [5, 1, 1, 7, 3, 3] });
  const p = [4, 0, 0].map((x) => Math.exp(x) / (Math.exp(4) + 2));
  near(
    one![0],
    p.reduce((total, q) => total + q * Math.log(3 * q), 0),
    "shifted logits",
  );
});
