/** Several codes: what they share, what two that are kept apart share, how far one is from its prior. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { boundOf } from "../../core/theory/bounds/index";
import { averageOf, type Argument, type Average } from "./average";
import { draw, logNormal } from "./gaussian";
import { oracle } from "./oracle";

const ERRORS = 4;
const ROUNDING = 1e-4;
const NOISE = 0.7;

const column = (data: ArrayLike<number>): Argument => ({ data, shape: ["N"] });
const rows = (data: ArrayLike<number>): Argument => ({ data, shape: ["N", 1] });
const matrix = (data: ArrayLike<number>): Argument => ({ data, shape: ["N", "N"] });
const within = ({ mean, error }: Average, truth: number): void =>
  assert.ok(Math.abs(mean - truth) <= ERRORS * error + ROUNDING, `${mean} ± ${error} is not ${truth}`);

/** A standard normal x and codes z = x + noise of it, one row each. */
function views(count: number, length: number, batch: number): { x: Float32Array; codes: Float32Array[] } {
  const x = draw(2, "x", batch, length);
  const codes = Array.from({ length: count }, (_, i) => {
    const noise = draw(2, `noise ${i}`, batch, length);
    return x.map((value, row) => value + NOISE * noise[row]!);
  });
  return { x, codes };
}

/** log N(z; 0, 1 + noise^2 on the diagonal, 1 elsewhere): codes of one x. */
function jointDensity(z: readonly number[]): number {
  const n = z.length;
  const total = z.reduce((sum, value) => sum + value, 0);
  const squares = z.reduce((sum, value) => sum + value ** 2, 0);
  const s2 = NOISE ** 2;
  const quadratic = (squares - total ** 2 / (n + s2)) / s2;
  const logDet = (n - 1) * Math.log(s2) + Math.log(s2 + n);
  return -0.5 * (quadratic + logDet + n * Math.log(2 * Math.PI));
}

/** Log of the joint density over that of independent codes. */
const logRatio = (z: readonly number[]): number =>
  jointDensity(z) - z.reduce((sum, value) => sum + logNormal(value, 0, 1 + NOISE ** 2), 0);

/** Total correlation of n codes of one x. */
const totalCorrelation = (n: number): number =>
  0.5 * (n * Math.log(1 + NOISE ** 2) - (n - 1) * Math.log(NOISE ** 2) - Math.log(NOISE ** 2 + n));

test("InfoNCE of three codes stays below their total correlation, and comes near it", async () => {
  const N = 128;
  const found = await averageOf(boundOf("infonce")!, N, 60, (batch) => {
    const { codes } = views(3, N, batch);
    const at = (code: number, row: number): number => codes[code]![row % N]!;
    // For each anchor, one of the others keeps its order and the last is shuffled: here moved by a row.
    const scores = [0, 1, 2].map((anchor) => {
      const [first, second] = [0, 1, 2].filter((code) => code !== anchor) as [number, number];
      const values = new Float64Array(N * N);
      for (let i = 0; i < N; i++)
        for (let j = 0; j < N; j++)
          values[i * N + j] = logRatio([at(anchor, i), at(first, j), at(second, j + 1)]);
      return [`scores${anchor + 1}`, matrix(values)];
    });
    const truth = Array.from({ length: N }, (_, i) => logRatio([at(0, i), at(1, i), at(2, i)]));
    return { together: column(truth), ...(Object.fromEntries(scores) as Record<string, Argument>) };
  });
  const truth = totalCorrelation(3);
  assert.ok(found.mean <= truth + ERRORS * found.error, `${found.mean} ± ${found.error} is above ${truth}`);
  assert.ok(found.mean > truth - 0.25, `${found.mean} is far below ${truth}`);
});

test("the chain rule gives what two codes share and the entropy of x; a worse decoder gives more", async () => {
  const N = 256;
  const s2 = NOISE ** 2;
  const chain = (gain: number): Promise<Average> =>
    averageOf(boundOf("chain")!, N, 100, (batch) => {
      const { x, codes } = views(2, N, batch);
      const code = (name: string): Record<string, Argument> => ({
        [`kl/${name}/mean`]: rows(x),
        [`kl/${name}/logVariance`]: rows(new Float32Array(N).fill(Math.log(s2))),
        [`kl/${name}/priorMean`]: 0,
        [`kl/${name}/priorLogVariance`]: Math.log(1 + s2),
      });
      return {
        ...code("Z"),
        ...code("W"),
        "gaussian/X/target": rows(x),
        "gaussian/X/mean": rows(codes[0]!.map((z, i) => (gain * (z + codes[1]![i]!)) / (2 + s2))),
        "gaussian/X/logVariance": Math.log(s2 / (2 + s2)),
      };
    });
  const entropy = 0.5 * Math.log(2 * Math.PI * Math.E);
  const shared = -0.5 * Math.log(1 - (1 + s2) ** -2);
  within(await chain(1), shared + entropy);
  const worse = await chain(0.8);
  assert.ok(worse.mean - ERRORS * worse.error > shared + entropy);
});

oracle(["density-ratio"], "a density ratio with the best network is the total correlation", async () => {
  const N = 256;
  const found = await averageOf(boundOf("density-ratio")!, N, 100, (batch) => {
    const { codes } = views(2, N, batch);
    const whole = Array.from({ length: N }, (_, i) => logRatio([codes[0]![i]!, codes[1]![i]!]));
    const shuffled = Array.from({ length: N }, (_, i) => logRatio([codes[0]![i]!, codes[1]![(i + 1) % N]!]));
    return { live: column(whole), held: column(whole), shuffled: column(shuffled) };
  });
  within(found, totalCorrelation(2));
});

test("MMD is zero for codes spread as the prior, and positive for others; an adversary at chance gives zero", async () => {
  const N = 64;
  const spread = (scale: number): Promise<Average> =>
    averageOf(boundOf("mmd")!, N, 100, (batch) => ({
      sample: { data: draw(3, "z", batch, 2 * N).map((z) => scale * z), shape: ["N", 2] },
      draw: { data: draw(3, "r", batch, 2 * N), shape: ["N", 2] },
    }));
  within(await spread(1), 0);
  assert.ok((await spread(0.2)).mean > 0.1);
  const chance = await averageOf(boundOf("adversary")!, N, 2, () => ({
    codes: column(new Float32Array(N)),
    draws: column(new Float32Array(N)),
  }));
  within(chance, 0);
});
