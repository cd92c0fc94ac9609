/** What a spec says, as the values of a project's `config.py`. */
import { parametersOfObjective } from "../../program/parameters";
import { whyLastStep } from "../../theory/derivation/last-step";
import type { DerivedLoss, Objective } from "../../theory/derivation/loss";
import { frozenCode } from "../../theory/terms/frozen";
import { lengthOf } from "../../theory/terms/schedule";
import { scalarText } from "../../theory/terms/scalar";
import { ancestors } from "../../theory/terms/roles";
import { presenceText } from "../../theory/missing/presence";
import type { Knob, Length, Spec } from "../../theory/spec";
import { draws } from "../pytorch/draws";
import { className } from "../pytorch/globals";
import type { Inputs } from "../pytorch/method";
import { projectInputs } from "../pytorch/source";
import { pythonString } from "../pytorch/names";
import { exportMark } from "../target";
import { dataValues, streamsOf } from "./data-config";
import { fanIn } from "./fan-in";
import { askedOf, withoutOf } from "./reader-networks";
import { assigned, type NamedValue, type PythonValue } from "./python-value";

/**
 * The text of `config.py`.
 * @throws DataError about an option of the spec's data
 */
export function configText(derived: DerivedLoss, objective: Objective): string {
  const { spec } = derived;
  const inputs = projectInputs({ derived, objective });
  const { training } = spec;
  const length = lengthOf(training);
  const values: NamedValue[] = [
    ["NAME", "The spec.", spec.name],
    ...dataValues(spec),
    ["STREAMS", "Streams: how each is read from its field, or made from another.", streamsOf(spec)],
    [
      "MISSING",
      "The share of rows that lack a stream; where rows of the data lack it, these do, whatever is written here.",
      missingOf(spec),
    ],
    ["INFERRED", "Streams of the data from which each code is inferred.", inferredFrom(spec)],
    ["WITHOUT", "Streams that a code reads and does without where rows lack them, by code.", withoutOf(spec)],
    ["ASKED", "Targets and factors about which rows are asked: `left_behind.py`.", askedOf(spec)],
    ["READ", "Streams that the model reads.", readBy(inputs)],
    [
      "DRAWS",
      "What is drawn for the model at each step, by argument and name, with its size.",
      drawsOf(inputs, objective),
    ],
    ["FAN_IN", "Inputs of each weight that starts uniform within 1 / sqrt(inputs).", fanIn(objective)],
    [
      "FROZEN",
      "Weights of frozen codes, which are not trained: train.py reads them with --weights.",
      frozenIn(spec, objective),
    ],
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
    ...assigned(values),
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

const missingOf = ({ missing }: Spec): PythonValue =>
  Object.fromEntries(missing.map(({ stream, rate }) => [stream, rate]));

function inferredFrom(spec: Spec): PythonValue {
  const { latents, streams } = spec;
  return Object.fromEntries(
    latents.map(({ name }) => {
      const read = ancestors(spec, name);
      const made = streams.flatMap((stream) =>
        stream.derived && read.has(stream.name) ? [stream.derived.of] : [],
      );
      const own = streams.filter(
        (stream) => !stream.derived && (read.has(stream.name) || made.includes(stream.name)),
      );
      return [name, own.map((stream) => stream.name)];
    }),
  );
}

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

const frozenIn = (spec: Spec, objective: Objective): PythonValue =>
  parametersOfObjective(objective)
    .map(({ name }) => name)
    .filter((name) => frozenCode(spec, name) !== undefined);

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
    terms.map(({ term, bound, role, reads }) => [
      term.id,
      {
        side: bound.side,
        reads,
        pays: role.kind === "payment" && role.given.length === 0 ? role.codes.map(({ name }) => name) : [],
      },
    ]),
  );
