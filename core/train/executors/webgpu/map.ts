/** Fused elementwise expressions: a thread an element. */
import { sizeOf, type Operation } from "../../../program/program";
import { binary, bitsOf, FUNCTIONS, literal, unary } from "./functions";
import { forEach, MOST_NUMBERS, type Dispatch } from "./kernel";

type Fused = Extract<Operation, { kind: "map" }>;

/** Lengths or strides of four axes, the first of them filled up. */
export const fourAxes = (values: readonly number[], fill: number): number[] => [
  ...Array<number>(4 - values.length).fill(fill),
  ...values,
];

/** The element's place along four axes whose lengths begin at \`number(first)\`. */
export const unravel = (first: number): string => `
  var rest = i;
  let i3 = rest % number(${first + 3}u); rest /= number(${first + 3}u);
  let i2 = rest % number(${first + 2}u); rest /= number(${first + 2}u);
  let i1 = rest % number(${first + 1}u); let i0 = rest / number(${first + 1}u);`;

/** Where strides that begin at \`number(first)\` lead. */
export const walk = (first: number): string =>
  [0, 1, 2, 3].map((axis) => `i${axis} * number(${first + axis}u)`).join(" + ");

export function map(
  { inputs, out, shape, body, result, registers }: Fused,
  at: readonly number[],
): Dispatch[] {
  const size = sizeOf(shape);
  const numbers = [size, at[out]!, 0, 0, ...fourAxes(shape, 1)];
  const operands = inputs.map(({ buffer, strides }, k) => {
    const first = numbers.push(...fourAxes(strides, 0), at[buffer]!) - 5;
    return `  var r${k} = arena[number(${first + 4}u) + ${walk(first)}];`;
  });
  /** Constants are numbers too while there is room, so that expressions that differ by them share a pipeline. */
  const constant = (value: number): string =>
    numbers.length < MOST_NUMBERS
      ? `bitcast<f32>(number(${numbers.push(bitsOf(value)) - 1}u))`
      : literal(value);
  const others = Array.from({ length: Math.max(0, registers - inputs.length) }, (_, k) => inputs.length + k);
  const steps = body.map((step) => {
    const value =
      step.f === "constant"
        ? constant(step.value)
        : "b" in step
          ? binary[step.f](`r${step.a}`, `r${step.b}`)
          : unary[step.f](`r${step.a}`);
    return `  r${step.out} = ${value};`;
  });
  const shader = forEach(
    [
      unravel(4),
      ...operands,
      ...others.map((k) => `  var r${k} = 0.0;`),
      ...steps,
      `  arena[number(1u) + i] = r${result};`,
    ].join("\n"),
    FUNCTIONS,
  );
  return [{ shader, numbers, threads: size }];
}
