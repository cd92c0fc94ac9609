import assert from "node:assert/strict";
import { test } from "node:test";
import { boundOf } from "../../core/theory/bounds/index";
import { criticOf } from "../../core/theory/critics/index";
import { fusionOf } from "../../core/theory/fusions/index";
import { lawOf } from "../../core/theory/laws/index";
import { NetworkModel } from "../../core/theory/model/network-model";
import { analyse } from "../../core/theory/analyse";
import { constant, input, type Expr } from "../../core/program/expression";
import { evaluate, noisy } from "./evaluate";

const rows = (name: string, width: number): Expr => input(name, ["N", width]);
const near = (actual: number | undefined, expected: number, what: string): void =>
  assert.ok(
    Math.abs(actual! - expected) < 1e-9 * Math.max(1, Math.abs(expected)),
    `${what}: ${actual}, expected ${expected}`,
  );

/** The value of a bound from arguments given as numbers [N, width]. */
async function valueOf(
  id: string,
  args: Record<string, number[][]>,
  scalars: Record<string, number> = {},
): Promise<number> {
  const exprs: Record<string, Expr> = {};
  const values: Record<string, number[]> = {};
  let batch = 1;
  for (const [name, matrix] of Object.entries(args)) {
    batch = matrix.length;
    exprs[name] = rows(name, matrix[0]!.length);
    values[name] = matrix.flat();
  }
  for (const [name, value] of Object.entries(scalars)) exprs[name] = constant(value);
  return (await evaluate({ value: boundOf(id)!.value(exprs) }, batch, values)).value![0]!;
}

test("kl: summed over coordinates, averaged over the batch, zero at the prior", async () => {
  near(await valueOf("kl", { mean: [[0, 0]], logVariance: [[0, 0]] }), 0, "at the prior");
  const rate = await valueOf("kl", {
    mean: [
      [1, 2],
      [3, 0],
    ],
    logVariance: [
      [0, 0],
      [0, Math.log(4)],
    ],
  });
  near(rate, ((1 + 4) / 2 + (9 / 2 + (4 - 1 - Math.log(4)) / 2)) / 2, "two samples");
});

test("kl against a prior of its own is zero where code and prior agree", async () => {
  const same = {
    mean: [[0.3, -2]],
    logVariance: [[0.7, -1]],
    priorMean: [[0.3, -2]],
    priorLogVariance: [[0.7, -1]],
  };
  near(await valueOf("kl", same), 0, "equal");
  const apart = { mean: [[1]], logVariance: [[0]], priorMean: [[0]], priorLogVariance: [[Math.log(4)]] };
  near(await valueOf("kl", apart), 0.5 * ((1 + 1) / 4 - 1 + Math.log(4)), "wider prior");
});

test("conditional: KL of two Gaussians", async () => {
  const args = { mean: [[1]], logVariance: [[0]], givenMean: [[0]], givenLogVariance: [[Math.log(4)]] };
  near(await valueOf("conditional", args), 0.5 * (2 / 4 - 1 + Math.log(4)), "N(1, 1) from N(0, 4)");
});

test("likelihoods are log-densities, constants included", async () => {
  const half = 0.5 * Math.log(2 * Math.PI);
  near(
    await valueOf("gaussian", { target: [[1, 0]], mean: [[0, 0]] }, { logVariance: 0 }),
    -0.5 - 2 * half,
    "gaussian",
  );
  near(
    await valueOf("gaussian", { target: [[1, 0]], mean: [[0, 0]] }, { logVariance: Math.log(4) }),
    -0.5 / 4 - 2 * half - 2 * Math.log(2),
    "gaussian(2)",
  );
  near(await valueOf("laplace", { target: [[1, 0]], mean: [[0, 0]] }), -1 - 2 * Math.log(2), "laplace");
  near(await valueOf("bernoulli", { target: [[1, 0]], logits: [[0, 0]] }), -2 * Math.log(2), "bernoulli");
  near(
    await valueOf("categorical", { target: [[0, 1, 0]], logits: [[0, Math.log(2), 0]] }),
    Math.log(0.5),
    "categorical",
  );
  near(
    await valueOf("poisson", { target: [[3]], logRate: [[Math.log(2)]] }),
    3 * Math.log(2) - 2 - Math.log(6),
    "poisson",
  );
});

test("infonce: log N for perfect scores, zero for equal ones; one way differs from both", async () => {
  const diagonal = (n: number, high: number): number[][] =>
    Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? high : 0)));
  const value = async (scores: number[][], oneWay = false): Promise<number> => {
    const n = scores.length;
    const args = { scores: input("scores", ["N", "N"]), ...(oneWay ? { oneWay: constant(1) } : {}) };
    return (await evaluate({ value: boundOf("infonce")!.value(args) }, n, { scores: scores.flat() }))
      .value![0]!;
  };
  near(await value(diagonal(4, 100)), Math.log(4), "perfect");
  near(await value(diagonal(4, 0)), 0, "equal");
  const uneven = [
    [1, 0],
    [2, 0],
  ];
  const forward = (1 - Math.log((Math.E + 1) / 2) + (0 - Math.log((Math.E ** 2 + 1) / 2))) / 2;
  const backward = (1 - Math.log((Math.E + Math.E ** 2) / 2) + 0) / 2;
  near(await value(uneven, true), forward, "one way");
  near(await value(uneven), (forward + backward) / 2, "both ways");
});

