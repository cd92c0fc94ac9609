/** From a spec's text to numbers: the same weights, batch, noise and orders for every executor and for PyTorch. */
import assert from "node:assert/strict";
import { compileGradients } from "../../core/program/compile";
import { inputName, type ProgramInput } from "../../core/program/inputs";
import { buffersWith, initialValues, parametersOfObjective } from "../../core/program/parameters";
import { sizeOf, type Program } from "../../core/program/program";
import { analyse } from "../../core/theory/analyse";
import type { DerivedLoss, Objective } from "../../core/theory/derivation/loss";
import { buildObjective } from "../../core/theory/objective/objective";
import { streamNamed } from "../../core/theory/terms/roles";
import { knobValues } from "../../core/theory/terms/scalar";
import type { Stream } from "../../core/theory/spec";
import type { Executor, Values } from "../../core/train/executor";
import { Absences, type Absent } from "../../core/train/absences";
import { chosen, components, initialWeights, normal, permutation, uniform } from "../../core/random";
import { askReference, type Tensor } from "../reference/driver";

export type Arrays = Record<string, Values>;

/** A loss with its terms in nats and its gradient by parameter. */
export interface Numbers {
  loss: number;
  terms: Record<string, number>;
  gradients: Record<string, ArrayLike<number>>;
}

/** A spec that can be computed, with everything it reads. */
export interface Prepared {
  derived: DerivedLoss;
  objective: Objective;
  program: Program;
  /** First weights, by name. */
  parameters: Record<string, Tensor>;
  /** Streams (labels as class numbers [N], texts as word numbers [N, L]), noise and permutations, by name. */
  inputs: Record<string, Tensor>;
}

/** The derived loss of a text's one spec. Fails the test when it has an error. */
export function derive(text: string): DerivedLoss {
  const { specs, diagnostics } = analyse(text);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  assert.deepEqual(
    errors.map(({ message }) => message),
    [],
    text,
  );
  return specs[0]!.derived!;
}

const SEED = 5;

/** First weights are this much larger than a training's, so that no term is near zero. */
const WIDENING = 2;

/** Weights, a batch and draws for a spec. Weights that start at one value are moved off it: at zero, errors hide. */
export function prepare(text: string, batch: number): Prepared {
  const derived = derive(text);
  const objective = buildObjective(derived);
  const program = compileGradients(objective, { batch });
  const parameters: Record<string, Tensor> = {};
  for (const parameter of parametersOfObjective(objective)) {
    const data = initialValues(parameter, (...draw) =>
      initialWeights(SEED, ...draw).map((w) => WIDENING * w),
    );
    if (parameter.initial.kind === "constant") {
      normal(SEED, parameter.name, 0, data);
      for (let i = 0; i < data.length; i++) data[i] = parameter.initial.value + 0.3 * data[i]!;
    }
    parameters[parameter.name] = { data, shape: parameter.shape };
  }
  const inputs: Record<string, Tensor> = {};
  // A program may read no more than which rows are left of it.
  for (const { stream } of objective.missing) {
    const present = { kind: "present", of: stream } as const;
    inputs[inputName(present)] = drawn(present, [batch, 1], batch, objective);
  }
  for (const { name, input, shape } of buffersWith(program, "input")) {
    if (input!.kind === "knob") continue;
    if (input!.kind === "stream" || input!.kind === "tokens") {
      const stream = streamNamed(derived.spec, input!.of);
      inputs[stream.name] = blanked(sample(stream, batch), stream, objective);
    } else inputs[name!] = drawn(input!, shape, batch, objective);
  }
  return { derived, objective, program, parameters, inputs };
}

