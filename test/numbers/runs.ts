/** Trainings to be recorded by PyTorch, with all that their steps read. */
import { initialValues, parametersOfObjective, buffersWith } from "../../core/program/parameters";
import { compileGradients } from "../../core/program/compile";
import type { InputKind } from "../../core/program/inputs";
import { sizeOf, type BufferSpec } from "../../core/program/program";
import type { DerivedLoss, Objective } from "../../core/theory/derivation/loss";
import { presenceOf } from "../../core/theory/missing/presence";
import { buildObjective } from "../../core/theory/objective/objective";
import { Absences } from "../../core/train/absences";
import { Batches } from "../../core/train/batches";
import { initialWeights, normal, permutation } from "../../core/random";
import type { Tensor } from "../reference/driver";
import { derive, type Prepared } from "./harness";
import { absentIn } from "./missing";
import { keep, pay } from "./words";

const SEED = 3;
const ROWS = 400;
export const RUN_BATCH = 32;
const STEPS = 501;
/** Steps at which gradients are compared, by each executor from the same weights. */
export const RECORDED = [0, 50, 500];
/** Losses that are compared from the first step on. */
export const FIRST = 50;
export const RATE = 1e-3;
/** What is drawn at each step of a run. */
const DRAWN: ReadonlySet<InputKind> = new Set(["noise", "permutation", "present", "rows"]);

const gaussian = (size: number): object => ({ law: "gaussian", size });
const streams = { X: { kind: "vector", shape: [12] }, Y: { kind: "image", shape: [3, 4] } };
const WORDS = { length: 5, vocabulary: 9 };
const declared = `
  modality X : vector(12)
  modality Y : image(3, 4)
  latent Zx : gaussian(4) from X
  latent Zy : gaussian(4) from Y
  knob beta = 8 in 0.1 .. 100 log
  knob w = 0.25 in 0.01 .. 1
  network encoder X = mlp(24, 24)
  network encoder Y = mlp(24, 24)
  network decoder X = mlp(24, 24)
  network decoder Y = mlp(24, 24)
  compress I(X; Zx)
  compress I(Y; Zy)`;
const settings = { beta: 8, weights: { X: 0.25, Y: 0.25, between: 1 }, streams };

interface Training {
  id: string;
  spec: string;
  reference: object;
}

/** Codes of each view and of both, by one network and by experts; of a batch of 32, ten rows lack X, eight Y, two both. */
const partial = absentIn(
  {
    id: "views that are absent at times",
    spec: `${declared}
      latent Z : gaussian(3) from X, Y by poe
      latent W : gaussian(3) from X, Y by concat
      compress I(X, Y; Z)
      compress I(X, Y; W)
      keep I(Zx; Zy) by infonce
      keep w * I(X; Z)
      keep w * I(Y; W)`,
    reference: {
      loss: "terms",
      settings: {
        beta: 8,
        streams,
        latents: {
          Zx: { ...gaussian(4), from: ["X"] },
          Zy: { ...gaussian(4), from: ["Y"] },
          Z: { ...gaussian(3), from: ["X", "Y"], fusion: "poe" },
          W: { ...gaussian(3), from: ["X", "Y"] },
        },
      },
      terms: [
        pay("kl", ["X", "Zx"]),
        pay("kl", ["Y", "Zy"]),
        pay("kl", [["X", "Y"], "Z"]),
        pay("kl", [["X", "Y"], "W"]),
        keep("infonce", ["Zx", "Zy"]),
        keep("gaussian", ["X", "Z"], { weight: 0.25 }),
        keep("gaussian", ["Y", "W"], { weight: 0.25 }),
      ],
    },
  },
  { X: 0.3, Y: 0.25 },
)!;

