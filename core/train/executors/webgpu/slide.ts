/** Windows that slide over pictures: the patches under them, and back. */
import { positionsOf, type Operation } from "../../../program/program";
import { forEach, type Dispatch } from "./kernel";

type Sliding = Extract<Operation, { kind: "unfold" | "fold" }>;

/** After size, input and out: channels, then height and width of picture, kernel, stride, padding and positions. */
function numbersOf({ input, out, channels, window }: Sliding, size: number, at: readonly number[]): number[] {
  const { picture, kernel, stride, padding } = window;
  const pairs = [picture, kernel, stride, padding, positionsOf(window)].flat();
  return [size, at[input]!, at[out]!, channels, ...pairs];
}

const NAMES = `
  let channels = number(3u); let height = number(4u); let width = number(5u);
  let kh = number(6u); let kw = number(7u); let sy = number(8u); let sx = number(9u);
  let py = number(10u); let px = number(11u); let down = number(12u); let across = number(13u);
  let c = i % channels; var rest = i / channels;`;

const UNFOLD = forEach(`${NAMES}
  let kx = rest % kw; rest /= kw;
  let ky = rest % kh; rest /= kh;
  let q = rest % across; rest /= across;
  let p = rest % down; let row = rest / down;
  let y = i32(sy * p + ky) - i32(py); let x = i32(sx * q + kx) - i32(px);
  let inside = y >= 0 && x >= 0 && y < i32(height) && x < i32(width);
  let from0 = number(1u) + ((row * height + u32(max(y, 0))) * width + u32(max(x, 0))) * channels + c;
  arena[number(2u) + i] = select(0.0, arena[select(number(1u), from0, inside)], inside);`);

const FOLD = forEach(`${NAMES}
  let x = rest % width; rest /= width;
  let y = rest % height; let row = rest / height;
  var s = 0.0;
  for (var ky = 0u; ky < kh; ky++) {
    let above = y + py;
    if (above < ky || (above - ky) % sy != 0u) { continue; }
    let p = (above - ky) / sy;
    if (p >= down) { continue; }
    for (var kx = 0u; kx < kw; kx++) {
      let before = x + px;
      if (before < kx || (before - kx) % sx != 0u) { continue; }
      let q = (before - kx) / sx;
      if (q >= across) { continue; }
      s += arena[number(1u) + ((((row * down + p) * across + q) * kh + ky) * kw + kx) * channels + c];
    }
  }
  arena[number(2u) + i] = s;`);

export function unfold(operation: Sliding, at: readonly number[]): Dispatch[] {
  const { rows, channels, window } = operation;
  const [down, across] = positionsOf(window);
  const size = rows * down * across * window.kernel[0] * window.kernel[1] * channels;
  return [{ shader: UNFOLD, numbers: numbersOf(operation, size, at), threads: size }];
}

export function fold(operation: Sliding, at: readonly number[]): Dispatch[] {
  const { rows, channels, window } = operation;
  const size = rows * window.picture[0] * window.picture[1] * channels;
  return [{ shader: FOLD, numbers: numbersOf(operation, size, at), threads: size }];
}
