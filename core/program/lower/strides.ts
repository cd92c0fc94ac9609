/** Strided reading of row-major arrays. */

/** Element strides of a dense row-major array. */
export function denseStrides(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis]!;
  }
  return strides;
}

/** Strides for reading an array of `shape` as if it had the larger shape `to`: 0 along axes where it repeats. */
export function broadcastStrides(
  shape: readonly number[],
  strides: readonly number[],
  to: readonly number[],
): number[] {
  const missing = to.length - shape.length;
  return to.map((length, axis) =>
    axis < missing || shape[axis - missing] !== length ? 0 : strides[axis - missing]!,
  );
}

/** The same walk with fewer axes: those of length 1 go, neighbours that every array walks as one are joined. */
export function collapse(
  shape: readonly number[],
  arrays: readonly (readonly number[])[],
): { shape: number[]; arrays: number[][] } {
  const lengths: number[] = [];
  const strides: number[][] = arrays.map(() => []);
  for (const [axis, length] of shape.entries()) {
    if (length === 1) continue;
    const last = lengths.length - 1;
    const joins = last >= 0 && arrays.every((array, i) => strides[i]![last] === array[axis]! * length);
    if (joins) lengths[last]! *= length;
    else lengths.push(length);
    for (const [i, array] of arrays.entries()) strides[i]![lengths.length - 1] = array[axis]!;
  }
  return { shape: lengths, arrays: strides };
}
