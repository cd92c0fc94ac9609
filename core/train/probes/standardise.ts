/** Features of codes for a linear fit: standardised by the rows that are fitted, with a last column of ones. */
interface Standard {
  /** Columns, the one of ones included. */
  width: number;
  /** Row-major [rows, width]. @throws RangeError when the size does not fit or a value is not finite */
  apply(codes: ArrayLike<number>, rows: number): Float64Array;
}

/**
 * Centres and scales columns by their mean and standard deviation over `codes` [rows, d]. A column that is constant there
 * (to float32 precision) becomes zero.
 * @throws RangeError when there are no rows or their number does not fit
 */
export function standardOf(codes: ArrayLike<number>, rows: number): Standard {
  const columns = codes.length / rows;
  if (rows === 0) throw new RangeError("a probe needs training and held-out rows");
  if (!Number.isInteger(columns)) throw unfit(codes, rows);
  const mean = new Float64Array(columns);
  const square = new Float64Array(columns);
  for (let i = 0; i < codes.length; i++) mean[i % columns]! += codes[i]! / rows;
  for (let i = 0; i < codes.length; i++) square[i % columns]! += (codes[i]! - mean[i % columns]!) ** 2;
  const inverse = square.map((sum, column) => {
    const deviation = Math.sqrt(sum / rows);
    return deviation > 1e-6 * Math.abs(mean[column]!) ? 1 / deviation : 0;
  });
  const apply = (others: ArrayLike<number>, count: number): Float64Array => {
    if (count === 0) throw new RangeError("a probe needs training and held-out rows");
    if (others.length !== columns * count) throw unfit(others, count);
    const out = new Float64Array(count * (columns + 1)).fill(1);
    for (let row = 0; row < count; row++) {
      for (let column = 0; column < columns; column++) {
        const value = (others[row * columns + column]! - mean[column]!) * inverse[column]!;
        if (!Number.isFinite(value))
          throw new RangeError("codes that are not finite numbers cannot be probed");
        out[row * (columns + 1) + column] = value;
      }
    }
    return out;
  };
  return { width: columns + 1, apply };
}

const unfit = (codes: ArrayLike<number>, rows: number): RangeError =>
  new RangeError(`codes of ${codes.length} numbers do not fit ${rows} rows`);
