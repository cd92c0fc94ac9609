/** Gaussian pairs and codes whose information is known, and what the best critics say of them. */
import { normal } from "../../core/random";

/** Standard normal numbers, the same for the same seed, name and step. */
export function draw(seed: number, name: string, step: number, length: number): Float32Array {
  const values = new Float32Array(length);
  normal(seed, name, step, values);
  return values;
}

/** log N(x; mean, variance) of one number. */
export const logNormal = (x: number, mean: number, variance: number): number =>
  -0.5 * ((x - mean) ** 2 / variance + Math.log(2 * Math.PI * variance));

/** A batch of codes z = x + noise * n of standard normal x: information d/2 log(1 + 1/noise^2). */
export interface Channel {
  dimensions: number;
  noise: number;
}

export const informationOf = ({ dimensions, noise }: Channel): number =>
  (dimensions / 2) * Math.log(1 + noise ** -2);

/** The noise at which a channel of so many dimensions carries `information` nats. */
export const channelOf = (dimensions: number, information: number): Channel => ({
  dimensions,
  noise: Math.expm1((2 * information) / dimensions) ** -0.5,
});

interface ChannelBatch {
  /** What the encoder gives, row-major [N, d]. */
  mean: Float32Array;
  logVariance: Float32Array;
  sample: Float32Array;
}

export function channelBatch({ dimensions, noise }: Channel, rows: number, step: number): ChannelBatch {
  const mean = draw(1, "x", step, rows * dimensions);
  const n = draw(1, "n", step, rows * dimensions);
  return {
    mean,
    logVariance: new Float32Array(mean.length).fill(2 * Math.log(noise)),
    sample: mean.map((x, i) => x + noise * n[i]!),
  };
}

/** log q(z_j | x_i) / q(z_j), the best critic of the pair (x_i, z_j): row-major [N, N]. */
export function bestScores({ dimensions, noise }: Channel, { mean, sample }: ChannelBatch): Float64Array {
  const rows = mean.length / dimensions;
  const scores = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < rows; j++)
      for (let c = 0; c < dimensions; c++) {
        const z = sample[j * dimensions + c]!;
        const own = logNormal(z, mean[i * dimensions + c]!, noise ** 2);
        scores[i * rows + j]! += own - logNormal(z, 0, 1 + noise ** 2);
      }
  return scores;
}
