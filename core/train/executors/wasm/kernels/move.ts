/** Operations that only move numbers: gather, scatter and strided copy. */

/**
 * Words: source, index, out, rows, width, rows of the source. An index outside the source gives a row of NaN, which
 * whoever reads the results notices.
 */
export function gather(words: usize, thread: i32, threads: i32): void {
  const source = <usize>load<u32>(words);
  const index = <usize>load<u32>(words, 4);
  const out = <usize>load<u32>(words, 8);
  const rows = load<i32>(words, 12);
  const bytes = <usize>load<u32>(words, 16) << 2;
  const sourceRows = load<u32>(words, 20);
  const end = (rows * (thread + 1)) / threads;
  for (let i = (rows * thread) / threads; i < end; i++) {
    const from = load<u32>(index + (<usize>i << 2));
    const to = out + <usize>i * bytes;
    if (from < sourceRows) memory.copy(to, source + <usize>from * bytes, bytes);
    else for (let j: usize = 0; j < bytes; j += 4) store<f32>(to + j, NaN);
  }
}

/** Words: source, index, out, rows, width, rows of out. An index outside out puts NaN into all of its first row. */
export function scatterAdd(words: usize): void {
  const source = <usize>load<u32>(words);
  const index = <usize>load<u32>(words, 4);
  const out = <usize>load<u32>(words, 8);
  const rows = load<i32>(words, 12);
  const bytes = <usize>load<u32>(words, 16) << 2;
  const outRows = load<u32>(words, 20);
  memory.fill(out, 0, <usize>outRows * bytes);
  for (let i = 0; i < rows; i++) {
    const from = source + <usize>i * bytes;
    const row = load<u32>(index + (<usize>i << 2));
    const inside = row < outRows;
    const to = out + (inside ? <usize>row : 0) * bytes;
    let j: usize = 0;
    for (; inside && j + 16 <= bytes; j += 16) v128.store(to + j, f32x4.add(v128.load(to + j), v128.load(from + j)));
    for (; j < bytes; j += 4) store<f32>(to + j, inside ? load<f32>(to + j) + load<f32>(from + j) : <f32>NaN);
  }
}

/** Copies one axis of a strided array and, under it, the rest. `axis` is at (length, stride in, stride out), bytes. */
function copyAxis(axis: usize, axes: i32, from: usize, to: usize): void {
  const length = load<i32>(axis);
  const stepIn = <usize>load<i32>(axis, 4);
  const stepOut = <usize>load<i32>(axis, 8);
  if (axes == 1 && stepIn == 4 && stepOut == 4) {
    memory.copy(to, from, <usize>length << 2);
    return;
  }
  for (let i = 0; i < length; i++) {
    if (axes == 1) store<u32>(to, load<u32>(from));
    else copyAxis(axis + 12, axes - 1, from, to);
    from += stepIn;
    to += stepOut;
  }
}

/** Words: first address in, first address out, address and bytes to zero (0 for none), axes, then the axes. */
export function copy(words: usize): void {
  const cleared = <usize>load<u32>(words, 12);
  if (cleared > 0) memory.fill(<usize>load<u32>(words, 8), 0, cleared);
  copyAxis(words + 20, load<i32>(words, 16), <usize>load<u32>(words), <usize>load<u32>(words, 4));
}