function drawn(input: ProgramInput, shape: number[], batch: number, objective: Objective): Tensor {
  const name = inputName(input);
  const data = new Float32Array(sizeOf(shape));
  const lacking = absences(objective).at(new Int32Array(batch), "", 0);
  switch (input.kind) {
    case "present":
      return { data: Float32Array.from(lacking, (absent) => (absent.includes(input.of) ? 0 : 1)), shape };
    case "rows":
      return { data: Int32Array.from(absences(objective).rowsOf(input.of, lacking)), shape };
    case "permutation":
      return { data: permutation(SEED, name, 0, shape[0]!), shape };
    case "component":
      components(SEED, name, 0, data, shape[1]!);
      break;
    case "shares": {
      uniform(SEED, name, 0, data);
      const total = data.reduce((sum, share) => sum + share + 0.1, 0);
      return { data: data.map((share) => (share + 0.1) / total), shape };
    }
    case "chosen":
      chosen(SEED, name, 0, data, input.count);
      break;
    case "noise":
      normal(SEED, name, 0, data);
      break;
    default:
      throw new Error(`${name} is not drawn`);
  }
  return { data, shape };
}

const absences = (absent: Absent): Absences => new Absences(absent, SEED);

/** Zeros on the rows that lack a stream. */
function blanked(tensor: Tensor, { name, kind, width: words }: Stream, objective: Objective): Tensor {
  const { data, shape } = tensor;
  const width = data.length / shape[0]!;
  // A text has no word there.
  const nothing = (kind.name === "text" ? words : 0) as never;
  absences(objective)
    .at(new Int32Array(shape[0]!), "", 0)
    .forEach((absent, row) => absent.includes(name) && data.fill(nothing, row * width, (row + 1) * width));
  return tensor;
}

/** Rows of a stream as its kind has them. */
function sample({ name, kind, size, width }: Stream, batch: number): Tensor {
  if (kind.name === "text") return { data: texts(name, batch, size, width), shape: [batch, size] };
  const data = new Float32Array(kind.name === "label" ? batch : batch * width);
  const shape = kind.name === "label" ? [batch] : [batch, width];
  if (kind.name === "vector" || kind.name === "scalar") normal(SEED, name, 0, data);
  else uniform(SEED, name, 0, data);
  if (kind.name === "label")
    return { data: Int32Array.from(data, (value) => Math.floor(width * value)), shape };
  if (kind.name === "counts") return { data: data.map((value) => Math.floor(5 * value)), shape };
  return { data, shape };
}

/** Word numbers [batch, length], `vocabulary` where none stands: of the first row all, of the second none, of others some. */
function texts(name: string, batch: number, length: number, vocabulary: number): Int32Array {
  const draws = new Float32Array(batch * (length + 1));
  uniform(SEED, name, 0, draws);
  return Int32Array.from({ length: batch * length }, (_, i) => {
    const [row, place] = [Math.floor(i / length), i % length];
    const words = row === 0 ? length : row === 1 ? 0 : Math.ceil(length * draws[batch * length + row]!);
    return place < words ? Math.floor(vocabulary * draws[i]!) : vocabulary;
  });
}

/**
 * Everything that a program over these reads, as a session takes it: labels as one-hot rows, texts as counts and as words
 * by number, knobs as numbers.
 */
export function arraysOf({ derived, parameters, inputs }: Omit<Prepared, "objective" | "program">): Arrays {
  const arrays: Arrays = {};
  for (const [name, { data }] of Object.entries({ ...parameters, ...inputs })) {
    const stream = derived.spec.streams.find((known) => known.name === name);
    if (stream?.kind.name === "label" || stream?.kind.name === "text")
      arrays[name] = counted(data as Int32Array, stream.size, stream.width);
    else arrays[name] = data as Float32Array;
    if (stream?.kind.name === "text") arrays[`tokens.${name}`] = data as Int32Array;
  }
  for (const [knob, value] of Object.entries(knobValues(derived.spec.knobs)))
    arrays[`knob.${knob}`] = Float64Array.of(value);
  return arrays;
}

/** How often each of `classes` numbers stands in rows of `size`; a larger one stands for none. */
function counted(numbers: Int32Array, size: number, classes: number): Float32Array {
  const rows = new Float32Array((numbers.length / size) * classes);
  numbers.forEach((number, i) => {
    if (number < classes) rows[Math.floor(i / size) * classes + number]!++;
  });
  return rows;
}

