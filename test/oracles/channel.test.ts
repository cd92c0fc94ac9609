/**
 * Bounds on a Gaussian channel of known information, with the best critic or the true density: lower bounds below the
 * truth, upper ones above, equal where theory says so; and what is no bound breaking it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Bound } from "../../core/theory/bound";
import { boundOf } from "../../core/theory/bounds/index";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { density, rate, scores, shuffled, sides, withBaseline } from "./arguments";
import { averageOf, type Argument, type Average } from "./average";
import { channelBatch, channelOf, informationOf, type Channel } from "./gaussian";

/** Standard errors that a mean over batches may be off. */
const ERRORS = 4;
/** Of float32. */
const ROUNDING = 1e-4;

type Make = (channel: Channel, rows: number) => (batch: number) => Record<string, Argument>;
const bound = (id: string): Bound => boundOf(id)!;

const measure = (id: string, channel: Channel, rows: number, batches: number, make: Make): Promise<Average> =>
  averageOf(bound(id), rows, batches, make(channel, rows));

const below = ({ mean, error }: Average, truth: number): void =>
  assert.ok(mean <= truth + ERRORS * error + ROUNDING, `${mean} ± ${error} is above ${truth}`);
const above = ({ mean, error }: Average, truth: number): void =>
  assert.ok(mean >= truth - ERRORS * error - ROUNDING, `${mean} ± ${error} is below ${truth}`);
const equal = (found: Average, truth: number): void => {
  below(found, truth);
  above(found, truth);
};
const near = ({ mean }: Average, value: number, within: number): void =>
  assert.ok(Math.abs(mean - value) <= within, `${mean} is not ${value} ± ${within}`);

const weak = channelOf(2, 1);
const strong = channelOf(3, 3.49);

test("lower bounds stay below the truth, and reach it with the best critic", async () => {
  for (const [id, best] of [
    ["nwj", scores(1)],
    ["flo", withBaseline()],
  ] as const) {
    const found = await measure(id, weak, 64, 300, best);
    equal(found, 1);
    assert.ok(found.error < 0.03, `${id}: ${found.error}`);
  }
  const infonce = await measure("infonce", weak, 128, 100, scores());
  below(infonce, 1);
  near(infonce, 1, 0.05);
});

test("a worse critic gives less", async () => {
  for (const [id, worse] of [
    ["nwj", scores(0.2)],
    ["nwj", scores(1, 0.5)],
    ["flo", withBaseline(0.5)],
    ["infonce", scores(0, 0.3)],
  ] as const) {
    const { mean, error } = await measure(id, weak, 64, 200, worse);
    assert.ok(mean + ERRORS * error < 1, `${id}: ${mean} ± ${error}`);
  }
});

test("InfoNCE does not see whether a constant is added to its scores, and never exceeds log N", async () => {
  const plain = await measure("infonce", weak, 64, 50, scores());
  const moved = await measure("infonce", weak, 64, 50, scores(7));
  near(moved, plain.mean, ROUNDING);
  const full = await measure("infonce", channelOf(3, 8), 32, 50, scores());
  assert.ok(full.largest <= Math.log(32) + ROUNDING, `${full.largest}`);
  near(full, Math.log(32), 0.1);
});

test("the minibatch value of MINE is biased upward, less in a larger batch", async () => {
  const [small, large] = await Promise.all(
    [32, 128].map((rows) => measure("mine", strong, rows, 600, shuffled)),
  );
  assert.ok(small!.mean - ERRORS * small!.error > 3.49, "no bound: above the truth");
  near(small!, 4.37, 0.2);
  near(large!, 3.73, 0.12);
});

test("SMILE clipped hard exceeds the truth", async () => {
  const { mean, error } = await measure("smile", strong, 64, 100, (channel, rows) => {
    const make = scores()(channel, rows);
    return (batch) => ({ ...make(batch), clip: 1 });
  });
  assert.ok(mean - ERRORS * error > 3.49, `${mean} ± ${error}`);
});

