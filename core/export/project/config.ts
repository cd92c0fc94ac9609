/** What a spec says, as the values of a project's `config.py`. */
import { optionsOf } from "../../data/generator";
import { generatorOf } from "../../data/generators/index";
import { Options } from "../../data/options";
import { parametersOfObjective } from "../../program/parameters";
import { topological } from "../../program/traverse";
import { whyLastStep } from "../../theory/derivation/last-step";
import type { DerivedLoss, Objective } from "../../theory/derivation/loss";
import { lengthOf } from "../../theory/terms/schedule";
import { scalarText } from "../../theory/terms/scalar";
import { presenceText } from "../../theory/missing/presence";
import type { Knob, Length, Spec, Stream, Transform } from "../../theory/spec";
import { draws } from "../pytorch/draws";
import { className } from "../pytorch/globals";
import type { Inputs } from "../pytorch/method";
import { projectInputs } from "../pytorch/source";
import { pythonString } from "../pytorch/names";
import { exportMark } from "../target";
import { pythonValue, type PythonValue } from "./python-value";

/** The file of a built-in generator's rows, beside `train.py`. */
export const ROWS_FILE = "rows.npz";

/**
 * The text of `config.py`.
 * @throws DataError about an option of the spec's data
 */
export function configText(derived: DerivedLoss, objective: Objective): string {
  const { spec } = derived;
  const inputs = projectInputs({ derived, objective });
  const { training } = spec;
  const length = lengthOf(training);
  const values: [string, string, PythonValue][] = [
    ["NAME", "The spec.", spec.name],
    ...dataValues(spec),
    ["STREAMS", "Streams: how each is read from its field, or made from another.", streamsOf(spec)],
    ["MISSING", "The share of rows that lack a stream.", missingOf(spec)],
    ["READ", "Streams that the model reads.", readBy(inputs)],
    [
      "DRAWS",
      "What is drawn for the model at each step, by argument and name, with its size.",
      drawsOf(inputs, objective),
    ],
    ["FAN_IN", "Inputs of each weight that starts uniform within 1 / sqrt(inputs).", fanIn(objective)],
    ["KNOBS", "Knobs: value, range and schedule.", knobsOf(spec.knobs)],
    ["TERMS", "Terms of the loss.", termsOf(derived)],
    ["CONTRASTS", "Whether terms tell true tuples from others.", Object.keys(objective.contrasts).length > 0],
    [
      "LAST_STEP",
      "Why the weights of the last step are the checkpoint; None where validation rows choose it.",
      whyLastStep(derived.terms) ?? null,
    ],
    [
      "TRAINING",
      "How the preview trains, unless the command line says otherwise.",
      {
        length: { tuple: [length.value, length.unit] },
        batch: training.batch,
        rate: training.optimizer.rate,
        seed: training.seed,
      },
    ],
  ];
  return [
    `"""What the spec ${spec.name} says.`,
    "",
    exportMark,
    '"""',
    "",
    `from .model import ${className(spec.name, "")} as Model  # noqa: F401`,
    "",
    ...values.flatMap(([name, doc, value]) => [
      `# ${doc}`,
      `${name} = ${pythonValue(value, "", name.length + 3)}`,
    ]),
    "",
    "",
    "def weights(knobs):",
    '    """The factor of each term in the loss, by term."""',
    "    return {",
    ...derived.terms.map(({ term, effectiveWeight }) => {
      const text = scalarText(effectiveWeight, {
        knob: (name) => `knobs[${pythonString(name)}]`,
        times: " * ",
        minus: "-",
      });
      return `        ${pythonString(term.id)}: ${text},`;
    }),
    "    }",
    "",
  ].join("\n");
}

/** Where the rows are and how they are split. */
function dataValues({ data }: Spec): [string, string, PythonValue][] {
  const generator = data && generatorOf(data.source);
  const values = (
    source: string | null,
    splits: PythonValue,
    seed: number,
    labels: string | null,
  ): [string, string, PythonValue][] => [
    ["SOURCE", generator ? `Rows of the built-in data ${data!.source}.` : "The file of the data.", source],
    ["LABELS", "Of data with one array: the file of its labels.", labels],
    ["SPLITS", "How rows are split, and the sizes of the splits.", splits],
    ["SPLIT_SEED", "Seed of a random split.", seed],
  ];
  if (generator) {
    const { train, validation, test, seed } = optionsOf(generator, data!);
    return values(ROWS_FILE, { by: "order", train, validation, test }, seed, null);
  }
  if (data === undefined) {
    const splits = { by: "random", train: null, validation: null, test: null, groups: null, stratify: null };
    return values(null, splits, 1, null);
  }
  const options = new Options(data);
  const size = (name: string): number | null => (options.has(name) ? options.integer(name, 1, 1) : null);
  const sizes = { train: size("samples"), validation: size("validation"), test: size("test") };
  const column = options.field("split");
  const splits =
    column === undefined
      ? {
          by: "random",
          ...sizes,
          groups: options.field("groups") ?? null,
          stratify: options.field("stratify") ?? null,
        }
      : { by: "column", column, ...sizes };
  return values(data.source, splits, options.integer("seed", 0, 1), options.text("labels") ?? null);
}

