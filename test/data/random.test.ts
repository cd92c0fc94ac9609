import assert from "node:assert/strict";
import { test } from "node:test";
import {
  hashName,
  initialWeights,
  normal,
  permutation,
  philox,
  RandomStream,
  uniform,
} from "../../core/random";

function words(line: string): Uint32Array {
  return Uint32Array.from(line.split(" ").map((word) => parseInt(word, 16)));
}

test("philox 4x32-10 gives the published known answers", () => {
  // counter | key | result: the three lines for ten rounds of Random123's known-answer file.
  const known = [
    ["00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
    ["ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"],
    ["243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"],
  ] as const;
  for (const [counter, key, result] of known) {
    const out = new Uint32Array(4);
    philox(words(counter), words(key), out);
    assert.deepEqual(out, words(result), `counter ${counter}, key ${key}`);
  }
});

test("names are hashed by FNV-1a, 64 bits", () => {
  const hex = (name: string): string =>
    [...hashName(name)]
      .reverse()
      .map((word) => word.toString(16).padStart(8, "0"))
      .join("");
  assert.equal(hex(""), "cbf29ce484222325");
  assert.equal(hex("a"), "af63dc4c8601ec8c");
  assert.equal(hex("foobar"), "85944171f73967e8");
});

test("a draw depends on seed, stream and step and on nothing else", () => {
  const draw = (seed: number, stream: string, step: number, length = 6): Float32Array => {
    const out = new Float32Array(length);
    normal(seed, stream, step, out);
    return out;
  };
  assert.deepEqual(draw(1, "noise.Zx", 3), draw(1, "noise.Zx", 3));
  assert.deepEqual(draw(1, "noise.Zx", 3, 100).subarray(0, 6), draw(1, "noise.Zx", 3));
  const others = [
    draw(2, "noise.Zx", 3),
    draw(1, "noise.Zy", 3),
    draw(1, "noise.Zx", 4),
    draw(1 + 2 ** 32, "noise.Zx", 3),
  ];
  for (const other of others) assert.notDeepEqual(other, draw(1, "noise.Zx", 3));
});

test("normal draws have the moments and the tails of a standard normal", () => {
  const n = 200_000;
  const out = new Float32Array(n);
  normal(7, "moments", 0, out);
  const moment = (power: number): number => out.reduce((sum, x) => sum + x ** power, 0) / n;
  assert.ok(Math.abs(moment(1)) < 4 / Math.sqrt(n), `mean ${moment(1)}`);
  assert.ok(Math.abs(moment(2) - 1) < 4 * Math.sqrt(2 / n), `variance ${moment(2)}`);
  assert.ok(Math.abs(moment(3)) < 4 * Math.sqrt(15 / n), `third moment ${moment(3)}`);
  assert.ok(Math.abs(moment(4) - 3) < 4 * Math.sqrt(96 / n), `fourth moment ${moment(4)}`);
  const beyond2 = out.filter((x) => Math.abs(x) > 1.959964).length / n;
  assert.ok(Math.abs(beyond2 - 0.05) < 4 * Math.sqrt((0.05 * 0.95) / n), `share beyond 1.96: ${beyond2}`);
  // Neighbours of one pair, and of two pairs, are uncorrelated.
  for (const lag of [1, 2]) {
    let product = 0;
    for (let i = lag; i < n; i++) product += out[i]! * out[i - lag]!;
    assert.ok(Math.abs(product / n) < 4 / Math.sqrt(n), `correlation at lag ${lag}: ${product / n}`);
  }
});

test("uniform draws lie in [0, 1) and fill ten bins evenly", () => {
  const n = 100_000;
  const out = new Float32Array(n);
  uniform(7, "bins", 0, out);
  const bins = new Array<number>(10).fill(0);
  for (const x of out) {
    assert.ok(x >= 0 && x < 1, `${x}`);
    bins[Math.floor(x * 10)]!++;
  }
  const chiSquared = bins.reduce((sum, count) => sum + (count - n / 10) ** 2 / (n / 10), 0);
  assert.ok(chiSquared < 27.9, `chi squared ${chiSquared}, 9 degrees of freedom`);
});

test("a permutation holds every index once, and each first index is equally likely", () => {
  const first = new Array<number>(5).fill(0);
  for (let step = 0; step < 5000; step++) {
    const order = permutation(1, "batches", step, 5);
    assert.deepEqual([...order].sort(), [0, 1, 2, 3, 4]);
    first[order[0]!]!++;
  }
  for (const count of first) assert.ok(Math.abs(count - 1000) < 4 * Math.sqrt(800), `${first}`);
  assert.equal(permutation(1, "batches", 0, 0).length, 0);
});

test("initial weights are uniform within 1/sqrt(fan in) and keyed by name", () => {
  const weights = initialWeights(1, "encoder.Zx.0.weight", [256, 64], 64);
  assert.equal(weights.length, 256 * 64);
  const largest = weights.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
  assert.ok(largest <= 1 / 8 && largest > 0.124, `largest ${largest}`);
  const variance = weights.reduce((sum, w) => sum + w * w, 0) / weights.length;
  assert.ok(Math.abs(variance * 3 * 64 - 1) < 0.03, `variance ${variance}`);
  assert.notDeepEqual(weights.subarray(0, 8), initialWeights(1, "encoder.Zy.0.weight", [8], 64));
});

test("a stream rewound to a step draws what a new one draws", () => {
  const stream = new RandomStream(3, "digits", 0);
  stream.uniform();
  stream.rewind(5);
  const fresh = new RandomStream(3, "digits", 5);
  for (let i = 0; i < 9; i++) assert.equal(stream.word(), fresh.word());
});

test("a seed or step that is not a whole number is refused by name", () => {
  assert.throws(() => new RandomStream(-1, "a", 0), /seed/);
  assert.throws(() => new RandomStream(0.5, "a", 0), /seed/);
  assert.throws(() => new RandomStream(1, "a", 2 ** 32), /step/);
});
