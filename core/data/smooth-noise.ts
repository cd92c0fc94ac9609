import type { RandomStream } from "../random";

/** Lattice points along a side that hold every cell of a picture at the finest frequency used. */
const LATTICE = 16;
const gradientX = new Float64Array(LATTICE * LATTICE);
const gradientY = new Float64Array(LATTICE * LATTICE);

/**
 * Fills `out` [height, width] with gradient noise in [-1, 1], mean 0 (Perlin 2002, "Improving noise": random unit
 * gradients on a lattice, blended by 6t^5 - 15t^4 + 10t^3).
 * @param cells lattice cells along the longer side, from 1 to 14; the lattice is shifted by a random part of a cell
 */
export function smoothNoise(
  draws: RandomStream,
  cells: number,
  height: number,
  width: number,
  out: Float32Array,
): void {
  const step = cells / Math.max(height, width);
  const startX = draws.uniform();
  const startY = draws.uniform();
  const columns = Math.ceil(startX + width * step) + 1;
  const rows = Math.ceil(startY + height * step) + 1;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const angle = draws.uniform(0, 2 * Math.PI);
      gradientX[row * LATTICE + column] = Math.cos(angle);
      gradientY[row * LATTICE + column] = Math.sin(angle);
    }
  }
  const across = Array.from({ length: width }, (_, j) => placeOf(startX + j * step));
  for (let i = 0; i < height; i++) {
    const { cell: row, part: fy, blend: blendY } = placeOf(startY + i * step);
    for (let j = 0; j < width; j++) {
      const { cell: column, part: fx, blend: blendX } = across[j]!;
      const at = row * LATTICE + column;
      const below = at + LATTICE;
      const topLeft = gradientX[at]! * fx + gradientY[at]! * fy;
      const topRight = gradientX[at + 1]! * (fx - 1) + gradientY[at + 1]! * fy;
      const bottomLeft = gradientX[below]! * fx + gradientY[below]! * (fy - 1);
      const bottomRight = gradientX[below + 1]! * (fx - 1) + gradientY[below + 1]! * (fy - 1);
      const top = topLeft + blendX * (topRight - topLeft);
      const bottom = bottomLeft + blendX * (bottomRight - bottomLeft);
      // Gradient noise in two dimensions lies within +-sqrt(1/2).
      out[i * width + j] = (top + blendY * (bottom - top)) * Math.SQRT2;
    }
  }
}

/** The lattice cell that a coordinate lies in, which part of it, and how far the noise has gone over to the next point's. */
function placeOf(at: number): { cell: number; part: number; blend: number } {
  const cell = Math.floor(at);
  const part = at - cell;
  return { cell, part, blend: part * part * part * (part * (part * 6 - 15) + 10) };
}
