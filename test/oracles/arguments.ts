/** What bounds are given of a Gaussian channel: its densities, or the scores of the best critic. */
import type { Argument } from "./average";
import { bestScores, channelBatch, draw, type Channel } from "./gaussian";

type Make = (channel: Channel, rows: number) => (batch: number) => Record<string, Argument>;

const matrix = (data: ArrayLike<number>): Argument => ({ data, shape: ["N", "N"] });
const column = (data: ArrayLike<number>): Argument => ({ data, shape: ["N"] });
const diagonal = (scores: Float64Array, rows: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => scores[i * rows + i]!);

/** Mean, log-variance and sample of the code. */
export const density: Make = (channel, rows) => (batch) => {
  const shape = ["N", channel.dimensions] as const;
  const { mean, logVariance, sample } = channelBatch(channel, rows, batch);
  return {
    mean: { data: mean, shape },
    logVariance: { data: logVariance, shape },
    sample: { data: sample, shape },
  };
};

/** What a rate reads: the code, and the prior that is its true marginal. */
export const rate: Make = (channel, rows) => {
  const own = density(channel, rows);
  return (batch) => {
    const { mean, logVariance } = own(batch);
    return {
      mean: mean!,
      logVariance: logVariance!,
      priorMean: 0,
      priorLogVariance: Math.log(1 + channel.noise ** 2),
    };
  };
};

/** All scores of the log-ratio, with a constant added and a factor. */
export const scores =
  (shift = 0, factor = 1): Make =>
  (channel, rows) =>
  (batch) => ({
    scores: matrix(bestScores(channel, channelBatch(channel, rows, batch)).map((t) => factor * t + shift)),
  });

/** Scores of true pairs, and of each first with the second of the next row. */
export const shuffled: Make = (channel, rows) => (batch) => {
  const all = bestScores(channel, channelBatch(channel, rows, batch));
  const product = Float64Array.from({ length: rows }, (_, i) => all[i * rows + ((i + 1) % rows)]!);
  return { joint: column(diagonal(all, rows)), product: column(product) };
};

/** Scores, and the baseline that is best with them: minus the log-ratio of each true pair. */
export const withBaseline =
  (shift = 0): Make =>
  (channel, rows) =>
  (batch) => {
    const all = bestScores(channel, channelBatch(channel, rows, batch));
    return { scores: matrix(all), baseline: column(diagonal(all, rows).map((t) => shift - t)) };
  };

/** Inputs and codes side by side, for bounds that look at their covariances. */
export const sides: Make = (channel, rows) => (batch) => {
  const shape = ["N", channel.dimensions] as const;
  const { mean, sample } = channelBatch(channel, rows, batch);
  return { first: { data: mean, shape }, second: { data: sample, shape } };
};

/** What a likelihood reads: the inputs, and the best decoder of the codes. */
export const decoded: Make = (channel, rows) => (batch) => {
  const { mean, sample } = channelBatch(channel, rows, batch);
  const shape = ["N", channel.dimensions] as const;
  const variance = 1 + channel.noise ** 2;
  return {
    target: { data: mean, shape },
    mean: { data: sample.map((z) => z / variance), shape },
    logVariance: Math.log(channel.noise ** 2 / variance),
  };
};

/** A code and its true distribution given a noisy copy of its input, noise of variance 1. */
export const given: Make = (channel, rows) => {
  const own = density(channel, rows);
  return (batch) => {
    const { mean, logVariance } = own(batch);
    const { data, shape } = mean as Exclude<Argument, number>;
    const noise = draw(1, "condition", batch, data.length);
    return {
      mean: mean!,
      logVariance: logVariance!,
      givenMean: { data: noise.map((n, i) => (data[i]! + n) / 2), shape },
      givenLogVariance: Math.log(0.5 + channel.noise ** 2),
    };
  };
};

/** Rates of two codes of one input against their true marginal, and the best decoder of both. */
export const chained: Make = (channel, rows) => (batch) => {
  const { mean, logVariance, sample } = channelBatch(channel, rows, batch);
  const shape = ["N", channel.dimensions] as const;
  const s2 = channel.noise ** 2;
  const second = draw(1, "second", batch, mean.length).map((n, i) => mean[i]! + channel.noise * n);
  const code = (name: string): Record<string, Argument> => ({
    [`kl/${name}/mean`]: { data: mean, shape },
    [`kl/${name}/logVariance`]: { data: logVariance, shape },
    [`kl/${name}/priorMean`]: 0,
    [`kl/${name}/priorLogVariance`]: Math.log(1 + s2),
  });
  return {
    ...code("Z"),
    ...code("W"),
    "gaussian/X/target": { data: mean, shape },
    "gaussian/X/mean": { data: sample.map((z, i) => (z + second[i]!) / (2 + s2)), shape },
    "gaussian/X/logVariance": Math.log(s2 / (2 + s2)),
  };
};

/** A density ratio's best network on true pairs, and on pairs of each first with the second of the next row. */
export const ratioOf: Make = (channel, rows) => {
  const own = shuffled(channel, rows);
  return (batch) => {
    const { joint, product } = own(batch);
    return { live: joint!, held: joint!, shuffled: product! };
  };
};
