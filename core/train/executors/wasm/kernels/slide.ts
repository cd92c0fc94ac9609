/** Windows that slide over pictures with their channels last: patches taken out, and put back by summing. */

/** Writes 0 to `bytes` bytes, or copies them, or adds them as floats. */
const enum Way {
  clear,
  copy,
  add,
}

// @ts-ignore: decorator
@inline
function move(way: Way, to: usize, from: usize, bytes: usize): void {
  let j: usize = 0;
  for (; j + 16 <= bytes; j += 16) {
    if (way == Way.clear) v128.store(to + j, f32x4.splat(0));
    else if (way == Way.copy) v128.store(to + j, v128.load(from + j));
    else v128.store(to + j, f32x4.add(v128.load(to + j), v128.load(from + j)));
  }
  for (; j < bytes; j += 4) {
    if (way == Way.clear) store<f32>(to + j, 0);
    else if (way == Way.copy) store<f32>(to + j, load<f32>(from + j));
    else store<f32>(to + j, load<f32>(to + j) + load<f32>(from + j));
  }
}

/**
 * Words: input, out, rows, channels; height and width of the picture, the kernel, the stride, the padding and the positions.
 * Threads share the rows. What one row of a kernel sees of a picture lies together: it is moved as a whole.
 */
// @ts-ignore: decorator
@inline
function slide(folds: bool, words: usize, thread: i32, threads: i32): void {
  const input = <usize>load<u32>(words);
  const out = <usize>load<u32>(words, 4);
  const rows = load<i32>(words, 8);
  const pixel = <usize>load<u32>(words, 12) << 2;
  const height = load<i32>(words, 16);
  const width = load<i32>(words, 20);
  const kernelHeight = load<i32>(words, 24);
  const kernelWidth = load<i32>(words, 28);
  const strideDown = load<i32>(words, 32);
  const strideAcross = load<i32>(words, 36);
  const paddingAbove = load<i32>(words, 40);
  const paddingLeft = load<i32>(words, 44);
  const down = load<i32>(words, 48);
  const across = load<i32>(words, 52);
  const line = <usize>kernelWidth * pixel;
  const picture = <usize>(height * width) * pixel;
  const patches = <usize>(down * across * kernelHeight) * line;
  const end = (rows * (thread + 1)) / threads;
  for (let n = (rows * thread) / threads; n < end; n++) {
    const pixels = (folds ? out : input) + <usize>n * picture;
    let at = (folds ? input : out) + <usize>n * patches;
    if (folds) memory.fill(pixels, 0, picture);
    for (let p = 0; p < down; p++) {
      const top = p * strideDown - paddingAbove;
      for (let q = 0; q < across; q++) {
        const left = q * strideAcross - paddingLeft;
        const first = min(kernelWidth, max(0, -left));
        const last = max(first, min(kernelWidth, width - left));
        const before = <usize>first * pixel;
        const seen = <usize>(last - first) * pixel;
        for (let i = 0; i < kernelHeight; i++) {
          const row = top + i;
          if (row < 0 || row >= height) {
            if (!folds) move(Way.clear, at, at, line);
          } else {
            const from = pixels + <usize>(row * width + left + first) * pixel;
            if (folds) move(Way.add, from, at + before, seen);
            else {
              move(Way.clear, at, at, before);
              move(Way.copy, at + before, from, seen);
              move(Way.clear, at + before + seen, at, line - before - seen);
            }
          }
          at += line;
        }
      }
    }
  }
}

/** The patches under a window; see `slide` for the words. */
export function unfold(words: usize, thread: i32, threads: i32): void {
  slide(false, words, thread, threads);
}

/** Pictures that sum their patches. */
export function fold(words: usize, thread: i32, threads: i32): void {
  slide(true, words, thread, threads);
}
