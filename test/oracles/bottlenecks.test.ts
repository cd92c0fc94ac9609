/**
 * Specs over Gaussian data, trained on endless batches, end where the exact answers say: the Gaussian bottleneck, the linear
 * autoencoder, the jump of the symmetric bottleneck; and the diagnostics say of them what is true.
 */
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { analyse } from "../../core/theory/analyse";
import { upwardAnneal } from "../../core/theory/diagnostics/upward-anneal";
import {
  autoencoderRates,
  awayFromZero,
  gaussianBottleneck,
  symmetricJump,
  symmetricLoss,
  symmetricShared,
} from "./bottlenecks";
import { draw } from "./gaussian";
import {
  add,
  diagonal,
  gaussianInformation,
  logDeterminant,
  multiply,
  observed,
  rotation,
  rowsOf,
  transpose,
  type Matrix,
} from "./matrices";
import { Training, type Source } from "./training";

const BATCH = 512;
/** The entropy of a standard normal number. */
const ENTROPY = 0.5 * Math.log(2 * Math.PI * Math.E);
/** How near an optimum the last noisy steps leave a training, in nats. */
const NEAR = 0.02;

const near = (found: number, expected: number, within: number, what: string): void =>
  assert.ok(Math.abs(found - expected) <= within, `${what}: ${found} is not ${expected} ± ${within}`);

/** Codes of diagnostics in a spec. */
const said = (body: string): string[] => analyse(`spec S {\n${body}\n}`).diagnostics.map(({ code }) => code);

const turned = rotation(3, 1);
const columns = (width: number) => Array.from({ length: width }, (_, i) => i);

/** A linear encoder as it stands: the map to the means [k, d], and the noise it adds where its inputs are zero. */
async function encoderOf(
  training: Training,
  code: string,
  width: number,
): Promise<{ map: Matrix; noise: Matrix }> {
  const weights = rowsOf(await training.get(`encoder.${code}.0.weight`), width);
  const size = weights.length / 2;
  const bias = await training.get(`encoder.${code}.0.bias`);
  return { map: weights.slice(0, size), noise: diagonal(bias.slice(size).map(Math.exp)) };
}

