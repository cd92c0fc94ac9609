/**
 * Data whose samples lack streams and classes, against hand-written PyTorch: from the numbers of a file, some of them NaN and
 * -1, to the loss, its terms and gradients. Which rows a term reads is written here by hand. Then an error is planted in what
 * lies between, and the same comparison must fail.
 */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import type * as batches from "../../core/train/batches";
import type * as compile from "../../core/program/compile";
import type * as dataset from "../../core/data/dataset";
import type * as inputs from "../../core/train/inputs";
import type * as prepared from "../../core/train/prepare";
import type * as objective from "../../core/theory/objective/objective";
import type { Session } from "../../core/train/executor";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { normals } from "../cases/say";
import { askReference, type Tensor } from "../reference/driver";
import {
  assertAgree,
  compute,
  disagreements,
  numbersOf,
  type Answer,
  type Arrays,
  type Numbers,
} from "./harness";
import { coreWith, type Planted } from "./planted";
import { gaussian, keep, pay } from "./words";

const ROWS = 60;
const BATCH = 12;
const row = (i: number, width: number): number => Math.floor(i / width);
/** Of every five samples the first has no X, of every four the second no Y, of every three the third no class. */
const lacks = {
  X: (at: number): boolean => at % 5 === 0,
  Y: (at: number): boolean => at % 4 === 1,
  L: (at: number): boolean => at % 3 === 2,
};
const X = Float32Array.from(normals(1, 6 * ROWS), (value, i) => (lacks.X(row(i, 6)) ? NaN : value));
const Y = Float32Array.from(normals(2, 3 * ROWS), (value, i) => (lacks.Y(row(i, 3)) ? NaN : value));
const L = Int32Array.from({ length: ROWS }, (_, at) => (lacks.L(at) ? -1 : (7 * at) % 4));

const spec = `spec S {
  data "data.npz"
  modality X : vector(6)
  modality Y : vector(3)
  target L : label(4)
  knob beta = 3 in 0.1 .. 100 log
  latent Zx : gaussian(3) from X
  latent Zy : gaussian(3) from Y
  latent Z : gaussian(2) from X, Y by poe
  latent C : gaussian(2) from X, Y
  network encoder X = mlp(7)
  network encoder Y = mlp(5)
  network decoder X = mlp(8)
  network decoder L = mlp(5)
  compress I(X; Zx)
  compress I(Y; Zy)
  compress I(X, Y; Z)
  compress I(X, Y; C)
  keep I(Zx; Zy) by infonce
  keep I(X; Z)
  keep I(L; Z)
  keep I(L; C)
  train { batch = ${BATCH}, epochs = 1, seed = 1 }
}
`;

const [ofX, ofY, ofL, ofAny] = [["X"], ["Y"], ["L"], ["X", "Y"]];
const reference = {
  loss: "terms",
  settings: {
    beta: 3,
    streams: {
      X: { kind: "vector", shape: [6] },
      Y: { kind: "vector", shape: [3] },
      L: { kind: "label", shape: [4] },
    },
    latents: {
      Zx: gaussian(["X"]),
      Zy: gaussian(["Y"]),
      Z: gaussian(["X", "Y"], 2, { fusion: "poe" }),
      C: gaussian(["X", "Y"], 2),
    },
  },
  terms: [
    pay("kl", ["X", "Zx"], { rows: [ofX] }),
    pay("kl", ["Y", "Zy"], { rows: [ofY] }),
    pay("kl", [["X", "Y"], "Z"], { rows: [ofAny] }),
    pay("kl", [["X", "Y"], "C"], { rows: [ofAny] }),
    keep("infonce", ["Zx", "Zy"], { rows: [ofX, ofY] }),
    keep("gaussian", ["X", "Z"], { rows: [ofX, ofAny] }),
    keep("categorical", ["L", "Z"], { rows: [ofL, ofAny] }),
    keep("categorical", ["L", "C"], { rows: [ofL, ofAny], decoder: "decoder.L-C" }),
  ],
};

type Core = Pick<typeof batches, "PatternBatches"> &
  Pick<typeof compile, "compileGradients"> &
  Pick<typeof objective, "buildObjective"> &
  Pick<typeof dataset, "fieldOf"> &
  Pick<typeof inputs, "Inputs"> &
  Pick<typeof prepared, "chooseSpec" | "prepare">;

const core = (fault?: Planted): Promise<Core> =>
  coreWith(
    `export { PatternBatches } from "./train/batches";
    export { compileGradients } from "./program/compile";
    export { buildObjective } from "./theory/objective/objective";
    export { fieldOf } from "./data/dataset";
    export { Inputs } from "./train/inputs";
    export { chooseSpec, prepare } from "./train/prepare";`,
    fault,
  );

const all = Int32Array.from({ length: ROWS }, (_, at) => at);

