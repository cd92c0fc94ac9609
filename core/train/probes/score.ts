/** A value of a reading with its 95 % interval, and what no information gives. */
export interface Score {
  value: number;
  low: number;
  high: number;
  chance: number;
}

/** Two-sided 95 %, in standard deviations. */
export const Z95 = 1.959964;

/** Wilson's 95 % interval (1927) of a share of `count`, which need not be whole. */
export function wilson(successes: number, count: number): [number, number] {
  const share = successes / count;
  const scale = 1 / (1 + (Z95 * Z95) / count);
  const middle = scale * (share + (Z95 * Z95) / (2 * count));
  const half = scale * Z95 * Math.sqrt((share * (1 - share)) / count + ((Z95 / count) * Z95) / (4 * count));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** The share of a standard normal above z, to 1.2e-7 of itself (Press et al. 1992, "Numerical Recipes in C", erfcc). */
export function normalTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.5 * x);
  const terms = [
    0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196,
    1.00002368, -1.26551223,
  ];
  const upper = 0.5 * t * Math.exp(-x * x + terms.reduce((sum, term) => sum * t + term, 0));
  return z >= 0 ? upper : 1 - upper;
}