test("the Jensen-Shannon value is not information: below zero, and -2 log 2 at chance", async () => {
  const found = await measure("js", strong, 64, 50, scores());
  assert.ok(found.largest < 0 && found.mean > -2 * Math.LN2);
  const chance = await measure("js", strong, 64, 2, scores(0, 0));
  near(chance, -2 * Math.LN2, ROUNDING);
});

test("upper bounds stay above the truth: leave one out comes nearer in a larger batch", async () => {
  const [small, large] = await Promise.all(
    [32, 128].map((rows) => measure("l1out", strong, rows, 200, density)),
  );
  above(small!, 3.49);
  above(large!, 3.49);
  near(small!, 5.14, 0.15);
  near(large!, 4.0, 0.1);
});

test("CLUB is an upper bound and a very loose one", async () => {
  const channel = { dimensions: 1, noise: 0.1 };
  near({ mean: informationOf(channel) } as Average, 2.31, 0.005);
  const found = await measure("club", channel, 512, 100, density);
  above(found, 2.31);
  near(found, 99.8, 3);
  // With independent noise large enough it is near: its gap is the other Kullback-Leibler divergence.
  const faint = await measure("club", channelOf(1, 0.02), 256, 400, density);
  above(faint, 0.02 * (1 - 1 / 256));
  assert.ok(faint.mean < 0.06);
});

test("a rate against the true marginal is the information; against another prior it exceeds it by their divergence", async () => {
  equal(await measure("kl", weak, 64, 300, rate), 1);
  const other = await measure("kl", weak, 64, 300, (channel, rows) => {
    const make = rate(channel, rows);
    return (batch) => ({ ...make(batch), priorLogVariance: 0 });
  });
  const variance = 1 + weak.noise ** 2;
  equal(other, 1 + 0.5 * weak.dimensions * (variance - 1 - Math.log(variance)));
});

test("canonical is the information of Gaussians, with a bias of about kx ky / 2N that ends in infinity", async () => {
  const channel = channelOf(4, 2);
  const [small, large] = await Promise.all(
    [64, 1024].map((rows) => measure("canonical", channel, rows, 60, sides)),
  );
  near(small!, 2 + 16 / 128, 0.06);
  near(large!, 2 + 16 / 2048, 0.02);
  const wide = channelOf(8, 1e-6);
  // So near the edge float32 does not do.
  const exact = createReferenceExecutor();
  near(await averageOf(bound("canonical"), 17, 200, sides(wide, 17), exact), 5.9, 0.5);
  const { mean } = await averageOf(bound("canonical"), 16, 3, sides(wide, 16), exact);
  assert.ok(!(mean < 8), `a batch of as many rows as both widths gives ${mean}`);
});

test("canonical and CCA see covariances only: of two signs they report more than there is", async () => {
  const make: Make = (channel, rows) => (batch) => {
    const { mean, sample } = channelBatch(channel, rows, batch);
    const signs = mean.map(Math.sign);
    const noisy = signs.map((s, i) => s + 0.1 * (sample[i]! - mean[i]!));
    return { first: { data: signs, shape: ["N", 1] }, second: { data: noisy, shape: ["N", 1] } };
  };
  const found = await measure("canonical", { dimensions: 1, noise: 1 }, 256, 20, make);
  assert.ok(found.mean > 2, `${found.mean} of at most log 2`);
  const cca = await measure("cca", channelOf(3, 1.5), 1024, 20, sides);
  near(cca, 3 * Math.sqrt(1 - Math.exp(-1)), 0.03);
});

test("minibatch-weighted sampling is on neither side", async () => {
  const of =
    (flags: Record<string, Argument>, samples: number): Make =>
    (channel, rows) => {
      const make = density(channel, rows);
      return (batch) => ({ ...make(batch), ...flags, samples });
    };
  // Far more samples than the batch: the marginal is too small, and the information too large.
  const high = await measure("mws", strong, 128, 30, of({}, 10_000));
  assert.ok(high.mean - ERRORS * high.error > 3.49 + 4);
  // Independent coordinates have no total correlation, and independent codes of the batch's size no gap.
  const total = await measure("mws", channelOf(4, 0.01), 128, 30, of({ total: 1 }, 1000));
  near(total, 3 * Math.log(1000), 0.1);
});
