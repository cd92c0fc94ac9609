/** What a probe has learned: predictions for other codes, row-major [rows, outputs]. */
export type Predict = (codes: ArrayLike<number>, rows: number) => Float64Array;

/** Learns to predict a factor from codes [rows, d]. */
export type Fit = (codes: ArrayLike<number>, truth: ArrayLike<number>) => Predict;

/**
 * Weight of half the squared weights beside a mean loss over `rows`: that of a normal prior of each weight with variance 1/5 on
 * standardised codes, and at least 1e-4.
 */
export const penaltyOf = (rows: number): number => Math.max(1e-4, 5 / rows);
