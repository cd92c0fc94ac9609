/**
 * Programs from expressions: batch bound, networks written out, gradients taken, simplified, fused, placed in memory.
 */
import type { Objective } from "../theory/derivation/loss";
import { partsOf } from "../theory/objective/part";
import { bind } from "./bind";
import type { Expr, Parts } from "./expression";
import { gradients } from "./gradient";
import { Lowering } from "./lower/lower";
import { placeTemporaries } from "./lower/scratch";
import { operandsOf } from "./operands";
import type { OwnParameters } from "./own";
import type { Operation, Program } from "./program";
import { simplify } from "./simplify";

/** Settings of Adam; the rate and the step count are inputs `adam.rate` and `adam.step` of the program. */
interface Adam {
  beta1: number;
  beta2: number;
  epsilon: number;
}

/** The values of Kingma and Ba 2015, which are also PyTorch's. */
export const adam: Adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

export interface CompileOptions {
  /** Rows of the batch. */
  batch: number;
  /** Rows of the parts of it that the roots read. */
  parts?: Parts;
  /** Takes one step of `optimizer` down the root named `loss`; its moments are states `adam.m.<name>`, `adam.v.<name>`. */
  updates?: { loss: string; optimizer: Adam };
  /** Adds an output `gradient.<parameter>` for each parameter that the root named here depends on. */
  gradientsOf?: string;
  /** Modules of the user's own that take the place of networks; without them the default networks stand there. */
  own?: OwnParameters;
}

/** Of a program made from an objective. */
type ObjectiveOptions = Pick<CompileOptions, "batch" | "own"> & {
  /** Which streams rows of the batch lack, where the data say it; else that follows from the rates. */
  known?: Parameters<typeof partsOf>[2];
};

/**
 * The program that computes the roots, each an output of its name. Inputs are what the roots read: `input` nodes by their
 * name, knobs as scalars `knob.<name>`, and `adam.rate`, `adam.step` (counted from 1) where it updates.
 * @throws ShapeError or Error on expressions that do not fit together
 */
export function compile(roots: Record<string, Expr>, options: CompileOptions): Program {
  const { batch, parts = {}, updates, gradientsOf } = options;
  const bound = bind(roots, (dim) => (dim === "N" ? batch : parts[dim]), options.own);
  const forward = simplify(bound, "wanted");
  const loss = updates?.loss ?? gradientsOf;
  const found = loss === undefined ? new Map<string, Expr>() : gradients(rootNamed(forward, loss));
  const backward = Object.fromEntries([...found].map(([name, g]) => [`gradient.${name}`, g]));
  const all = simplify({ ...forward, ...backward }, "taken");

  const lowering = new Lowering(Object.values(all));
  for (const name of Object.keys(roots)) lowering.output(name, all[name]!);
  const steps: Operation[] = [];
  for (const name of found.keys()) {
    const gradient = all[`gradient.${name}`]!;
    if (gradientsOf !== undefined) lowering.output(`gradient.${name}`, gradient);
    if (updates !== undefined) steps.push(adamStep(lowering, name, gradient, updates.optimizer));
  }
  const operations = insertUpdates(lowering.operations, steps);
  return { buffers: lowering.buffers, operations, scratch: placeTemporaries(lowering.buffers, operations) };
}

function rootNamed(roots: Record<string, Expr>, name: string): Expr {
  const root = roots[name];
  if (root === undefined) throw new Error(`no root is named "${name}"`);
  return root;
}

function adamStep(lowering: Lowering, name: string, gradient: Expr, optimizer: Adam): Operation {
  const shape = gradient.shape as number[];
  return {
    kind: "adam",
    parameter: lowering.external("parameter", name, shape),
    gradient: lowering.buffer(gradient),
    m: lowering.external("state", `adam.m.${name}`, shape),
    v: lowering.external("state", `adam.v.${name}`, shape),
    rate: lowering.input({ kind: "adam", of: "rate" }),
    step: lowering.input({ kind: "adam", of: "step" }),
    size: shape.reduce((product, length) => product * length, 1),
    ...optimizer,
  };
}

