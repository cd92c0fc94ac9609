import assert from "node:assert/strict";
import { test } from "node:test";
import { cholesky, solveCholesky } from "../../core/gaussian/cholesky";
import { linearProbe, ridgeProbe } from "./split";
import { wilson } from "../../core/train/probes/score";
import { softmaxLoss } from "../../core/train/probes/softmax-loss";
import { normal, RandomStream } from "../../core/random";

function normals(name: string, count: number): Float32Array {
  const out = new Float32Array(count);
  normal(11, name, 0, out);
  return out;
}

/** Rows around one centre for each class, `spread` apart, and their classes. */
function clusters(
  name: string,
  rows: number,
  d: number,
  classes: number,
  spread: number,
): [Float32Array, Int32Array] {
  const centres = normals("centres", classes * d);
  const codes = normals(name, rows * d);
  const draws = new RandomStream(11, `${name} labels`, 0);
  const labels = Int32Array.from({ length: rows }, () => draws.integer(classes));
  for (let i = 0; i < codes.length; i++) {
    codes[i]! += spread * centres[labels[Math.floor(i / d)]! * d + (i % d)]!;
  }
  return [codes, labels];
}

test("between two Gaussians the probe reaches the accuracy of the best rule", () => {
  // Means +-1 in each of two dimensions: the best rule is right with probability Phi(sqrt 2) = 0.9214.
  const rows = 20_000;
  const codes = normals("two", rows * 2);
  const labels = Int32Array.from({ length: rows }, (_, i) => i % 2);
  for (let i = 0; i < codes.length; i++) codes[i]! += Math.floor(i / 2) % 2 ? 1 : -1;
  const half = rows / 2;
  const result = linearProbe(
    codes.subarray(0, rows),
    labels.subarray(0, half),
    codes.subarray(rows),
    labels.subarray(half),
    2,
  );
  assert.ok(Math.abs(result.value - 0.9214) < 0.01, `${result.value}`);
  assert.ok(result.low < 0.9214 && result.high > 0.9214, `${result.low} to ${result.high}`);
  assert.equal(result.chance, 0.5);
});

test("ten classes in eight dimensions: nearest-centre accuracy, quickly, the same every time", () => {
  const [train, trainLabels] = clusters("train", 8000, 8, 10, 1.2);
  const [held, heldLabels] = clusters("held out", 4000, 8, 10, 1.2);
  const centres = normals("centres", 80);
  // For equal spherical classes the best rule takes the nearest true centre.
  let nearest = 0;
  for (let row = 0; row < 4000; row++) {
    let best = -1;
    let least = Infinity;
    for (let k = 0; k < 10; k++) {
      let distance = 0;
      for (let j = 0; j < 8; j++) distance += (held[row * 8 + j]! - 1.2 * centres[k * 8 + j]!) ** 2;
      if (distance < least) [least, best] = [distance, k];
    }
    if (best === heldLabels[row]) nearest++;
  }
  const result = linearProbe(train, trainLabels, held, heldLabels, 10);
  assert.ok(Math.abs(result.value - nearest / 4000) < 0.01, `${result.value} against ${nearest / 4000}`);
  assert.deepEqual(linearProbe(train, trainLabels, held, heldLabels, 10), result);
});

test("codes that hold nothing are probed at chance, the share of the commonest class", () => {
  const codes = normals("nothing", 3000 * 3);
  const labels = Int32Array.from({ length: 3000 }, (_, i) => (i % 10 < 7 ? 0 : 1));
  const result = linearProbe(
    codes.subarray(0, 6000),
    labels.subarray(0, 2000),
    codes.subarray(6000),
    labels.subarray(2000),
    2,
  );
  assert.equal(result.chance, 0.7);
  assert.ok(Math.abs(result.value - 0.7) < 0.02, `${result.value}`);
});

test("a collapsed or constant coordinate changes nothing", () => {
  const [train, trainLabels] = clusters("a", 1000, 2, 3, 2);
  const [held, heldLabels] = clusters("b", 500, 2, 3, 2);
  const widen = (codes: Float32Array): Float32Array =>
    Float32Array.from({ length: (codes.length / 2) * 4 }, (_, i) =>
      i % 4 < 2 ? codes[Math.floor(i / 4) * 2 + (i % 4)]! : i % 4 === 2 ? 0 : 5,
    );
  const plain = linearProbe(train, trainLabels, held, heldLabels, 3).value;
  const wide = linearProbe(widen(train), trainLabels, widen(held), heldLabels, 3).value;
  assert.ok(Math.abs(plain - wide) < 0.005, `${plain} against ${wide}`);
  // A code that is constant throughout says nothing.
  const flat = linearProbe(new Float32Array(1000), trainLabels, new Float32Array(500), heldLabels, 3);
  const counts = [0, 1, 2].map((k) => [...trainLabels, ...heldLabels].filter((label) => label === k).length);
  const commonest = counts.indexOf(Math.max(...counts));
  assert.equal(flat.value, heldLabels.filter((label) => label === commonest).length / 500);
  assert.equal(flat.chance, counts[commonest]! / 1500);
});

