/** What a loss is handed besides codes and data, by what an input is: one argument of Python each. */
import type { Shape } from "../../program/expression";
import { inputKey, type InputKind, type InputOf, type ProgramInput } from "../../program/inputs";
import { pythonString } from "./names";

/** Inputs that Python draws unless it is handed them. */
export type DrawKind = Extract<
  InputKind,
  "noise" | "component" | "chosen" | "permutation" | "present" | "shares"
>;
export type DrawnInput = InputOf<DrawKind>;

interface Draw<K extends DrawKind> {
  argument: string;
  /** Shape and meaning, for people. */
  doc: string;
  /** What it is where it is not handed over; drawn where absent. */
  unless?: string;
  /** One of them drawn in Python. @param dtype, device, rows texts of these @param of the stream of its name as rows */
  text(shape: Shape, dtype: string, device: string, input: InputOf<K>, rows: string, of?: string): string;
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
    text: (shape, dtype, device, { count }) => {
      const of = shape[0] as number;
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
  shares: {
    argument: "shares",
    doc: "share of each class in the training data, [classes] by label",
    unless: "those of the batch unless given",
    text: (_, __, ___, ____, _____, of) => `${of!}.sum(0) / ${of!}.sum()`,
  },
} as const satisfies { [K in DrawKind]: Draw<K> };

export const drawKinds = Object.keys(draws) as DrawKind[];
export const drawArguments: readonly string[] = drawKinds.map((kind) => draws[kind].argument);

export const isDrawn = (input: ProgramInput): input is DrawnInput => input.kind in draws;

/** How Python draws one of them. */
export const drawn = (
  input: DrawnInput,
  shape: Shape,
  texts: Record<"dtype" | "device" | "rows", string>,
  of?: string,
): string =>
  (draws[input.kind] as Draw<DrawKind>).text(shape, texts.dtype, texts.device, input, texts.rows, of);

/** How Python reads an input that it is handed: `noise["Z"]`; undefined for a stream. */
export const drawText = (input: ProgramInput): string | undefined =>
  isDrawn(input) ? `${draws[input.kind].argument}[${pythonString(inputKey(input))}]` : undefined;
