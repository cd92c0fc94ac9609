/** What is measured: one training step of DVSIB (two encoders, two decoders, InfoNCE between the codes). */
import { compileStep } from "../../core/program/compile";
import { initialValues, parametersOfObjective } from "../../core/program/parameters";
import { sizeOf, type Program } from "../../core/program/program";
import { analyse } from "../../core/theory/analyse";
import type { DerivedLoss } from "../../core/theory/derivation/loss";
import { buildObjective } from "../../core/theory/objective/objective";
import { initialWeights } from "../../core/random";

export interface Size {
  name: string;
  code: number;
  /** Width of both hidden layers of perceptrons, or channels of two convolutions. */
  network: { width: number } | { channels: readonly [number, number] };
}

export const SIZES: readonly Size[] = [
  { name: "784-128-128-4", code: 4, network: { width: 128 } },
  { name: "784-1024-1024-16", code: 16, network: { width: 1024 } },
  { name: "convolutions 16-32-8", code: 8, network: { channels: [16, 32] } },
];

export const BATCH = 128;
export const BETA = 32;

function networks({ network }: Size): { encoder: string; decoder: string } {
  if ("width" in network) {
    const perceptron = `mlp(${network.width}, ${network.width})`;
    return { encoder: perceptron, decoder: perceptron };
  }
  const [few, many] = network.channels;
  return { encoder: `cnn(${few}, ${many})`, decoder: `cnn(${many}, ${few})` };
}

const spec = (size: Size, { encoder, decoder } = networks(size), { code } = size) => `
spec Step "One step of the deep variational symmetric information bottleneck" {
  modality X : image(28, 28)
  modality Y : image(28, 28)
  latent Zx : gaussian(${code}) from X
  latent Zy : gaussian(${code}) from Y
  knob beta = ${BETA} in 0.1 .. 1024 log
  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy) by infonce(critic = dot)
  keep I(X; Zx) by gaussian
  keep I(Y; Zy) by gaussian
  network encoder X = ${encoder}
  network encoder Y = ${encoder}
  network decoder X = ${decoder}
  network decoder Y = ${decoder}
}`;

export function lossOf(size: Size): DerivedLoss {
  const { specs, diagnostics } = analyse(spec(size));
  const derived = specs[0]?.derived;
  if (!derived) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return derived;
}

/** The step's program and its first weights, by parameter. */
export function step(size: Size, batch = BATCH): { program: Program; weights: Map<string, Float32Array> } {
  const objective = buildObjective(lossOf(size));
  const weights = parametersOfObjective(objective).map((parameter) => {
    const values = initialValues(parameter, (name, shape, fanIn) => initialWeights(1, name, shape, fanIn));
    return [parameter.name, values] as const;
  });
  return { program: compileStep(objective, { batch }), weights: new Map(weights) };
}

/** Multiply-adds of the program's matrix products, times two. */
export function flops(program: Program): number {
  return program.operations.reduce(
    (sum, operation) => sum + (operation.kind === "matmul" ? 2 * operation.m * operation.n * operation.k : 0),
    0,
  );
}

/** Trained numbers. */
export function trained(program: Program): number {
  return program.buffers.reduce(
    (sum, { role, shape }) => sum + (role === "parameter" ? sizeOf(shape) : 0),
    0,
  );
}