const trainings: Training[] = [
  {
    id: "DVSIB",
    spec: `spec S { ${declared}
      keep I(Zx; Zy) by infonce
      keep w * I(X; Zx)
      keep w * I(Y; Zy)
    }`,
    reference: {
      loss: "DVSIB",
      settings: {
        ...settings,
        latents: { Zx: gaussian(4), Zy: gaussian(4) },
        between: { kind: "infonce", critic: { kind: "dot" } },
      },
    },
  },
  {
    id: "DVSIB-private by MINE",
    spec: `spec S { ${declared}
      latent Wx : gaussian(2) from X
      latent Wy : gaussian(3) from Y
      network critic Zx, Zy = mlp(16, 16)
      compress I(X; Wx)
      compress I(Y; Wy)
      keep I(Zx; Zy) by mine
      keep w * I(X; Zx, Wx)
      keep w * I(Y; Zy, Wy)
    }`,
    reference: {
      loss: "DVSIB-private",
      settings: {
        ...settings,
        latents: { Zx: gaussian(4), Zy: gaussian(4), Wx: gaussian(2), Wy: gaussian(3) },
        between: { kind: "mine" },
      },
    },
  },
  {
    id: "pictures by convolutions",
    spec: `spec S {
      modality Y : image(3, 4)
      latent Z : gaussian(4) from Y
      knob beta = 8 in 0.1 .. 100 log
      network encoder Y = cnn(6, 8)
      network decoder Y = cnn(8, 6)
      compress I(Y; Z)
      keep I(Y; Z) by bernoulli
    }`,
    reference: {
      loss: "terms",
      settings: {
        beta: 8,
        streams: { Y: streams.Y },
        latents: { Z: { ...gaussian(4), from: ["Y"] } },
        networks: {
          "encoder.Z": {
            kind: "convolutions",
            picture: [1, 3, 4],
            layers: [
              { stride: [2, 2], padding: [1, 1] },
              { stride: [2, 2], padding: [1, 1] },
            ],
          },
          "decoder.Y": {
            kind: "transposed",
            picture: [8, 1, 1],
            layers: [
              { stride: [2, 2], padding: [1, 1], output_padding: [1, 1] },
              { stride: [2, 2], padding: [1, 1], output_padding: [0, 1] },
            ],
          },
        },
      },
      terms: [
        { side: "compress", kind: "kl", args: ["Y", "Z"] },
        { side: "keep", kind: "bernoulli", args: ["Y", "Z"] },
      ],
    },
  },
  {
    id: "a text by a bag of words",
    spec: `spec S {
      modality T : text(${WORDS.length}, ${WORDS.vocabulary})
      modality X : vector(12)
      latent Z : gaussian(4) from T
      knob beta = 8 in 0.1 .. 100 log
      network encoder T = bag(8, 16)
      network decoder T = mlp(24)
      network decoder X = mlp(24)
      compress I(T; Z)
      keep I(T; Z)
      keep 0.25 * I(X; Z)
    }`,
    reference: {
      loss: "terms",
      settings: {
        beta: 8,
        streams: { X: streams.X, T: { kind: "text", shape: [WORDS.length, WORDS.vocabulary] } },
        latents: { Z: { ...gaussian(4), from: ["T"] } },
        networks: { "encoder.Z": { kind: "bag" } },
      },
      terms: [
        { side: "compress", kind: "kl", args: ["T", "Z"] },
        { side: "keep", kind: "categorical", args: ["T", "Z"] },
        { side: "keep", kind: "gaussian", args: ["X", "Z"], weight: 0.25 },
      ],
    },
  },
  { ...partial, spec: `spec S {\n${partial.spec}\n}` },
];

export interface Run {
  id: string;
  reference: object;
  derived: DerivedLoss;
  objective: Objective;
  parameters: Record<string, Tensor>;
  data: Record<string, Tensor>;
  /** Rows of the data at each step, [STEPS, RUN_BATCH]. */
  batches: Tensor;
  /** Noise, orders, and which rows lack which streams, at each step, by name: [STEPS, ...]. */
  draws: Record<string, Tensor>;
}

export const runs: readonly Run[] = trainings.map(prepareRun);

export function prepareRun({ id, spec, reference }: Training): Run {
  const derived = derive(spec);
  const objective = buildObjective(derived);
  const inputs = buffersWith(compileGradients(objective, { batch: RUN_BATCH }), "input");
  const absences = new Absences(objective, SEED);
  const batches = new Batches(
    SEED,
    Int32Array.from({ length: ROWS }, (_, i) => i),
    RUN_BATCH,
  );
  const rows = new Int32Array(STEPS * RUN_BATCH);
  for (let step = 0; step < STEPS; step++) rows.set(batches.at(step), step * RUN_BATCH);
  return {
    id,
    reference,
    derived,
    objective,
    parameters: Object.fromEntries(
      parametersOfObjective(objective).map((parameter) => [
        parameter.name,
        {
          data: initialValues(parameter, (...draw) => initialWeights(SEED, ...draw)),
          shape: parameter.shape,
        },
      ]),
    ),
    data: Object.fromEntries(
      Object.entries(views()).filter(([name]) => derived.spec.streams.some((stream) => stream.name === name)),
    ),
    batches: { data: rows, shape: [STEPS, RUN_BATCH] },
    draws: Object.fromEntries(
      inputs
        .filter(({ input }) => DRAWN.has(input!.kind))
        .map((buffer) => [buffer.name!, drawn(buffer, absences)]),
    ),
  };
}

