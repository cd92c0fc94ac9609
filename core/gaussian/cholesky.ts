/**
 * The lower Cholesky factor of a symmetric positive definite matrix [n, n], row-major.
 * @throws RangeError when the matrix is not positive definite
 */
export function cholesky(matrix: Float64Array, n: number): Float64Array {
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= factor[i * n + k]! * factor[j * n + k]!;
      if (i !== j) factor[i * n + j] = sum / factor[j * n + j]!;
      else if (sum > 0) factor[i * n + i] = Math.sqrt(sum);
      else throw new RangeError(`the matrix is not positive definite in row ${i}`);
    }
  }
  return factor;
}

/** Solves A x = b in place, given the Cholesky factor of A [n, n]; b is `x` from `offset`. */
export function solveCholesky(factor: Float64Array, n: number, x: Float64Array, offset: number): void {
  solveLower(factor, n, x, offset);
  solveUpper(factor, n, x, offset);
}

/** Solves L x = b in place, L the lower factor [n, n]; b is `x` from `offset`. */
export function solveLower(factor: Float64Array, n: number, x: Float64Array, offset: number): void {
  for (let i = 0; i < n; i++) {
    let sum = x[offset + i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * n + k]! * x[offset + k]!;
    x[offset + i] = sum / factor[i * n + i]!;
  }
}

/** Solves L^T x = b in place, L the lower factor [n, n]; b is `x` from `offset`. */
export function solveUpper(factor: Float64Array, n: number, x: Float64Array, offset: number): void {
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[offset + i]!;
    for (let k = i + 1; k < n; k++) sum -= factor[k * n + i]! * x[offset + k]!;
    x[offset + i] = sum / factor[i * n + i]!;
  }
}

/** rows^T rows / count of a row-major [count, n] matrix, with `ridge` added to the diagonal but for its last entry. */
export function gram(rows: Float64Array, count: number, n: number, ridge: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let row = 0; row < rows.length; row += n) {
    for (let i = 0; i < n; i++) {
      const value = rows[row + i]! / count;
      for (let j = 0; j <= i; j++) out[i * n + j]! += value * rows[row + j]!;
    }
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) out[j * n + i] = out[i * n + j]!;
    if (i < n - 1) out[i * n + i]! += ridge;
  }
  return out;
}
