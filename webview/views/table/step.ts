/** Where an arrow key leads among things on a plane. */

/** Middle of a tile, in pixels. */
export interface Spot {
  x: number;
  y: number;
}

export type Direction = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

export const isDirection = (key: string): key is Direction =>
  key === "ArrowLeft" || key === "ArrowRight" || key === "ArrowUp" || key === "ArrowDown";

/** What lies askew counts this many times what lies ahead. */
const ASKEW = 4;

/** Index of the nearest spot in a direction; undefined at the edge. */
export function step(from: Spot, spots: readonly Spot[], direction: Direction): number | undefined {
  const along = direction === "ArrowLeft" || direction === "ArrowRight" ? "x" : "y";
  const across = along === "x" ? "y" : "x";
  const sign = direction === "ArrowRight" || direction === "ArrowDown" ? 1 : -1;
  let best: { index: number; far: number } | undefined;
  spots.forEach((spot, index) => {
    const ahead = (spot[along] - from[along]) * sign;
    if (ahead < 1) return;
    const far = ahead + ASKEW * Math.abs(spot[across] - from[across]);
    if (best === undefined || far < best.far) best = { index, far };
  });
  return best?.index;
}
