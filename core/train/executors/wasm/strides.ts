/**
 * The same walk over arrays with as few axes as possible: axes of length 1 are dropped, and neighbours that every
 * operand walks as one are joined. At least one axis is left.
 */
export function collapse(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
): { shape: number[]; strides: number[][] } {
  const lengths: number[] = [];
  const steps: number[][] = strides.map(() => []);
  shape.forEach((length, axis) => {
    if (length === 1) return;
    const last = lengths.length - 1;
    const joins = last >= 0 && strides.every((own, i) => steps[i]![last] === own[axis]! * length);
    if (joins) lengths[last]! *= length;
    else lengths.push(length);
    strides.forEach((own, i) => {
      if (joins) steps[i]![last] = own[axis]!;
      else steps[i]!.push(own[axis]!);
    });
  });
  if (lengths.length === 0) {
    lengths.push(1);
    for (const own of steps) own.push(0);
  }
  return { shape: lengths, strides: steps };
}

/** Whether strides walk an array of this shape element by element. */
export function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis]!;
  }
  return true;
}
