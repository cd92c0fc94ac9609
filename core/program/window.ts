/** Windows that slide over pictures: what lies under them. */
import { positionsOf, type Window } from "./program";

/**
 * For each position of a window and each of its taps, in row-major order, the place of the picture that lies there:
 * row * width + column, or -1 outside.
 */
export function placesUnder(window: Window): Int32Array {
  const { picture, kernel, stride, padding } = window;
  const [down, across] = positionsOf(window);
  const places: number[] = [];
  for (let p = 0; p < down; p++)
    for (let q = 0; q < across; q++)
      for (let i = 0; i < kernel[0]; i++)
        for (let j = 0; j < kernel[1]; j++) {
          const row = p * stride[0] - padding[0] + i;
          const column = q * stride[1] - padding[1] + j;
          const inside = row >= 0 && row < picture[0] && column >= 0 && column < picture[1];
          places.push(inside ? row * picture[1] + column : -1);
        }
  return Int32Array.from(places);
}
