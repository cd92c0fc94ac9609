/** Numbers that change their places: rows by index, strided copies. */
import { sizeOf, type Operation, type Program } from "../../../program/program";
import { forEach, type Dispatch } from "./kernel";
import { fourAxes, unravel, walk } from "./map";

type Of<K extends Operation["kind"]> = Extract<Operation, { kind: K }>;

export function gather({ source, index, out, rows, width }: Of<"gather">, at: readonly number[]): Dispatch[] {
  const shader = forEach(`
  let row = u32(arena[number(2u) + i / number(4u)]);
  arena[number(3u) + i] = arena[number(1u) + row * number(4u) + i % number(4u)];`);
  return [
    { shader, numbers: [rows * width, at[source]!, at[index]!, at[out]!, width], threads: rows * width },
  ];
}

/** Each place sums what comes to it, in the order of the rows: nothing is written by two. */
export function scatterAdd(operation: Of<"scatterAdd">, at: readonly number[]): Dispatch[] {
  const { source, index, out, rows, width, outRows } = operation;
  const shader = forEach(`
  let row = i / number(4u);
  var s = 0.0;
  for (var j = 0u; j < number(5u); j++) {
    if (u32(arena[number(2u) + j]) == row) { s += arena[number(1u) + j * number(4u) + i % number(4u)]; }
  }
  arena[number(3u) + i] = s;`);
  const numbers = [outRows * width, at[source]!, at[index]!, at[out]!, width, rows];
  return [{ shader, numbers, threads: outRows * width }];
}

const FILL = forEach("  arena[number(1u) + i] = bitcast<f32>(number(2u));");

export function fill(start: number, length: number, value: number): Dispatch {
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0]!;
  return { shader: FILL, numbers: [length, start, bits], threads: length };
}

const COPY = forEach(`${unravel(4)}
  arena[number(2u) + ${walk(12)}] = arena[number(1u) + ${walk(8)}];`);

export function copy(operation: Of<"copy">, at: readonly number[], { buffers }: Program): Dispatch[] {
  const { input, out, shape, inputOffset, inputStrides, outOffset, outStrides, zero } = operation;
  const size = sizeOf(shape);
  const numbers = [
    ...[size, at[input]! + inputOffset, at[out]! + outOffset, 0],
    ...fourAxes(shape, 1),
    ...fourAxes(inputStrides, 0),
    ...fourAxes(outStrides, 0),
  ];
  const copied = { shader: COPY, numbers, threads: size };
  return zero ? [fill(at[out]!, sizeOf(buffers[out]!.shape), 0), copied] : [copied];
}