/**
 * X [ROWS, 12] and Y [ROWS, 12] in (0, 1), which share three numbers and have noise of their own; T, of up to five words:
 * each says which of the three numbers it is about, and about how large that is.
 */
function views(): Record<string, Tensor> {
  const [shared, x, y] = [
    new Float32Array(ROWS * 3),
    new Float32Array(ROWS * 12),
    new Float32Array(ROWS * 12),
  ];
  normal(SEED, "shared", 0, shared);
  normal(SEED, "X", 0, x);
  normal(SEED, "Y", 0, y);
  for (let i = 0; i < x.length; i++) {
    const [row, column] = [Math.floor(i / 12), i % 12];
    const common = shared[row * 3 + (column % 3)]! * (column < 6 ? 1 : -1);
    x[i] = 0.5 * x[i]! + common;
    y[i] = 1 / (1 + Math.exp(-(0.5 * y[i]! + common)));
  }
  const { length, vocabulary } = WORDS;
  const words = Int32Array.from({ length: ROWS * length }, (_, i) => {
    const [row, place] = [Math.floor(i / length), i % length];
    const size = shared[row * 3 + (place % 3)]!;
    return place <= row % length ? 3 * (place % 3) + (size < -0.5 ? 0 : size < 0.5 ? 1 : 2) : vocabulary;
  });
  return {
    X: { data: x, shape: [ROWS, 12] },
    Y: { data: y, shape: [ROWS, 12] },
    T: { data: words, shape: [ROWS, length] },
  };
}

function drawn({ name, input, shape, dtype }: BufferSpec, absences: Absences): Tensor {
  const size = sizeOf(shape);
  const all = dtype === "int32" ? new Int32Array(STEPS * size) : new Float32Array(STEPS * size);
  for (let step = 0; step < STEPS; step++) {
    const place = all.subarray(step * size, (step + 1) * size);
    const lacking = absences.at(new Int32Array(RUN_BATCH), "", step);
    if (input!.kind === "present") place.set(lacking.map((absent) => (absent.includes(input!.of) ? 0 : 1)));
    else if (input!.kind === "rows") place.set(absences.rowsOf(input!.of, lacking));
    else if (place instanceof Int32Array) place.set(permutation(SEED, name!, step, size));
    else normal(SEED, name!, step, place);
  }
  return { data: all, shape: [STEPS, ...shape] };
}

/** What one step of a run reads; of a stream zeros on the rows that lack it. */
export function inputsAt({ derived, data, batches, draws }: Run, step: number): Prepared["inputs"] {
  const rows = batches.data.slice(step * RUN_BATCH, (step + 1) * RUN_BATCH) as Int32Array;
  const inputs: Prepared["inputs"] = {};
  for (const [name, { data: values, shape }] of Object.entries(data)) {
    const width = shape[1]!;
    const own = values as Float32Array | Int32Array;
    const batch = own.slice(0, RUN_BATCH * width);
    rows.forEach((row, i) => batch.set(own.subarray(row * width, (row + 1) * width), i * width));
    for (const stream of presenceOf(derived.spec, { name }).flat()) {
      const present = draws[`present.${stream}`]!.data.subarray(step * RUN_BATCH, (step + 1) * RUN_BATCH);
      present.forEach((there, i) => there === 0 && batch.fill(0, i * width, (i + 1) * width));
    }
    inputs[name] = { data: batch, shape: [RUN_BATCH, width] };
  }
  for (const [name, { data: values, shape }] of Object.entries(draws)) {
    const size = sizeOf(shape.slice(1));
    inputs[name] = {
      data: values.slice(step * size, (step + 1) * size) as Float32Array,
      shape: shape.slice(1),
    };
  }
  return inputs;
}