test("separable classes are read off without fail, and a class absent from training is no fault", () => {
  const codes = Float32Array.from({ length: 90 }, (_, i) => (i % 3) * 10 + (i % 7) / 10);
  const labels = Int32Array.from({ length: 90 }, (_, i) => i % 3);
  assert.equal(linearProbe(codes, labels, codes, labels, 3).value, 1);
  assert.equal(linearProbe(codes, labels, codes, labels, 5).value, 1);
});

test("the gradient of the softmax loss is that of finite differences, in a last block that is not full", () => {
  const [width, classes, rows] = [3, 4, 7];
  const x = Float64Array.from(normals("x", rows * width));
  const labels = Int32Array.from({ length: rows }, (_, i) => i % classes);
  const weights = Float64Array.from(normals("w", classes * width));
  const loss = softmaxLoss(x, labels, rows, width, classes);
  const gradient = new Float64Array(weights.length);
  const ignored = new Float64Array(weights.length);
  loss(weights, gradient);
  for (let w = 0; w < weights.length; w++) {
    const step = 1e-5;
    const up = weights.slice();
    const down = weights.slice();
    up[w]! += step;
    down[w]! -= step;
    const difference = (loss(up, ignored) - loss(down, ignored)) / (2 * step);
    assert.ok(
      Math.abs(difference - gradient[w]!) < 1e-8,
      `weight ${w}: ${gradient[w]} against ${difference}`,
    );
  }
  assert.ok(Math.abs(loss(new Float64Array(weights.length), ignored) - Math.log(classes)) < 1e-12);
});

test("Wilson's interval has its published values and stays within [0, 1]", () => {
  // Newcombe (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  const known: [number, number, number, number][] = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ];
  for (const [successes, count, low, high] of known) {
    const [a, b] = wilson(successes, count);
    assert.ok(Math.abs(a - low) < 5e-5 && Math.abs(b - high) < 5e-5, `${successes} of ${count}: ${a}, ${b}`);
  }
});

test("R2 of a linear factor is its signal's share of the variance, within the interval", () => {
  const rows = 12_000;
  const codes = normals("codes", rows * 3);
  const noise = normals("noise", rows);
  // Variance 4 + 9 from the codes and 13 from noise: R2 = 1/2.
  const target = noise.map((e, i) => 100 + 2 * codes[i * 3]! - 3 * codes[i * 3 + 2]! + Math.sqrt(13) * e);
  const half = rows / 2;
  const result = ridgeProbe(
    codes.subarray(0, half * 3),
    target.subarray(0, half),
    codes.subarray(half * 3),
    target.subarray(half),
  );
  assert.ok(Math.abs(result.value - 0.5) < 0.03, `${result.value}`);
  assert.ok(result.low < 0.5 && result.high > 0.5 && result.high - result.low < 0.06);
  assert.equal(result.chance, 0);
});

test("the R2 interval covers the truth about 95 times in 100", () => {
  let covered = 0;
  const fits = 300;
  const n = 400;
  for (let fit = 0; fit < fits; fit++) {
    const codes = normals(`codes ${fit}`, 2 * n);
    const noise = normals(`noise ${fit}`, 2 * n);
    const target = codes.map((z, i) => z + noise[i]!);
    const { low, high } = ridgeProbe(
      codes.subarray(0, n),
      target.subarray(0, n),
      codes.subarray(n),
      target.subarray(n),
    );
    if (low < 0.5 && high > 0.5) covered++;
  }
  assert.ok(covered / fits > 0.9 && covered / fits < 0.985, `${covered} of ${fits}`);
});

test("a factor that codes do not hold has R2 about 0; one that does not vary has 0", () => {
  const codes = normals("codes", 4000);
  const target = normals("other", 4000);
  const result = ridgeProbe(
    codes.subarray(0, 2000),
    target.subarray(0, 2000),
    codes.subarray(2000),
    target.subarray(2000),
  );
  assert.ok(Math.abs(result.value) < 0.01 && result.low < 0 && result.high > -0.005, `${result.value}`);
  const constant = new Float32Array(2000).fill(3);
  assert.equal(ridgeProbe(codes.subarray(0, 2000), constant, codes.subarray(2000), constant).value, 0);
});

test("a probe refuses empty splits, sizes that do not fit, and codes that are not finite", () => {
  const codes = Float32Array.of(1, 2, 3, 4);
  const labels = Int32Array.of(0, 1);
  const none = new Float32Array(0);
  assert.throws(() => linearProbe(codes, labels, none, none, 2), /held-out rows/);
  assert.throws(() => linearProbe(codes, labels, codes.subarray(1), labels, 2), /do not fit/);
  assert.throws(() => linearProbe(codes, labels, Float32Array.of(1, 2, NaN, 4), labels, 2), /not finite/);
});

test("a Cholesky factor solves its system and refuses what is not positive definite", () => {
  const matrix = Float64Array.of(4, 2, 2, 3);
  const x = Float64Array.of(9, 8, 7); // solved from the second entry: 4a + 2b = 8, 2a + 3b = 7
  solveCholesky(cholesky(matrix, 2), 2, x, 1);
  assert.deepEqual(
    [...x].map((value) => Math.round(value * 1e12) / 1e12),
    [9, 1.25, 1.5],
  );
  assert.throws(() => cholesky(Float64Array.of(1, 2, 2, 1), 2), /positive definite/);
});
