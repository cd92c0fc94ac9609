import { RandomStream } from "../random";
import type { Drawn } from "./dataset";
import { onDemand } from "./on-demand";
import { addNoise, NOISE, rotateAndScale, ROTATION, SCALING } from "./view";

/** What the fields of a pair are. */
export const PAIR_DOCS = {
  X: "a picture, rotated and scaled",
  Y: "another picture of the same class over smooth noise",
  angle: `rotation of X, ${ROTATION.low} to ${ROTATION.high} degrees`,
  scale: `scale of X, ${SCALING.low} to ${SCALING.high}`,
  noise: `amplitude of the noise in Y, ${NOISE.low} to ${NOISE.high}`,
} as const;

/** Draws the clean picture of a sample, values in [0, 1], over all of `out` [height, width]. */
type DrawImage = (sample: number, out: Float32Array) => void;

/**
 * The two views of Abdelaleem, Nemenman and Martini (2023, arXiv 2310.03311) of pairs of pictures that share only their
 * class: X is `first` turned by 0 to 90 degrees and scaled by 0.5 to 1.5, Y is `second` over smooth noise, clipped to
 * [0, 1]. Sample `i` depends on the seed and `i` alone.
 * @returns X and Y (bytes, [1, height, width]), made on demand, and angle, scale, noise (what is drawn for each sample)
 */
export function noisyPairs(
  seed: number,
  samples: number,
  height: number,
  width: number,
  first: DrawImage,
  second: DrawImage,
): Record<keyof typeof PAIR_DOCS, Drawn> {
  const size = height * width;
  const x = new Uint8Array(samples * size);
  const y = new Uint8Array(samples * size);
  const angles = new Float32Array(samples);
  const scales = new Float32Array(samples);
  const amplitudes = new Float32Array(samples);
  const image = new Float32Array(size);
  const scratch = new Float32Array(size);
  const draws = new RandomStream(seed, "data.views", 0);
  const choose = (i: number): void => {
    draws.rewind(i);
    angles[i] = draws.uniform(ROTATION.low, ROTATION.high);
    scales[i] = draws.uniform(SCALING.low, SCALING.high);
    amplitudes[i] = draws.uniform(NOISE.low, NOISE.high);
  };
  for (let i = 0; i < samples; i++) choose(i);
  const make = onDemand(samples, (i) => {
    choose(i);
    first(i, image);
    rotateAndScale(image, height, width, angles[i]!, scales[i]!, x, i * size);
    second(i, image);
    addNoise(image, height, width, amplitudes[i]!, draws, scratch, y, i * size);
  });
  const shape = [1, height, width];
  return {
    X: { shape, values: x, make },
    Y: { shape, values: y, make },
    angle: { shape: [], values: angles },
    scale: { shape: [], values: scales },
    noise: { shape: [], values: amplitudes },
  };
}