const streamsOf = ({ streams }: Spec): PythonValue =>
  Object.fromEntries(streams.map((stream) => [stream.name, streamOf(stream)]));

function streamOf({ name, kind, role, field, fieldTo, transforms, derived }: Stream): PythonValue {
  const shape = { kind: kind.name, sizes: kind.sizes, role };
  if (derived !== undefined) {
    const { by, of, ...rest } = derived;
    const extra =
      by === "augment"
        ? { picture: kind.name === "image" }
        : by === "partner"
          ? {}
          : { signal: kind.name === "signal" };
    return { ...shape, made: { by, of, ...(rest as Record<string, PythonValue>), ...extra } };
  }
  return {
    ...shape,
    field: field ?? name,
    ...(fieldTo === undefined ? {} : { field_to: fieldTo }),
    transforms: (transforms ?? []).map(transformOf),
  };
}

const transformOf = ({ by, between }: Transform): PythonValue =>
  between === undefined ? by : { tuple: [by, between.low, between.high] };

const missingOf = ({ missing }: Spec): PythonValue =>
  Object.fromEntries(missing.map(({ stream, rate }) => [stream, rate]));

const readBy = (inputs: Inputs): PythonValue => [
  ...new Set([...inputs.streams.values()].map(({ of }) => of)),
];

/** By argument of the model: the size of each draw, as `batches.py` reads it. */
function drawsOf(inputs: Inputs, { parts }: Objective): PythonValue {
  const presences = new Map(parts.map((presence) => [`N(${presenceText(presence)})`, presence]));
  const kinds = Object.entries(inputs.drawn).filter(([, drawn]) => drawn.size > 0);
  return Object.fromEntries(
    kinds.map(([kind, drawn]) => [
      draws[kind as keyof typeof draws].argument,
      Object.fromEntries(
        [...drawn].map(([key, { input, shape }]): [string, PythonValue] => {
          if (input.kind === "chosen") return [key, { tuple: [shape[0] as number, input.count] }];
          if (input.kind === "permutation")
            return [key, (presences.get(String(shape[0])) ?? []) as PythonValue];
          return [key, input.kind === "noise" || input.kind === "component" ? (shape[1] as number) : null];
        }),
      ),
    ]),
  );
}

/** Networks of the user's own start as their modules say. */
function fanIn(objective: Objective): PythonValue {
  const own = topological(Object.values(objective.terms)).flatMap((e) =>
    e.op === "network" && e.network.module !== undefined ? [`${e.network.name}.`] : [],
  );
  return Object.fromEntries(
    parametersOfObjective(objective).flatMap(({ name, initial }): [string, number][] =>
      initial.kind === "uniform" && !own.some((prefix) => name.startsWith(prefix))
        ? [[name, initial.fanIn]]
        : [],
    ),
  );
}

const lengthValue = (length: Length | undefined): PythonValue =>
  length === undefined ? null : { tuple: [length.value, length.unit] };

const knobsOf = (knobs: readonly Knob[]): PythonValue =>
  Object.fromEntries(
    knobs.map(({ name, value, from, to, log, anneal }) => [
      name,
      {
        value,
        range: { tuple: [from, to] },
        log,
        anneal: anneal
          ? {
              from: anneal.from,
              over: { tuple: [anneal.over, anneal.unit] },
              after: lengthValue(anneal.after),
              hold: lengthValue(anneal.hold),
              repeat: anneal.repeat ?? null,
            }
          : null,
      },
    ]),
  );

const termsOf = ({ terms }: DerivedLoss): PythonValue =>
  Object.fromEntries(
    terms.map(({ term, bound, role }) => [
      term.id,
      {
        side: bound.side,
        pays: role.kind === "payment" && role.given.length === 0 ? role.codes.map(({ name }) => name) : [],
      },
    ]),
  );
