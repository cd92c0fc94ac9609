/** What a loss is handed besides codes and data, by the beginning of an input's name: one argument of Python each. */
import type { Shape } from "../../program/expression";
import { pythonString } from "./names";

export interface Draw {
  argument: string;
  /** Shape and meaning, for people. */
  doc: string;
  /** One of them drawn in Python. @param dtype, device, rows texts of these */
  text(shape: Shape, dtype: string, device: string, name: string, rows: string): string;
}

export const draws = {
  noise: {
    argument: "noise",
    doc: "standard normal by latent, [N, k], of a categorical code [N, 2 k], of a vmf code [N, k + 1]",
    text: (shape, dtype, device) => `torch.randn(n, ${shape[1]}, dtype=${dtype}, device=${device})`,
  },
  component: {
    argument: "components",
    doc: "one-hot rows, [N, components] by mixture",
    text: (shape, dtype, device) =>
      `nn.functional.one_hot(torch.randint(${shape[1]}, (n,), device=${device}), ${shape[1]}).to(${dtype})`,
  },
  chosen: {
    argument: "chosen",
    doc: "what each term that is drawn counts at this step, [terms] by draw",
    text: (shape, dtype, device, name) => {
      const [of, count] = [shape[0] as number, Number(name.split(".").at(-1))];
      return `(torch.randperm(${of}, device=${device}) < ${count}).to(${dtype}) * ${of} / ${count}`;
    },
  },
  permutation: {
    argument: "permutations",
    doc: "orders of the batch's rows, [N] by pair",
    text: (_, __, device, ___, rows) => `torch.randperm(${rows}, device=${device})`,
  },
  present: {
    argument: "present",
    doc: "which rows have a stream that may be absent, [N] booleans by stream",
    text: (_, __, device) => `torch.ones(n, dtype=torch.bool, device=${device})`,
  },
} as const satisfies Record<string, Draw>;

export type DrawKind = keyof typeof draws;
export const drawKinds = Object.keys(draws) as DrawKind[];
export const drawArguments: readonly string[] = drawKinds.map((kind) => draws[kind].argument);

/** `noise.Z` as its kind and its name; undefined for a stream. */
export function drawOf(input: string): [DrawKind, string] | undefined {
  const dot = input.indexOf(".");
  const kind = drawKinds.find((known) => known === input.slice(0, dot));
  return kind === undefined ? undefined : [kind, input.slice(dot + 1)];
}

/** The stream of an input that is no draw: of `tokens.T`, the words of T by number, T. */
export const streamOf = (input: string): string => input.replace(/^tokens\./, "");

/** How Python reads a draw: `noise["Z"]`; undefined for a stream. */
export function drawText(input: string): string | undefined {
  const draw = drawOf(input);
  return draw && `${draws[draw[0]].argument}[${pythonString(draw[1])}]`;
}
