import type { RandomStream } from "../../random";
import { WAYS } from "./strokes";

/** Side of a drawn digit's picture, in pixels. */
export const SIDE = 28;

/** Height of an undistorted digit in pixels; the rest is margin. */
const BODY = 19;
/** Straight pieces that stand for the curve between two points of a stroke. */
const PIECES = 4;
/** Random waves that bend the plane under the pen. */
const WAVES = 3;

const waves = new Float64Array(WAVES * 5);

/** How a digit will be written. */
export interface Pen {
  /** One of its ways of writing. */
  way: (typeof WAYS)[number][number];
  /** Half of the width of the pen's line in pixels. */
  radius: number;
}

/** Chooses how to write a digit. */
export function takePen(digit: number, draws: RandomStream): Pen {
  const ways = WAYS[digit]!;
  return { way: ways[draws.integer(ways.length)]!, radius: draws.uniform(1, 1.9) };
}

/**
 * Draws a digit by hand: on a plane bent by a few random waves, slanted, squeezed and tilted a little, with the pen
 * trembling at each point. Fills `out` [28, 28] with ink in [0, 1], anti-aliased.
 */
export function drawDigit({ way, radius }: Pen, draws: RandomStream, out: Float32Array): void {
  const tilt = 0.05 * draws.normal();
  const slant = 0.12 + 0.18 * draws.normal();
  const tall = BODY * draws.uniform(0.92, 1.12);
  const wide = tall * draws.uniform(0.62, 1.1);
  for (let w = 0; w < waves.length; w += 5) {
    waves[w] = draws.uniform(-7, 7);
    waves[w + 1] = draws.uniform(-7, 7);
    waves[w + 2] = draws.uniform(0, 2 * Math.PI);
    waves[w + 3] = 0.055 * draws.normal();
    waves[w + 4] = 0.055 * draws.normal();
  }
  const middle = (SIDE - 1) / 2;
  const cosine = Math.cos(tilt);
  const sine = Math.sin(tilt);
  out.fill(0);
  for (const stroke of way) {
    const points: number[] = [];
    for (let p = 0; p < stroke.length; p += 2) {
      const u = stroke[p]! / 100 - 0.5;
      const v = stroke[p + 1]! / 100 - 0.5;
      let x = u + 0.02 * draws.normal();
      let y = v + 0.02 * draws.normal();
      for (let w = 0; w < waves.length; w += 5) {
        const wave = Math.sin(waves[w]! * u + waves[w + 1]! * v + waves[w + 2]!);
        x += waves[w + 3]! * wave;
        y += waves[w + 4]! * wave;
      }
      x = wide * (x - slant * y);
      y = tall * y;
      points.push(middle + cosine * x - sine * y, middle + sine * x + cosine * y);
    }
    drawStroke(points, radius, out);
  }
}

/** Inks the Catmull-Rom curve through `points` (x, y, x, y, ...) with a round pen. */
function drawStroke(points: readonly number[], radius: number, out: Float32Array): void {
  const count = points.length / 2;
  const at = (index: number, axis: 0 | 1): number =>
    points[2 * Math.min(count - 1, Math.max(0, index)) + axis]!;
  let x = points[0]!;
  let y = points[1]!;
  for (let span = 0; span + 1 < count; span++) {
    for (let piece = 1; piece <= PIECES; piece++) {
      const t = piece / PIECES;
      const nextX = catmullRom(at(span - 1, 0), at(span, 0), at(span + 1, 0), at(span + 2, 0), t);
      const nextY = catmullRom(at(span - 1, 1), at(span, 1), at(span + 1, 1), at(span + 2, 1), t);
      drawLine(x, y, nextX, nextY, radius, out);
      x = nextX;
      y = nextY;
    }
  }
}

/** The uniform Catmull-Rom spline (1974) between b (t = 0) and c (t = 1). */
function catmullRom(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/** Inks a line with round ends: full within the radius, fading over one pixel about it. */
function drawLine(
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  radius: number,
  out: Float32Array,
): void {
  const reach = radius + 0.5;
  const left = Math.max(0, Math.ceil(Math.min(fromX, toX) - reach));
  const right = Math.min(SIDE - 1, Math.floor(Math.max(fromX, toX) + reach));
  const top = Math.max(0, Math.ceil(Math.min(fromY, toY) - reach));
  const bottom = Math.min(SIDE - 1, Math.floor(Math.max(fromY, toY) + reach));
  const alongX = toX - fromX;
  const alongY = toY - fromY;
  const inverse = 1 / (alongX * alongX + alongY * alongY + 1e-9);
  for (let i = top; i <= bottom; i++) {
    const dy = i - fromY;
    const alongRow = dy * alongY;
    for (let j = left; j <= right; j++) {
      // Pieces of a stroke overlap.
      const before = out[i * SIDE + j]!;
      if (before === 1) continue;
      const dx = j - fromX;
      const share = (dx * alongX + alongRow) * inverse;
      const t = share <= 0 ? 0 : share >= 1 ? 1 : share;
      const offX = dx - t * alongX;
      const offY = dy - t * alongY;
      const squared = offX * offX + offY * offY;
      if (squared >= reach * reach) continue;
      const ink = reach - Math.sqrt(squared);
      if (ink > before) out[i * SIDE + j] = ink < 1 ? ink : 1;
    }
  }
}