test("mine: mean of the joint less the log-mean-exp of the product", async () => {
  const args = { joint: input("joint", ["N"]), product: input("product", ["N"]) };
  const { value } = await evaluate({ value: boundOf("mine")!.value(args) }, 2, {
    joint: [1, 3],
    product: [0, Math.log(3)],
  });
  near(value![0], 2 - Math.log(2), "mine");
});

const twoCodes = analyse(`spec A {
  modality X : vector(3)
  modality Y : vector(3)
  latent Zx : gaussian(2) from X
  latent Zy : gaussian(2) from Y
  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy)
  network critic Zx, Zy = mlp(4)
}`).specs[0]!.spec!;

for (const name of ["dot", "separable", "concat", "bilinear", "cosine"]) {
  test(`critic ${name}: the diagonal of all pairs is the score of the rows`, async () => {
    const pair = {
      name: "Zx-Zy",
      variables: ["Zx", "Zy"],
      first: rows("u", 2),
      second: rows("v", 2),
      model: new NetworkModel(twoCodes),
    };
    const critic = criticOf(name);
    const weights = {
      "critic.Zx-Zy.weight": noisy(4, 3),
      "critic.Zx-Zy.0.weight": noisy(16, 4),
      "critic.Zx-Zy.0.bias": noisy(4, 5),
      "critic.Zx-Zy.2.weight": noisy(4, 6),
      "critic.Zx-Zy.2.bias": noisy(1, 7),
      "critic.Zx-Zy.first.0.weight": noisy(8, 8),
      "critic.Zx-Zy.first.0.bias": noisy(4, 9),
      "critic.Zx-Zy.first.2.weight": noisy(8, 10),
      "critic.Zx-Zy.first.2.bias": noisy(2, 11),
      "critic.Zx-Zy.second.0.weight": noisy(8, 12),
      "critic.Zx-Zy.second.0.bias": noisy(4, 13),
      "critic.Zx-Zy.second.2.weight": noisy(8, 14),
      "critic.Zx-Zy.second.2.bias": noisy(2, 15),
    };
    const values = { u: noisy(6, 1), v: noisy(6, 2), ...weights };
    const { pairs, single } = await evaluate(
      { pairs: critic.pairs(pair), single: critic.rows(pair) },
      3,
      values,
    );
    assert.equal(pairs!.length, 9);
    [0, 4, 8].forEach((at, i) => near(pairs![at], single![i]!, `row ${i}`));
    assert.notEqual(pairs![1], pairs![3], "scores are not symmetric by accident");
  });
}

test("poe multiplies Gaussians, with the prior where asked; mean averages", async () => {
  const posteriors = [
    { mean: rows("a", 1), logVariance: rows("la", 1) },
    { mean: rows("b", 1), logVariance: rows("lb", 1) },
  ];
  const values = { a: [1], la: [0], b: [4], lb: [Math.log(0.5)] };
  const fused = async (name: string, options: string[]): Promise<[number, number]> => {
    const experts = posteriors.map((says) => ({ says }));
    const { mean, logVariance } = fusionOf(name).fuse(experts, lawOf("gaussian"), options);
    const result = await evaluate({ mean: mean!, variance: logVariance! }, 1, values);
    return [result.mean![0]!, Math.exp(result.variance![0]!)];
  };
  const [mean, variance] = await fused("poe", []);
  near(mean, 3, "poe mean");
  near(variance, 1 / 3, "poe variance");
  const [shrunk, narrow] = await fused("poe", ["prior"]);
  near(shrunk, 9 / 4, "poe(prior) mean");
  near(narrow, 1 / 4, "poe(prior) variance");
  const [average, middle] = await fused("mean", []);
  near(average, 2.5, "mean of means");
  near(middle, Math.sqrt(0.5), "mean of log-variances");
});

test("laws: a gaussian draws with its deviation, a sphere has unit length", async () => {
  const gaussian = lawOf("gaussian");
  const code = gaussian.draw(gaussian.read(rows("output", 4), 2), () => rows("noise", 2));
  const drawn = await evaluate({ sample: code.sample }, 1, {
    output: [1, 2, 0, Math.log(9)],
    noise: [1, -1],
  });
  near(drawn.sample![0], 2, "first coordinate");
  near(drawn.sample![1], -1, "second coordinate");
  const sphere = lawOf("sphere");
  const point = await evaluate(
    { sample: sphere.draw(sphere.read(rows("output", 2), 2), () => rows("noise", 2)).sample },
    1,
    { output: [3, 4] },
  );
  near(point.sample![0], 0.6, "sphere");
  near(point.sample![1], 0.8, "sphere");
});
