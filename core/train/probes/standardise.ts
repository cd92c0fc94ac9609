/** Features of codes for a linear fit: standardised by the training rows, with a last column of ones. */
export interface Features {
  /** Columns, the one of ones included. */
  width: number;
  /** Row-major [rows, width]. */
  train: Float64Array;
  test: Float64Array;
}

/**
 * Centres and scales the columns of `train` [trainRows, d] and `test` [testRows, d] by the training mean and standard
 * deviation, and appends ones. A column that is constant in training (to float32 precision) becomes zero.
 * @throws RangeError when a split is empty, the widths differ, or a value is not finite
 */
export function standardise(
  train: ArrayLike<number>,
  trainRows: number,
  test: ArrayLike<number>,
  testRows: number,
): Features {
  const columns = train.length / trainRows;
  if (trainRows === 0 || testRows === 0) throw new RangeError("a probe needs training and held-out rows");
  if (!Number.isInteger(columns) || test.length !== columns * testRows) {
    throw new RangeError(
      `codes of ${train.length} and ${test.length} numbers do not fit ${trainRows} and ${testRows} rows`,
    );
  }
  const mean = new Float64Array(columns);
  const square = new Float64Array(columns);
  for (let i = 0; i < train.length; i++) mean[i % columns]! += train[i]! / trainRows;
  for (let i = 0; i < train.length; i++) square[i % columns]! += (train[i]! - mean[i % columns]!) ** 2;
  const inverse = square.map((sum, column) => {
    const deviation = Math.sqrt(sum / trainRows);
    return deviation > 1e-6 * Math.abs(mean[column]!) ? 1 / deviation : 0;
  });
  const apply = (codes: ArrayLike<number>, rows: number): Float64Array => {
    const out = new Float64Array(rows * (columns + 1)).fill(1);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const value = (codes[row * columns + column]! - mean[column]!) * inverse[column]!;
        if (!Number.isFinite(value))
          throw new RangeError("codes that are not finite numbers cannot be probed");
        out[row * (columns + 1) + column] = value;
      }
    }
    return out;
  };
  return { width: columns + 1, train: apply(train, trainRows), test: apply(test, testRows) };
}
