/**
 * The words of a fused map (kernels/map.ts). The body's registers, which may be written again and again, become values
 * written once; each value gets a slot, a block of 512 floats, and slots are used again when their value is dead.
 */
import type { BufferId, Instruction, Operation } from "../../../program/program";
import { sizeOf } from "../../../program/program";
import { collapse, isContiguous } from "./strides";

export const FUNCTIONS: readonly string[] = [
  ...["neg", "exp", "log", "sqrt", "square", "abs", "reciprocal", "sigmoid", "tanh", "relu", "softplus"],
  ...["step", "sign", "logGamma", "add", "sub", "mul", "div", "max", "min", "copy"],
];
const SLOTS = 64;
const AXES = 4;

type Map = Extract<Operation, { kind: "map" }>;

/** A value: an input of the map, a number, or f(a, b) of earlier values. */
type Value =
  | { kind: "input"; input: number }
  | { kind: "constant"; value: number }
  | { kind: "computed"; f: Exclude<Instruction["f"], "constant"> | "copy"; a: number; b: number };

export function encodeMap(operation: Map, addressOf: (buffer: BufferId) => number): number[] {
  const { values, result } = valuesOf(operation);
  const { shape, strides } = collapse(
    operation.shape,
    operation.inputs.map((input) => input.strides),
  );
  if (shape.length > AXES) throw new Error(`A map has ${shape.length} axes; the kernels take ${AXES}.`);

  const used = new Set([result]);
  for (let i = result; i >= 0; i--) {
    const value = values[i]!;
    if (used.has(i) && value.kind === "computed") used.add(value.a).add(value.b);
  }
  const lastUse = values.map(() => 0);
  values.forEach((value, i) => {
    if (used.has(i) && value.kind === "computed") lastUse[value.a] = lastUse[value.b] = i;
  });

  const outSlot = 0;
  const slots: number[] = [];
  const free: number[] = [];
  let next = 1;
  const direct: number[][] = [];
  const once: number[][] = [];
  const spread: number[][] = [];
  const body: number[][] = [];
  const pad = (list: readonly number[], filler: number) => [
    ...Array.from({ length: AXES - list.length }, () => filler),
    ...list,
  ];
  values.forEach((value, i) => {
    if (!used.has(i)) return;
    if (value.kind === "computed") {
      const own = [FUNCTIONS.indexOf(value.f), slots[value.a]!, slots[value.b]!];
      for (const operand of new Set([value.a, value.b])) {
        if (lastUse[operand] === i && values[operand]!.kind === "computed") free.push(slots[operand]!);
      }
      slots[i] = i === result ? outSlot : (free.pop() ?? next++);
      body.push([...own, slots[i]]);
      return;
    }
    const slot = (slots[i] = next++);
    if (value.kind === "constant") {
      once.push([slot, 0, new Int32Array(Float32Array.of(value.value).buffer)[0]!]);
      return;
    }
    const address = addressOf(operation.inputs[value.input]!.buffer);
    const own = strides[value.input]!;
    if (own.every((stride) => stride === 0)) once.push([slot, 1, address]);
    else if (isContiguous(shape, own)) direct.push([slot, address]);
    else spread.push([slot, address, ...pad(own, 0)]);
  });
  if (next > SLOTS)
    throw new Error(`A map needs ${next} blocks at once; the kernels hold ${SLOTS}. Split it.`);

  const list = (entries: readonly number[][]) => [entries.length, ...entries.flat()];
  return [
    ...[addressOf(operation.out), sizeOf(shape), outSlot],
    ...pad(shape, 1),
    ...list(direct),
    ...list(once),
    ...list(spread),
    ...list(body),
  ];
}

/** The body as values written once, and which of them is the result; a bare input becomes a copy. */
function valuesOf(operation: Map): { values: Value[]; result: number } {
  const values: Value[] = operation.inputs.map((_, input) => ({ kind: "input", input }));
  const held = values.map((_, i) => i);
  const constants = new globalThis.Map<number, number>();
  for (const instruction of operation.body) {
    if (instruction.f === "constant") {
      const known = constants.get(instruction.value);
      held[instruction.out] = known ?? values.push({ kind: "constant", value: instruction.value }) - 1;
      constants.set(instruction.value, held[instruction.out]!);
      continue;
    }
    const a = held[instruction.a];
    const b = "b" in instruction ? held[instruction.b] : a;
    if (a === undefined || b === undefined)
      throw new Error("A map's instruction reads a register before it is written.");
    held[instruction.out] = values.push({ kind: "computed", f: instruction.f, a, b }) - 1;
  }
  const result = held[operation.result];
  if (result === undefined) throw new Error("A map's result register is never written.");
  if (values[result]!.kind === "computed") return { values, result };
  return { values, result: values.push({ kind: "computed", f: "copy", a: result, b: result }) - 1 };
}