interface Stepped {
  rows: Int32Array;
  parameters: Record<string, Tensor>;
  /** All that the program reads. */
  arrays: Arrays;
  numbers: Numbers;
}

/** A step of the preview, in float64. */
async function stepped(
  { PatternBatches, buildObjective, compileGradients, fieldOf, Inputs, chooseSpec, prepare }: Core,
  step: number,
): Promise<Stepped> {
  const { absent, derived, data, programs, initialWeights } = prepare(chooseSpec({ text: spec }), {
    name: "data.npz",
    samples: ROWS,
    fields: {
      X: fieldOf("X", "", { shape: [6], values: X.slice() }),
      Y: fieldOf("Y", "", { shape: [3], values: Y.slice() }),
      L: fieldOf("L", "", { shape: [], values: L.slice() }),
    },
    splits: { train: all, validation: all, test: all },
  });
  const known = absent.known!["train"]!;
  const rows = new PatternBatches(1, absent.holes!.groupsOf(all), known).at(step);
  const program = compileGradients(buildObjective(derived), { batch: BATCH, known });
  const weights = initialWeights(1);
  const arrays: Arrays = { ...weights };
  const session: Pick<Session, "write"> = {
    write: (_, name, values) => (arrays[name] = Float64Array.from(values)),
  };
  new Inputs("train", program, data.streams, 1, absent).write(session as Session, {
    rows,
    step,
    purpose: "training",
    knobs: { beta: 3 },
  });
  const shapes = new Map(programs.train.buffers.map(({ name, shape }) => [name, shape]));
  return {
    rows,
    parameters: Object.fromEntries(
      Object.entries(weights).map(([name, values]) => [
        name,
        { data: Float64Array.from(values), shape: shapes.get(name)! },
      ]),
    ),
    arrays,
    numbers: await compute(createReferenceExecutor(), program, arrays),
  };
}

/** The same step for PyTorch: numbers of the file, which rows have what, and the noise of the preview. */
function asked({ rows, parameters, arrays }: Stepped): object {
  const take = (values: ArrayLike<number>, width: number): Float64Array =>
    Float64Array.from({ length: BATCH * width }, (_, i) => {
      const value = values[rows[row(i, width)]! * width + (i % width)]!;
      return Number.isNaN(value) ? 0 : value;
    });
  const there = (lack: (at: number) => boolean): Tensor => ({
    data: Float64Array.from(rows, (at) => (lack(at) ? 0 : 1)),
    shape: [BATCH, 1],
  });
  const noise = Object.entries(arrays)
    .filter(([name]) => name.startsWith("noise."))
    .map(([name, data]) => [name, { data, shape: [BATCH, data.length / BATCH] }]);
  return {
    id: "step",
    ...reference,
    parameters,
    inputs: {
      X: { data: take(X, 6), shape: [BATCH, 6] },
      Y: { data: take(Y, 3), shape: [BATCH, 3] },
      L: { data: Int32Array.from(take(L, 1), (value) => Math.max(0, value)), shape: [BATCH] },
      "present.X": there(lacks.X),
      "present.Y": there(lacks.Y),
      "present.L": there(lacks.L),
      ...Object.fromEntries(noise),
    },
  };
}

/** What PyTorch has at this step. */
const answered = async (step: Stepped): Promise<Numbers> =>
  numbersOf(((await askReference({ cases: [asked(step)] })) as { cases: Answer[] }).cases[0]!);

const faults: Planted[] = [
  {
    what: "samples without a class stay in its terms",
    file: "train/over-holes.ts",
    from: 'role !== "observe"',
    to: 'role === "modality"',
  },
  {
    what: "rows lack what other rows of the batch lack",
    file: "train/absences.ts",
    from: "this.lackedBy(rows[i]!)",
    to: "this.lackedBy(rows[rows.length - 1 - i]!)",
  },
  {
    what: "a class that is not known is the first",
    file: "data/absent-rows.ts",
    from: "absent[row] ||= isUnknown(value) ? 1 : 0",
    to: "isUnknown(value) && (values[row] = 0)",
  },
  {
    what: "rows without a stream are rows of zeros",
    file: "train/over-holes.ts",
    from: "if (!absent || !count) continue;",
    to: 'if (!absent || !count || name === "X") continue;',
  },
];

let whole: Stepped;
let expected: Numbers;
before(async () => {
  whole = await stepped(await core(), 2);
  expected = await answered(whole);
});

test("a batch of samples that lack streams and classes has the loss and gradients of PyTorch", () => {
  for (const lack of Object.values(lacks)) assert.ok(whole.rows.some(lack) && !whole.rows.every(lack));
  assertAgree(whole.numbers, expected, 1e-9);
});

for (const fault of faults)
  test(`planted: ${fault.what}`, async () => {
    const { numbers } = await stepped(await core(fault), 2);
    assert.notDeepEqual(disagreements(numbers, expected, 1e-3), []);
  });
