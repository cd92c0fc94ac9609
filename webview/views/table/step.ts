/** Where a key leads among the tiles. */

/** Middle of a tile, in pixels. */
interface Spot {
  x: number;
  y: number;
}

type Direction = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

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

function middle(element: HTMLElement): Spot {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

/** The file of the tile that a key leads to from the one that has the focus; undefined for other keys and at an edge. */
export function fileReachedBy(event: KeyboardEvent, table: HTMLElement | null): string | undefined {
  const tiles = [...(table?.querySelectorAll<HTMLElement>("button.tile:not(:disabled)") ?? [])];
  const at = tiles.indexOf(event.target as HTMLElement);
  if (at < 0) return undefined;
  const next = isDirection(event.key)
    ? step(middle(tiles[at]!), tiles.map(middle), event.key)
    : { Home: 0, End: tiles.length - 1 }[event.key];
  return next === undefined ? undefined : tiles[next]?.dataset["file"];
}