/** Runs a program of `compileGradients` once. */
export async function compute(executor: Executor, program: Program, arrays: Arrays): Promise<Numbers> {
  const session = await executor.open({ step: program });
  for (const { name } of buffersWith(program, "input", "parameter"))
    session.write("step", name!, arrays[name!]!);
  await session.run("step");
  const outputs: Record<string, Values> = {};
  for (const { name } of buffersWith(program, "output")) outputs[name!] = await session.read("step", name!);
  session.dispose();
  const beginning = <T>(start: string, of: (values: Values) => T): Record<string, T> =>
    Object.fromEntries(
      Object.entries(outputs)
        .filter(([name]) => name.startsWith(start))
        .map(([name, values]) => [name.slice(start.length), of(values)]),
    );
  return {
    loss: outputs.total![0]!,
    terms: beginning("term.", (values) => values[0]!),
    gradients: beginning("gradient.", (values) => values),
  };
}

/** Answers of check.py. */
export type Answer =
  | { id: string; loss: number; terms: Record<string, number>; gradients: Record<string, Tensor> }
  | { id: string; error: string };

/** PyTorch's answers to some cases, in float64, by id. */
export async function askCases(
  cases: readonly { id: string; reference: object; prepared: Prepared }[],
): Promise<Map<string, Answer>> {
  const { cases: answers } = (await askReference({
    cases: cases.map(({ id, reference, prepared: { parameters, inputs } }) => ({
      id,
      ...reference,
      parameters,
      inputs,
    })),
  })) as { cases: Answer[] };
  return new Map(answers.map((answer) => [answer.id, answer]));
}

/** @throws Error when the case failed there */
export function numbersOf(answer: Answer): Numbers {
  if ("error" in answer) throw new Error(`${answer.id}: ${answer.error}`);
  const gradients = Object.entries(answer.gradients).map(([name, { data }]) => [
    name,
    Array.from(data, Number),
  ]);
  return { ...answer, gradients: Object.fromEntries(gradients) as Record<string, number[]> };
}

/** Values of terms nearer zero than this are taken for it. */
const SMALLEST_VALUE = 0.01;

/**
 * The norm of one parameter's gradient counts for at least this share of the whole gradient's: some are zero but for
 * rounding, such as that of a constant added to the scores of MINE.
 */
const SMALLEST_SHARE = 0.03;

const norm = (values: ArrayLike<number>): number => Math.hypot(...Array.from(values));

/** ||a - b|| / max(||b||, least); Infinity where a number is not finite. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>, least = SMALLEST_VALUE): number {
  if (a.length !== b.length) return Infinity;
  const relative = norm(Array.from(a, (value, i) => value - b[i]!)) / Math.max(norm(b), least);
  return Number.isNaN(relative) ? Infinity : relative;
}

/** By how much each differs, relatively: the loss, a named term, the gradient of a parameter. */
export function deviations(found: Numbers, expected: Numbers): [what: string, error: number][] {
  const pairs: [string, number][] = [["loss", distance([found.loss], [expected.loss])]];
  const both = <T>(a: Record<string, T>, b: Record<string, T>): string[] => [
    ...new Set([...Object.keys(a), ...Object.keys(b)]),
  ];
  for (const name of both(found.terms, expected.terms)) {
    const [a, b] = [found.terms[name], expected.terms[name]];
    pairs.push([`term ${name}`, a === undefined || b === undefined ? Infinity : distance([a], [b])]);
  }
  const least = SMALLEST_SHARE * norm(Object.values(expected.gradients).map(norm));
  for (const name of both(found.gradients, expected.gradients)) {
    const known = expected.gradients[name];
    // A parameter that the loss does not reach has no gradient in a program, and zeros in PyTorch.
    const a = found.gradients[name] ?? (known && new Float64Array(known.length));
    pairs.push([`gradient of ${name}`, a && known ? distance(a, known, least) : Infinity]);
  }
  return pairs;
}

/** What differs by more than `tolerance`, and by how much. */
export const disagreements = (found: Numbers, expected: Numbers, tolerance: number): string[] =>
  deviations(found, expected)
    .filter(([, error]) => !(error <= tolerance))
    .map(([what, error]) => `${what}: ${error.toExponential(1)}`);

/** Fails, saying what differs. */
export function assertAgree(found: Numbers, expected: Numbers, tolerance: number): void {
  assert.deepEqual(disagreements(found, expected, tolerance), []);
}
