import assert from "node:assert/strict";
import { test } from "node:test";
import { normal } from "../../core/random";
import { principalPlane } from "../../core/train/probes/principal";

/** Rows whose coordinates have these standard deviations, turned by a rotation of neighbouring coordinates. */
function rowsOf(deviations: readonly number[], rows: number, angle: number): Float32Array {
  const width = deviations.length;
  const values = new Float32Array(rows * width);
  normal(1, "rows", 0, values);
  for (let i = 0; i < values.length; i++) values[i]! *= deviations[i % width]!;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  for (let row = 0; row < rows; row++)
    for (let j = 0; j + 1 < width; j++) {
      const [a, b] = [values[row * width + j]!, values[row * width + j + 1]!];
      [values[row * width + j], values[row * width + j + 1]] = [c * a - s * b + 3, s * a + c * b];
    }
  return values;
}

test("the axes are those along which rows vary most, whatever their mean", () => {
  const deviations = Array.from({ length: 40 }, (_, i) => 5 * 0.8 ** i);
  const values = rowsOf(deviations, 4000, 0.5);
  const { axes, shares, places } = principalPlane(values, 4000);
  const total = deviations.reduce((sum, one) => sum + one ** 2, 0);
  for (const i of [0, 1]) {
    assert.ok(Math.abs(shares[i]! - deviations[i]! ** 2 / total) < 0.02, `${shares[i]}`);
    assert.ok(Math.abs(Math.hypot(...axes[i]!) - 1) < 1e-9);
    const variance = places[i]!.reduce((sum, one) => sum + one ** 2, 0) / 4000;
    assert.ok(Math.abs(variance / deviations[i]! ** 2 - 1) < 0.06, `${variance}`);
  }
  const across = axes[0]!.reduce((sum, one, j) => sum + one * axes[1]![j]!, 0);
  assert.ok(Math.abs(across) < 1e-9);
  // No other direction has more: nudged axes explain less.
  const along = (axis: Float64Array): number => {
    const found = Array.from({ length: 4000 }, (_, row) =>
      axis.reduce((sum, one, j) => sum + one * values[row * 40 + j]!, 0),
    );
    const mean = found.reduce((sum, one) => sum + one, 0) / 4000;
    return found.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  };
  for (let j = 0; j < 40; j++)
    for (const by of [0.05, -0.05]) {
      const other = axes[0]!.map((one, k) => (k === j ? one + by : one));
      const length = Math.hypot(...other);
      assert.ok(along(other.map((one) => one / length)) <= along(axes[0]!) * (1 + 1e-9));
    }
});

test("a picture is not mirrored from one time to the next", () => {
  const values = rowsOf([3, 2, 1, 0.5], 500, 0.3);
  const first = principalPlane(values, 500);
  const turned = first.axes.map((axis) => axis.map((one) => -one));
  const { axes } = principalPlane(values, 500, turned);
  axes.forEach((axis, i) => axis.forEach((one, j) => assert.ok(Math.abs(one - turned[i]![j]!) < 1e-9)));
});

test("one coordinate has one axis; rows that are all alike vary along none", () => {
  const { axes, shares } = principalPlane(Float32Array.of(1, 2, 4), 3);
  assert.deepEqual([axes.length, axes[0]![0], shares], [1, 1, [1]]);
  const { shares: none, places } = principalPlane(new Float32Array(12).fill(2), 4);
  assert.deepEqual(none, [0, 0]);
  assert.ok(places.every((place) => place.every((one) => one === 0)));
});
