import assert from "node:assert/strict";
import { test } from "node:test";
import { bindStreams } from "../../core/data/bind";
import type { Dataset } from "../../core/data/dataset";
import { generate as generateWith } from "../../core/data/generator";
import { drawDigit, SIDE, takePen } from "../../core/data/generators/pen";
import { noisyDigits } from "../../core/data/generators/noisy-digits";
import { smoothNoise } from "../../core/data/smooth-noise";
import { rotateAndScale } from "../../core/data/view";
import { linearProbe } from "../probes/split";
import { RandomStream } from "../../core/random";

function generate(options: Record<string, number>): Dataset {
  return generateWith(noisyDigits, { source: "noisy-digits", options });
}

test("the fields fit the declarations of the first example", () => {
  const data = generate({ samples: 40 });
  const image = { name: "image", sizes: [SIDE, SIDE] } as const;
  const [x, y, digit, angle] = bindStreams(data, [
    { name: "X", kind: { ...image, sizes: [...image.sizes] } },
    { name: "Y", kind: { ...image, sizes: [...image.sizes] } },
    { name: "digit", kind: { name: "label", sizes: [10] } },
    { name: "angle", kind: { name: "scalar", sizes: [] } },
    { name: "scale", kind: { name: "scalar", sizes: [] } },
    { name: "noise", kind: { name: "scalar", sizes: [] } },
    { name: "thickness", kind: { name: "scalar", sizes: [] } },
  ]);
  assert.deepEqual(x!.shape, [1, SIDE, SIDE]);
  assert.deepEqual(y!.shape, x!.shape);
  assert.equal(digit!.classes, 10);
  assert.ok(angle!.values.every((value) => value >= 0 && value <= 90));
});

test("splits follow one another: samples for training, an eighth more for each held-out split", () => {
  const { splits, samples } = generate({ samples: 80 });
  assert.deepEqual(
    [splits.train.length, splits.validation.length, splits.test.length, samples],
    [80, 10, 10, 100],
  );
  assert.equal(splits.validation[0], 80);
  assert.equal(splits.test.at(-1), 99);
});

test("the seed decides, and a sample does not depend on how many there are", () => {
  const a = generate({ samples: 20, seed: 5 });
  const again = generate({ samples: 20, seed: 5 });
  const more = generate({ samples: 30, seed: 5 });
  const other = generate({ samples: 20, seed: 6 });
  for (const name of ["X", "Y", "digit", "angle", "thickness"]) {
    const values = a.fields[name]!.values;
    assert.deepEqual(again.fields[name]!.values, values, name);
    assert.deepEqual(more.fields[name]!.values.slice(0, values.length), values, name);
    assert.notDeepEqual(other.fields[name]!.values, values, name);
  }
});

test("each digit is drawn within the picture, with ink of every strength", () => {
  const draws = new RandomStream(1, "pen", 0);
  const image = new Float32Array(SIDE * SIDE);
  for (let i = 0; i < 200; i++) {
    const pen = takePen(i % 10, draws);
    const thickness = 2 * pen.radius;
    drawDigit(pen, draws, image);
    assert.ok(thickness > 1 && thickness < 4, `thickness ${thickness}`);
    assert.ok(image.every((ink) => ink >= 0 && ink <= 1));
    const ink = image.reduce((sum, value) => sum + value, 0);
    assert.ok(ink > 15 && ink < 250, `digit ${i % 10} has ${ink} pixels of ink`);
    let edge = 0;
    for (let j = 0; j < SIDE; j++) {
      edge += image[j]! + image[(SIDE - 1) * SIDE + j]! + image[j * SIDE]! + image[j * SIDE + SIDE - 1]!;
    }
    assert.ok(edge < 8, `digit ${i % 10} runs off the picture: ${edge}`);
  }
});

test("turning by 90 degrees takes the right end of a line to the top, and scaling by half shortens it", () => {
  const image = new Float32Array(15 * 15);
  for (let j = 7; j < 15; j++) image[7 * 15 + j] = 1; // from the middle to the right
  const out = new Uint8Array(15 * 15);
  rotateAndScale(image, 15, 15, 90, 1, out, 0);
  assert.equal(out[0 * 15 + 7], 255);
  assert.equal(out[14 * 15 + 7], 0);
  assert.equal(out[7 * 15 + 14], 0);
  rotateAndScale(image, 15, 15, 0, 0.5, out, 0);
  assert.ok(out[7 * 15 + 9]! > 100);
  assert.equal(out[7 * 15 + 12], 0);
  rotateAndScale(image, 15, 15, 0, 1, out, 0);
  assert.deepEqual([...out], [...image.map((value) => 255 * value)]);
});

test("the noise is smooth, fills [-1, 1] about 0, and differs from picture to picture", () => {
  const draws = new RandomStream(1, "noise", 0);
  const picture = new Float32Array(28 * 28);
  let sum = 0;
  let least = 1;
  let most = 0;
  let largestStep = 0;
  for (let i = 0; i < 50; i++) {
    smoothNoise(draws, 4, 28, 28, picture);
    for (let p = 0; p < picture.length; p++) {
      sum += picture[p]! / (50 * 784);
      least = Math.min(least, picture[p]!);
      most = Math.max(most, picture[p]!);
      if (p % 28 > 0) largestStep = Math.max(largestStep, Math.abs(picture[p]! - picture[p - 1]!));
    }
  }
  assert.ok(Math.abs(sum) < 0.06, `mean ${sum}`);
  assert.ok(least >= -1 && least < -0.7 && most <= 1 && most > 0.7, `${least} to ${most}`);
  assert.ok(largestStep < 0.6, `a step of ${largestStep} between neighbours`);
});

test("the digit can be read off raw pixels only in part, better from Y than by chance", () => {
  const data = generate({ samples: 3000, validation: 1, test: 500 });
  const digits = data.fields["digit"]!.values;
  const rows = data.splits.train.length;
  // 7 x 7 averages keep the fit small.
  const shrink = (name: string): Float32Array => {
    const out = new Float32Array(data.samples * 49);
    data.fields[name]!.values.forEach((value, i) => {
      const [sample, y, x] = [Math.floor(i / 784), Math.floor((i % 784) / 28), i % 28];
      out[sample * 49 + Math.floor(y / 4) * 7 + Math.floor(x / 4)]! += value / (16 * 255);
    });
    return out;
  };
  for (const name of ["X", "Y"]) {
    const codes = shrink(name);
    const { value } = linearProbe(
      codes.subarray(0, rows * 49),
      digits.subarray(0, rows),
      codes.subarray((rows + 1) * 49),
      digits.subarray(rows + 1),
      10,
    );
    assert.ok(value > 0.4 && value < 0.85, `${name}: ${value}`);
  }
});
