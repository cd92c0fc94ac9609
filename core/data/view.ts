import type { RandomStream } from "../train/random";
import { smoothNoise } from "./smooth-noise";

/** Ranges of the factors of the two views. */
export const ROTATION = { low: 0, high: 90 };
export const SCALING = { low: 0.5, high: 1.5 };
export const NOISE = { low: 0.4, high: 1.2 };

/** Lattice cells of the noise across a picture. */
const NOISE_CELLS = 4;

/**
 * `image` [height, width] turned by `angle` degrees (counterclockwise as seen) and scaled by `scale` about its middle,
 * bilinear, 0 outside; into `out` from `offset` as bytes. Input values are in [0, 1].
 */
export function rotateAndScale(
  image: Float32Array,
  height: number,
  width: number,
  angle: number,
  scale: number,
  out: Uint8Array,
  offset: number,
): void {
  const cosine = Math.cos((angle * Math.PI) / 180) / scale;
  const sine = Math.sin((angle * Math.PI) / 180) / scale;
  const middleX = (width - 1) / 2;
  const middleY = (height - 1) / 2;
  for (let i = 0; i < height; i++) {
    const dy = i - middleY;
    for (let j = 0; j < width; j++) {
      const dx = j - middleX;
      const x = middleX + cosine * dx - sine * dy;
      const y = middleY + sine * dx + cosine * dy;
      let value = 0;
      if (x > -1 && x < width && y > -1 && y < height) {
        const left = Math.floor(x);
        const top = Math.floor(y);
        const fx = x - left;
        const fy = y - top;
        const at = top * width + left;
        if (top >= 0) {
          if (left >= 0) value += (1 - fx) * (1 - fy) * image[at]!;
          if (left + 1 < width) value += fx * (1 - fy) * image[at + 1]!;
        }
        if (top + 1 < height) {
          if (left >= 0) value += (1 - fx) * fy * image[at + width]!;
          if (left + 1 < width) value += fx * fy * image[at + width + 1]!;
        }
      }
      out[offset + i * width + j] = Math.round(255 * value);
    }
  }
}

/** `image` plus `amplitude` times smooth noise of mean 0, clipped to [0, 1]; into `out` from `offset` as bytes. */
export function addNoise(
  image: Float32Array,
  height: number,
  width: number,
  amplitude: number,
  draws: RandomStream,
  scratch: Float32Array,
  out: Uint8Array,
  offset: number,
): void {
  smoothNoise(draws, NOISE_CELLS, height, width, scratch);
  for (let i = 0; i < height * width; i++) {
    const value = image[i]! + amplitude * scratch[i]!;
    out[offset + i] = Math.round(255 * Math.min(1, Math.max(0, value)));
  }
}
