import type { RandomStream } from "../random";
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
      const reads = x > -1 && x < width && y > -1 && y < height;
      out[offset + i * width + j] = reads ? toByte(bilinear(image, height, width, x, y)) : 0;
    }
  }
}

/** The value between the pixels about (x, y), which are more than -1 and less than `width` and `height`; 0 outside. */
function bilinear(image: Float32Array, height: number, width: number, x: number, y: number): number {
  // Cuts off what follows the point, which of a number above 0 is its floor and quicker.
  const left = ((x + 1) | 0) - 1;
  const top = ((y + 1) | 0) - 1;
  const fx = x - left;
  const fy = y - top;
  const at = top * width + left;
  let value = 0;
  if (top >= 0) {
    if (left >= 0) value += (1 - fx) * (1 - fy) * image[at]!;
    if (left + 1 < width) value += fx * (1 - fy) * image[at + 1]!;
  }
  if (top + 1 < height) {
    if (left >= 0) value += (1 - fx) * fy * image[at + width]!;
    if (left + 1 < width) value += fx * fy * image[at + width + 1]!;
  }
  return value;
}

/** The nearest byte to 255 times a number from 0 to 1. */
const toByte = (value: number): number => (255 * value + 0.5) | 0;

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
    out[offset + i] = value <= 0 ? 0 : value >= 1 ? 255 : toByte(value);
  }
}
