/**
 * CLUB with the code's own density and with one that was fitted, on a Gaussian channel z = x + noise of known information.
 * With log q = log N(z; a x, s^2) its expectation over batches of N is (1 - 1/N) d a / s^2, which only the true density
 * (a = 1, s = noise) is sure to keep above I: the least squares fit comes to it as its samples grow.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { club } from "../../core/theory/bounds/club";
import { averageOf, type Average } from "./average";
import { channelBatch, channelOf, informationOf, type Channel } from "./gaussian";

const ERRORS = 4;
const ROWS = 128;

/** A Gaussian guess of each coordinate of the code from that of its input. */
interface Guess {
  slope: number;
  variance: number;
}

const own = ({ noise }: Channel): Guess => ({ slope: 1, variance: noise ** 2 });

/** The expectation of CLUB with a guess, over batches of ROWS. */
const expectation = ({ dimensions }: Channel, { slope, variance }: Guess): number =>
  ((1 - 1 / ROWS) * dimensions * slope) / variance;

/** CLUB with a guess in place of the encoder's density, over batches of new pairs. */
function measured(channel: Channel, { slope, variance }: Guess): Promise<Average> {
  return averageOf(club, ROWS, 200, (batch) => {
    const { mean, sample } = channelBatch(channel, ROWS, batch);
    const shape = ["N", channel.dimensions] as const;
    return {
      mean: { data: mean.map((x) => slope * x), shape },
      logVariance: { data: new Float32Array(mean.length).fill(Math.log(variance)), shape },
      sample: { data: sample, shape },
    };
  });
}

/** The guess of greatest likelihood on so many pairs, which are not those that it is measured on. */
function fitted(channel: Channel, pairs: number): Guess {
  const { mean, sample } = channelBatch(channel, pairs, 1_000_000 + pairs);
  const over = (of: (x: number, z: number) => number): number =>
    mean.reduce((total, x, i) => total + of(x, sample[i]!), 0) / mean.length;
  const slope = over((x, z) => x * z) / over((x) => x * x);
  return { slope, variance: over((x, z) => (z - slope * x) ** 2) };
}

const channels = [0.2, 1, 3].map((information) => channelOf(2, information));

test("with the code's own density CLUB is above the information, by what theory says", async () => {
  for (const channel of channels) {
    const { mean, error } = await measured(channel, own(channel));
    const truth = informationOf(channel);
    assert.ok(mean >= truth - ERRORS * error, `${mean} ± ${error} is below ${truth}`);
    const exact = expectation(channel, own(channel));
    assert.ok(Math.abs(mean - exact) <= ERRORS * error, `${mean} ± ${error} is not ${exact}`);
  }
});

test("with a poor density CLUB falls below the information, even below zero: why it needs the code's own", async () => {
  for (const channel of channels) {
    const truth = informationOf(channel);
    const { slope, variance } = own(channel);
    for (const [what, guess] of [
      ["one that sees little of the input", { slope: 0.1 * slope, variance: variance + 0.81 }],
      ["one that is too broad", { slope, variance: (4 * channel.dimensions) / truth }],
      ["one of the wrong sign", { slope: -slope, variance }],
    ] as const) {
      const { mean, error } = await measured(channel, guess);
      const exact = expectation(channel, guess);
      assert.ok(Math.abs(mean - exact) <= ERRORS * error, `${what}: ${mean} ± ${error} is not ${exact}`);
      assert.ok(mean + ERRORS * error < truth, `${what}: ${mean} ± ${error} is not below ${truth}`);
      if (guess.slope < 0) assert.ok(mean + ERRORS * error < 0, `${what}: ${mean} ± ${error}`);
    }
  }
});

test("a fitted density brings CLUB to its value with the true one as its samples grow", async () => {
  for (const channel of channels) {
    const exact = expectation(channel, own(channel));
    const few = Math.abs(expectation(channel, fitted(channel, 8)) / exact - 1);
    const many = fitted(channel, 200_000);
    const left = Math.abs(expectation(channel, many) / exact - 1);
    assert.ok(left < 0.01 && left < few / 5, `${left} of ${few}`);
    const { mean, error } = await measured(channel, many);
    assert.ok(Math.abs(mean - exact) <= ERRORS * error + 0.01 * exact, `${mean} ± ${error} is not ${exact}`);
    assert.ok(mean >= informationOf(channel) - ERRORS * error);
  }
});
