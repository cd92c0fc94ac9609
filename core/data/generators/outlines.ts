/** Shapes by the distance of a point from their outline, so that they can be inked without jagged edges. */

/** Names of the shapes, in the order of their class numbers. */
export const SHAPES = ["circle", "square", "triangle", "cross"] as const;

/**
 * How much of the pixel at (dx, dy) from its middle a shape covers, 0 to 1.
 * @param shape class number
 * @param radius half of its width, in pixels
 */
export function coverage(shape: number, dx: number, dy: number, radius: number): number {
  return Math.min(1, Math.max(0, 0.5 - distance(shape, dx, dy, radius)));
}

/** Pixels outside the outline; negative inside. Sizes are set so that the shapes have about the same area. */
function distance(shape: number, dx: number, dy: number, radius: number): number {
  const x = Math.abs(dx);
  const y = Math.abs(dy);
  switch (SHAPES[shape]) {
    case "circle":
      return Math.hypot(dx, dy) - radius;
    case "square":
      return Math.max(x, y) - 0.88 * radius;
    case "triangle":
      // Two slanted sides and the base of an isosceles triangle that stands on it.
      return Math.max(0.89 * x - 0.45 * dy - 0.45 * radius, dy - 0.8 * radius);
    default:
      return Math.min(
        Math.max(x - 1.15 * radius, y - 0.42 * radius),
        Math.max(y - 1.15 * radius, x - 0.42 * radius),
      );
  }
}
