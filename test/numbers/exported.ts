/** Asks the exported files for their numbers. */
import { fileURLToPath } from "node:url";
import { drawKinds, draws } from "../../core/export/pytorch/draws";
import { exportPytorch } from "../../core/export/pytorch/index";
import type { DerivedLoss } from "../../core/theory/derivation/loss";
import { askPython, type Tensor } from "../reference/driver";
import { numbersOf, type Answer, type Numbers, type Prepared } from "./harness";

type Tensors = Record<string, Tensor>;

/** Both files of a spec, with what they read. */
export function exported(
  derived: DerivedLoss,
  { parameters, inputs }: Pick<Prepared, "parameters" | "inputs">,
): object {
  const starting = (start: string): Tensors =>
    Object.fromEntries(
      Object.entries(inputs)
        .filter(([name]) => name.startsWith(start))
        .map(([name, tensor]) => [name.slice(start.length), start === "present." ? column(tensor) : tensor]),
    );
  const streams = Object.entries(inputs)
    .filter(([name]) => !name.includes("."))
    .map(([name, tensor]) => {
      const { kind, width } = derived.spec.streams.find((stream) => stream.name === name)!;
      const numbers = kind.name === "text" ? withNegatives(tensor, width) : tensor;
      return [name, spoiled(numbers, inputs[`present.${name}`])];
    });
  return {
    source: exportPytorch(derived, { lossOnly: false }),
    lossOnly: exportPytorch(derived, { lossOnly: true }),
    parameters,
    streams: Object.fromEntries(streams),
    draws: Object.fromEntries(drawKinds.map((kind) => [draws[kind].argument, starting(`${kind}.`)])),
  };
}

/** Every other place without a word marked by a negative number. */
const withNegatives = ({ data, shape }: Tensor, vocabulary: number): Tensor => ({
  data: Int32Array.from(data, Number).map((word, i) => (word === vocabulary && i % 2 === 0 ? -1 : word)),
  shape,
});

/** What numbers stand where a stream is absent is nobody's business. Of a run, other rows lack it at each step. */
function spoiled(tensor: Tensor, present: Tensor | undefined): Tensor {
  if (present === undefined || present.shape.length > 2) return tensor;
  const whole = tensor.data instanceof Int32Array;
  const data = whole ? Int32Array.from(tensor.data, Number) : Float32Array.from(tensor.data, Number);
  const width = data.length / present.data.length;
  present.data.forEach((there: number | bigint, row: number) => {
    if (there === 0) data.fill(whole ? -7 : NaN, row * width, (row + 1) * width);
  });
  return { ...tensor, data };
}

/** [..., N, 1] as whether each row has it, [..., N]. */
const column = ({ data, shape }: Tensor): Tensor => ({
  data: Uint8Array.from(data, Number),
  shape: shape.slice(0, -1),
});

interface ExportNumbers {
  whole: Numbers;
  lossOnly: Numbers;
}

interface Answers {
  cases: ({ id: string; whole: Answer; lossOnly: Answer } | { id: string; error: string })[];
  runs: ({ id: string; losses: number[] } | { id: string; error: string })[];
}

/** Runs exported files; an error there is thrown when the answer is asked for. */
export async function askExport(
  request: { cases?: object[]; runs?: object[] },
  python?: string,
): Promise<{
  numbers(id: string): ExportNumbers;
  losses(id: string): number[];
}> {
  const script = fileURLToPath(new URL("check_export.py", import.meta.url));
  const { cases, runs } = (await askPython(script, request, {}, python)) as Answers;
  const found = <T extends { id: string }>(all: (T | { id: string; error: string })[], id: string): T => {
    const answer = all.find((each) => each.id === id)!;
    if ("error" in answer) throw new Error(`${id}: ${answer.error}`);
    return answer;
  };
  return {
    numbers(id) {
      const { whole, lossOnly } = found(cases, id);
      return { whole: numbersOf(whole), lossOnly: numbersOf(lossOnly) };
    },
    losses: (id) => found(runs, id).losses,
  };
}