describe("the Gaussian bottleneck (Chechik et al. 2005)", async () => {
  const RHO = [0.9, 0.6] as const;
  // X is three numbers turned; the targets are noisy copies of the first and the second.
  const source: Source = (batch) => {
    const u = rowsOf(draw(5, "u", batch, 3 * BATCH), 3);
    const n = draw(5, "n", batch, 2 * BATCH);
    const copy = (i: 0 | 1): number[] =>
      u.map((row, at) => RHO[i] * row[i]! + Math.sqrt(1 - RHO[i] ** 2) * n[i * BATCH + at]!);
    return { X: multiply(u, turned).flat(), Y1: copy(0), Y2: copy(1) };
  };
  const training = await Training.open(
    `modality X : vector(3)
     target Y1 : vector(1)
     target Y2 : vector(1)
     latent Z : gaussian(2) from X
     knob beta = 2 in 0.1 .. 100
     network encoder X = linear
     network decoder Y1 = linear
     network decoder Y2 = linear
     compress paid: I(X; Z)
     keep first: I(Y1; Z) by gaussian(learned)
     keep second: I(Y2; Z) by gaussian(learned)`,
    BATCH,
    source,
  );
  after(() => training.close());
  const lambdas = RHO.map((rho) => 1 - rho ** 2);

  /** Exact informations of the encoder that training has found. */
  async function reached(): Promise<{ paid: number; kept: number }> {
    const { map, noise } = await encoderOf(training, "Z", 3);
    const both: Matrix = RHO.map((rho, i) => turned[i]!.map((x) => rho * x));
    // x, then z, then the targets, which see x alone.
    const blank = (rows: number, width: number): Matrix =>
      Array.from({ length: rows }, () => new Array<number>(width).fill(0));
    const whole = observed(
      diagonal([1, 1, 1]),
      [...map, ...both],
      [
        ...noise.map((row) => [...row, 0, 0]),
        ...blank(2, 2).map((row, i) => [...row, ...diagonal(lambdas)[i]!]),
      ],
    );
    return {
      paid: gaussianInformation(whole, [0, 1, 2], [3, 4]),
      kept: gaussianInformation(whole, [3, 4], [5, 6]),
    };
  }

  for (const beta of [1.1, 2, 5])
    test(`beta ${beta}: the trained code is the best one`, async () => {
      await training.run(900, 0.02, { beta });
      const truth = gaussianBottleneck(lambdas, beta);
      const found = await reached();
      near(found.paid, truth.paid, NEAR, "I(X; Z)");
      near(found.kept, truth.kept, NEAR, "I(Z; Y)");
      assert.ok(
        found.paid - beta * found.kept >= truth.paid - beta * truth.kept - 1e-6,
        "better than the best",
      );

      // What the preview shows is on its side of the truth, and near it: the bounds are tight here.
      const { paid, first, second } = await training.measure(40, { beta });
      const kept = 2 * ENTROPY + first!.mean + second!.mean;
      const error = 4 * (first!.error + second!.error);
      assert.ok(
        paid!.mean >= found.paid - 4 * paid!.error - NEAR,
        `the rate ${paid!.mean} is below ${found.paid}`,
      );
      assert.ok(kept <= found.kept + error, `${kept} ± ${error} is kept of ${found.kept}`);
      near(paid!.mean, truth.paid, NEAR + 4 * paid!.error, "the rate");
      near(kept, truth.kept, NEAR + error, "what is kept");
    });

  test("each direction turns on at 1 / (1 - lambda) = 1 / rho^2, and nothing is on below", () => {
    for (const rho of RHO) {
      const threshold = 1 / rho ** 2;
      assert.equal(gaussianBottleneck([1 - rho ** 2], threshold - 1e-9).paid, 0);
      const { paid } = gaussianBottleneck([1 - rho ** 2], threshold + 1e-3);
      assert.ok(paid > 0 && paid < 0.01);
    }
  });
});

test("the rate of a linear encoder is its information and its divergence from the prior", async () => {
  const spread = [2, 0.7, 0.1];
  const training = await Training.open(
    `modality X : vector(3)
     latent Z : gaussian(2) from X
     network encoder X = linear
     network decoder X = linear
     compress paid: I(X; Z)
     keep I(X; Z)`,
    BATCH,
    (batch) => ({
      X: multiply(
        rowsOf(draw(7, "u", batch, 3 * BATCH), 3).map((row) => row.map((x, i) => x * Math.sqrt(spread[i]!))),
        turned,
      ).flat(),
    }),
  );
  const map = rowsOf(draw(7, "map", 0, 6), 3);
  training.set("encoder.Z.0.weight", [...map.flat(), 0, 0, 0, 0, 0, 0]);
  training.set("encoder.Z.0.bias", [0, 0, Math.log(0.3), Math.log(0.3)]);
  const { paid } = await training.measure(200, { beta: 1 });
  training.close();
  const covariance = multiply(transpose(turned), multiply(diagonal(spread), turned));
  const marginal = add(multiply(map, multiply(covariance, transpose(map))), diagonal([0.3, 0.3]));
  const information = 0.5 * logDeterminant(marginal.map((row) => row.map((x) => x / 0.3)));
  near(
    gaussianInformation(observed(covariance, map, diagonal([0.3, 0.3])), [0, 1, 2], [3, 4]),
    information,
    1e-9,
    "I(X; Z)",
  );
  const divergence = 0.5 * (marginal[0]![0]! + marginal[1]![1]! - 2 - logDeterminant(marginal));
  near(paid!.mean, information + divergence, 4 * paid!.error, "the rate");
  assert.ok(divergence > 8 * paid!.error, "too small to be told");
});