/** Puts each update right after the last operation that reads its parameter or fills its gradient: memory is free soonest. */
function insertUpdates(operations: Operation[], updates: Operation[]): Operation[] {
  const last = new Map<number, number>();
  for (const [time, operation] of operations.entries()) {
    const { reads, writes } = operandsOf(operation);
    for (const id of [...reads, ...writes]) last.set(id, time);
  }
  const after = new Map<number, Operation[]>();
  for (const update of updates) {
    const { reads, writes } = operandsOf(update);
    const time = Math.max(...[...reads, ...writes].map((id) => last.get(id) ?? -1));
    after.set(time, [...(after.get(time) ?? []), update]);
  }
  const result = [...(after.get(-1) ?? [])];
  for (const [time, operation] of operations.entries()) result.push(operation, ...(after.get(time) ?? []));
  return result;
}

/** The roots that a training run reports: `total`, `term.<id>` (nats) and `rate.<latent>` (nats a coordinate, [size]). */
function reported(objective: Objective): Record<string, Expr> {
  const roots: Record<string, Expr> = { total: objective.total };
  for (const [id, term] of Object.entries(objective.terms)) roots[`term.${id}`] = term;
  for (const [latent, rate] of Object.entries(objective.rates)) roots[`rate.${latent}`] = rate;
  return roots;
}

/** One training step: forward, backward and Adam; outputs `total`, `term.<id>`, `rate.<latent>` before the update. */
export const compileStep = (
  objective: Objective,
  { optimizer = adam, known, ...options }: ObjectiveOptions & { optimizer?: Adam },
): Program =>
  compile(reported(objective), {
    ...options,
    parts: partsOf(objective, options.batch, known),
    updates: { loss: "total", optimizer },
  });

/** Forward and backward without an update: outputs of the step and `gradient.<parameter>`. */
export const compileGradients = (objective: Objective, { known, ...options }: ObjectiveOptions): Program =>
  compile(reported(objective), {
    ...options,
    parts: partsOf(objective, options.batch, known),
    gradientsOf: "total",
  });

/**
 * Forward only: outputs of the step, `mean.<latent>` [batch, size], `reconstruction.<stream>` [batch, width], and of
 * contrastive terms `contrast.<number>.<id>` [batch, batch], the scores.
 */
export function compileEvaluate(objective: Objective, { known, ...options }: ObjectiveOptions): Program {
  const roots = reported(objective);
  for (const [latent, mean] of Object.entries(objective.means)) roots[`mean.${latent}`] = mean;
  for (const [stream, mean] of Object.entries(objective.reconstructions))
    roots[`reconstruction.${stream}`] = mean;
  for (const [id, tables] of Object.entries(objective.contrasts))
    for (const [i, scores] of tables.entries()) roots[`contrast.${i}.${id}`] = scores;
  return compile(roots, { ...options, parts: partsOf(objective, options.batch, known) });
}

/**
 * The codes of each row: outputs `mean.<latent>` and `draw.<latent>` [batch, size], and `rate.<latent>` [batch] in nats. Of
 * codes with noise `statistic.<latent>` [batch, t], and for each component of it `natural.<component>` and
 * `own.<component>` [batch, t] and `density.<component>` [batch]: see `Objective`.
 */
export function compileEncode(objective: Objective, options: ObjectiveOptions): Program {
  const { means, draws, rowRates, statistics, densities } = objective;
  const named = (prefix: string, parts: Record<string, Expr>): [string, Expr][] =>
    Object.entries(parts).map(([name, part]) => [`${prefix}.${name}`, part]);
  const each = Object.entries(densities).flatMap(([component, { natural, own, density }]) => [
    ...named("natural", { [component]: natural }),
    ...named("own", { [component]: own }),
    ...named("density", { [component]: density }),
  ]);
  const roots = [
    ...named("mean", means),
    ...named("draw", draws),
    ...named("rate", rowRates),
    ...named("statistic", statistics),
    ...each,
  ];
  return compile(Object.fromEntries(roots), options);
}

/** Decoders of codes that are handed in: outputs `decoded.<stream>` [batch, width] and `prior.<latent>` [batch, size], a draw. */
export const compileDecode = (
  { generation: { decoded, priors } }: Objective,
  options: ObjectiveOptions,
): Program => compile({ ...valuesNamed("decoded", decoded), ...valuesNamed("prior", priors) }, options);

/** Draws of codes inferred from one stream alone: outputs `part.<Z[X]>` [batch, size]. */
export const compileParts = ({ generation: { parts } }: Objective, options: ObjectiveOptions): Program =>
  compile(Object.fromEntries(Object.entries(parts).map(([name, part]) => [`part.${name}`, part])), options);

const valuesNamed = (prefix: string, parts: Record<string, { value: Expr }>): Record<string, Expr> =>
  Object.fromEntries(Object.entries(parts).map(([name, { value }]) => [`${prefix}.${name}`, value]));
