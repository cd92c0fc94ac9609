/** Exact answers of the Gaussian bottlenecks. */

interface Point {
  /** I(X; Z), nats. */
  paid: number;
  /** I(Z; Y), nats. */
  kept: number;
}

/**
 * The optimum of I(X; Z) - beta I(Z; Y) over all codes of Gaussian X and Y: Chechik, Globerson, Tishby, Weiss 2005,
 * "Information Bottleneck for Gaussian Variables", section 4. A direction is on for beta above 1 / (1 - lambda).
 * @param lambdas eigenvalues of S_{x given y} S_x^-1: 1 - rho^2 for each canonical correlation rho
 */
export function gaussianBottleneck(lambdas: readonly number[], beta: number): Point {
  const on = lambdas.filter((lambda) => beta * (1 - lambda) > 1);
  const paid = on.reduce((sum, l) => sum + 0.5 * Math.log(((beta - 1) * (1 - l)) / l), 0);
  return { paid, kept: paid - on.reduce((sum, l) => sum + 0.5 * Math.log(beta * (1 - l)), 0) };
}

/**
 * Rates of a linear variational autoencoder with noise variance s^2 and a weight beta on what it keeps: reverse
 * water-filling with level s^2 / beta (Cover and Thomas 2006, theorem 10.3.3; Lucas, Tucker, Grosse, Norouzi 2019).
 */
export const autoencoderRates = (eigenvalues: readonly number[], noise: number, beta: number): number[] =>
  eigenvalues.map((value) => Math.max(0, 0.5 * Math.log((value * beta) / noise)));

/**
 * I(X; Zx) + I(Y; Zy) - beta I(Zx; Zy) of two scalar Gaussians of correlation rho, each seen through its own Gaussian
 * noise at signal-to-noise s.
 */
export const symmetricLoss = (s: number, rho: number, beta: number): number =>
  Math.log(1 + s) - beta * symmetricShared(s, rho);

/** I(Zx; Zy) there. */
export const symmetricShared = (s: number, rho: number): number =>
  -0.5 * Math.log(1 - (rho * s) ** 2 / (1 + s) ** 2);

/**
 * The s of the local minimum away from zero, the larger root of the derivative's (1 - rho^2) s^2 - (beta rho^2 - 2) s + 1;
 * undefined where there is none.
 */
export function awayFromZero(rho: number, beta: number): number | undefined {
  const [a, b] = [1 - rho ** 2, beta * rho ** 2 - 2];
  const root = b ** 2 - 4 * a;
  return b > 0 && root >= 0 ? (b + Math.sqrt(root)) / (2 * a) : undefined;
}

/** Betas from which there is a minimum away from zero, and from which it is lower than the one at zero. */
export function symmetricJump(rho: number): { appears: number; wins: number } {
  const appears = (2 * (1 + Math.sqrt(1 - rho ** 2))) / rho ** 2;
  let [low, high] = [appears, 10 * appears];
  while (high - low > 1e-9) {
    const beta = (low + high) / 2;
    if (symmetricLoss(awayFromZero(rho, beta)!, rho, beta) < 0) high = beta;
    else low = beta;
  }
  return { appears, wins: high };
}