test("a direction of a linear autoencoder is on where its eigenvalue exceeds s^2 / beta", async () => {
  const eigenvalues = [3, 1, 0.3];
  const noise = 0.7;
  const body = `modality X : vector(3)
     latent Z : gaussian(3) from X
     knob beta = 0.3 in 0.1 .. 100
     network encoder X = linear
     network decoder X = linear
     compress I(X; Z)
     keep I(X; Z) by gaussian(${noise})`;
  const training = await Training.open(body, BATCH, (batch) => ({
    X: multiply(
      rowsOf(draw(8, "u", batch, 3 * BATCH), 3).map((row) =>
        row.map((x, i) => x * Math.sqrt(eigenvalues[i]!)),
      ),
      turned,
    ).flat(),
  }));
  for (const [beta, on] of [
    [0.1, 0],
    [0.3, 1],
    [1, 2],
    [4, 3],
  ] as const) {
    await training.run(900, 0.02, { beta });
    const measured = await training.measure(20, { beta });
    const truth = autoencoderRates(eigenvalues, noise ** 2, beta);
    const rates = columns(3).map((i) => measured[`rate.Z/${i}`]!);
    const found = rates.map(({ mean }) => mean).sort((a, b) => b - a);
    for (const i of columns(3))
      near(
        found[i]!,
        truth[i]!,
        NEAR + 4 * Math.max(...rates.map(({ error }) => error)),
        `beta ${beta}, rate ${i}`,
      );
    assert.equal(truth.filter((rate) => rate > 0).length, on);
  }
  training.close();
  // Below beta 1 a wide direction is on all the same: the threshold is the data's, and nothing is claimed.
  assert.ok(!said(body).includes("below-activation"));
});

