/** Lower triangular matrices from square ones, with sums in double precision. */

export enum Function {
  whitener,
  lower,
}

/** Address of an element of a row-major matrix. */
// @ts-ignore: decorator
@inline
function at(matrix: usize, size: i32, row: i32, column: i32): usize {
  return matrix + (<usize>(row * size + column) << 2);
}

/** Cholesky's factor of x row by row, then its inverse in the same place. */
function whitener(x: usize, out: usize, size: i32): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = <f64>load<f32>(at(x, size, i, j));
      for (let k = 0; k < j; k++) rest -= <f64>load<f32>(at(out, size, i, k)) * <f64>load<f32>(at(out, size, j, k));
      const value = i == j ? Math.sqrt(rest) : rest / <f64>load<f32>(at(out, size, j, j));
      store<f32>(at(out, size, i, j), <f32>value);
    }
  }
  for (let i = 0; i < size; i++) {
    const pivot = 1 / <f64>load<f32>(at(out, size, i, i));
    for (let j = 0; j < i; j++) {
      let total: f64 = 0;
      for (let k = j; k < i; k++) total += <f64>load<f32>(at(out, size, i, k)) * <f64>load<f32>(at(out, size, k, j));
      store<f32>(at(out, size, i, j), <f32>(-pivot * total));
    }
    store<f32>(at(out, size, i, i), <f32>pivot);
  }
}

/** The lower triangle with the diagonal halved. */
function lower(x: usize, out: usize, size: i32): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) store<f32>(at(out, size, i, j), load<f32>(at(x, size, i, j)));
    store<f32>(at(out, size, i, i), load<f32>(at(x, size, i, i)) / 2);
  }
}

/** Words: function, address of x, address of out, rows. */
export function triangular(words: usize): void {
  const out = <usize>load<u32>(words, 8);
  const size = load<i32>(words, 12);
  memory.fill(out, 0, <usize>(size * size) << 2);
  if (load<i32>(words) == Function.whitener) whitener(<usize>load<u32>(words, 4), out, size);
  else lower(<usize>load<u32>(words, 4), out, size);
}