describe("the symmetric bottleneck of two scalar Gaussians", async () => {
  const RHO = 0.7;
  const rows = 1024;
  const linked = (more: string): string =>
    `modality X : vector(1)
     modality Y : vector(1)
     latent Zx : gaussian(1) from X
     latent Zy : gaussian(1) from Y
     network encoder X = linear
     network encoder Y = linear
     compress first: I(X; Zx)
     compress second: I(Y; Zy)
     keep shared: I(Zx; Zy) by canonical
     ${more}`;
  const training = await Training.open(linked("knob beta = 2 in 0.1 .. 100"), rows, (batch) => {
    const [x, n] = [draw(6, "x", batch, rows), draw(6, "n", batch, rows)];
    return { X: x, Y: x.map((value, i) => RHO * value + Math.sqrt(1 - RHO ** 2) * n[i]!) };
  });
  after(() => training.close());

  /** Encoders at signal-to-noise s whose codes are spread as the prior. */
  function start(s: number): void {
    for (const code of ["Zx", "Zy"]) {
      training.set(`encoder.${code}.0.weight`, [Math.sqrt(s / (1 + s)), 0]);
      training.set(`encoder.${code}.0.bias`, [0, -Math.log(1 + s)]);
    }
  }

  test("its loss is the sum of the Gaussian informations", () => {
    for (const [s, rho] of [
      [0.4, 0.7],
      [3, 0.9],
    ] as const) {
      const views: Matrix = [
        [1, rho],
        [rho, 1],
      ];
      const whole = observed(views, diagonal([1, 1]), diagonal([1 / s, 1 / s]));
      const direct = (beta: number): number =>
        gaussianInformation(whole, [0], [2]) +
        gaussianInformation(whole, [1], [3]) -
        beta * gaussianInformation(whole, [2], [3]);
      for (const beta of [0, 1, 8])
        near(symmetricLoss(s, rho, beta), direct(beta), 1e-12, `s ${s}, beta ${beta}`);
    }
  });

  test("zero is a minimum at every beta; another appears and wins at the known betas", () => {
    for (const beta of [0.5, 8, 1000]) assert.ok(symmetricLoss(1e-6, 0.9, beta) > 0);
    for (const [rho, appears, wins, shared, all] of [
      [0.7, 6.997, 8.551, 0.183, 0.337],
      [0.9, 3.545, 4.296, 0.485, 0.83],
    ] as const) {
      const jump = symmetricJump(rho);
      near(jump.appears, appears, 5e-4, "appears");
      near(jump.wins, wins, 5e-4, "wins");
      near(symmetricShared(awayFromZero(rho, jump.wins)!, rho), shared, 5e-4, "shared");
      near(-0.5 * Math.log(1 - rho ** 2), all, 5e-4, "all there is");
      // A scan of the loss itself finds the minimum there, and none below.
      const dips = (beta: number): boolean => {
        const values = Array.from({ length: 4000 }, (_, i) =>
          symmetricLoss(Math.exp(i / 400 - 5), rho, beta),
        );
        return values.some((value, i) => i > 0 && value < values[i - 1]!);
      };
      assert.deepEqual([dips(jump.appears - 0.01), dips(jump.appears + 0.01)], [false, true]);
    }
  });

  test("raised slowly from empty codes, beta leaves them empty where full ones are far better", async () => {
    start(1e-4);
    for (const beta of [2, 8, 12, 20]) await training.run(150, 0.02, { beta });
    const { first, second } = await training.measure(10, { beta: 20 });
    assert.ok(first!.mean < 1e-3 && second!.mean < 1e-3, `${first!.mean}, ${second!.mean}`);
    assert.ok(symmetricLoss(awayFromZero(RHO, 20)!, RHO, 20) < -2);
  });

  test("lowered from a high beta, codes stay on below the beta where empty ones win, and fall off where the minimum ends", async () => {
    start(5);
    const { appears, wins } = symmetricJump(RHO);
    for (const beta of [14, 8]) {
      assert.ok(beta > appears);
      await training.run(300, 0.02, { beta });
      const { first, shared } = await training.measure(60, { beta });
      const s = awayFromZero(RHO, beta)!;
      near(first!.mean, 0.5 * Math.log(1 + s), 0.05, `beta ${beta}, I(X; Zx)`);
      near(shared!.mean, symmetricShared(s, RHO), 0.015 + 4 * shared!.error, `beta ${beta}, I(Zx; Zy)`);
    }
    assert.ok(8 < wins, "empty codes are better there, and the training does not see it");
    await training.run(400, 0.02, { beta: appears - 0.5 });
    assert.ok((await training.measure(10, { beta: 6 })).first!.mean < 1e-3);
  });

  test("the warning of a rising beta quotes these betas, and stands where the jump is", () => {
    const { appears, wins } = symmetricJump(0.7);
    const quoted =
      /second minimum appears at beta (\d+(?:\.\d+)?) and becomes the lower one at (\d+(?:\.\d+)?)/.exec(
        upwardAnneal.doc,
      );
    assert.deepEqual(
      quoted?.slice(1),
      [Number(appears.toPrecision(2)), Number(wins.toPrecision(2))].map(String),
    );
    const rising = "knob beta = 32 in 0.1 .. 100 log\n anneal beta from 0.1 over 10 epochs";
    assert.ok(said(linked(rising)).includes("upward-anneal"));
    assert.ok(!said(linked("knob beta = 32 in 0.1 .. 100 log")).includes("upward-anneal"));
  });

  test("below beta 2 nothing turns on at any correlation, above it something does at some; the warning agrees", () => {
    const lowest = (beta: number): number =>
      Math.min(...[1 - 1e-12, 0.9999].map((rho) => symmetricLoss(awayFromZero(rho, beta) ?? 0, rho, beta)));
    assert.ok(lowest(1.99) >= 0 && lowest(2.1) < 0);
    assert.ok(said(linked("knob beta = 1.9 in 0.1 .. 100 log")).includes("below-activation"));
    assert.ok(!said(linked("knob beta = 2.1 in 0.1 .. 100 log")).includes("below-activation"));
  });
});
