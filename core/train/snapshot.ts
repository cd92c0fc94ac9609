/** A training's state, to be gone on with later: weights, optimiser, step and turned knobs, as a safetensors file. */
import { sizeOf, type Program } from "../program/program";
import type { Session } from "./executor";
import { hashText } from "../random";
import type { Finding, RunIdentity } from "./protocol";
import { readTensors, writeTensors, type Tensor } from "./safetensors";

const FORMAT = "bottleneck training 1";

export interface Snapshot {
  step: number;
  /** Steps after which it would have been finished. */
  steps: number;
  /** Epochs of the text, which a continued training has gone beyond. */
  epochs?: number;
  seed: number;
  /** Knobs turned by hand. */
  knobs: Record<string, number>;
  /** Of the training program; see `shapeOf`. */
  shape: string;
  /** Of its data; see `RunIdentity`. Absent in states of earlier versions. */
  data?: string;
  /** Whether it was given up, as its loss was not finite: its weights are the last good ones. */
  stopped?: boolean;
  /** What had been found and still held. */
  findings?: Finding[];
  /** Parameters and optimiser states, by name. */
  tensors: Record<string, Tensor>;
}

/**
 * A program's shape: all of it but the numbers written into it, hashed. Two programs of one shape are the same
 * computation with other weights of terms.
 */
export function shapeOf(program: Program): string {
  const text = JSON.stringify(program, (key, value: unknown) => (key === "value" ? undefined : value));
  return hashText(text);
}

/** Parameters and states of a session, by name. */
export async function readWeights(
  session: Session,
  name: string,
  program: Program,
): Promise<Record<string, Tensor>> {
  const tensors: Record<string, Tensor> = {};
  for (const { role, name: buffer, shape } of program.buffers) {
    if (role !== "parameter" && role !== "state") continue;
    const values = await session.read(name, buffer!);
    tensors[buffer!] = { shape, values: values instanceof Float32Array ? values : Float32Array.from(values) };
  }
  return tensors;
}

/** Writes those tensors that the program has under the same name, role and shape. Returns how many. */
export function writeWeights(
  session: Session,
  name: string,
  program: Program,
  tensors: Record<string, Tensor>,
  roles: readonly ("parameter" | "state")[],
): number {
  let written = 0;
  for (const buffer of program.buffers) {
    if (!roles.some((role) => role === buffer.role)) continue;
    const tensor = Object.hasOwn(tensors, buffer.name!) ? tensors[buffer.name!] : undefined;
    if (tensor === undefined || tensor.shape.join() !== buffer.shape.join()) continue;
    if (tensor.values.length !== sizeOf(buffer.shape)) continue;
    session.write(name, buffer.name!, tensor.values);
    written++;
  }
  return written;
}

/** Whether every weight and state is a number to compute with. */
export const allFinite = ({ tensors }: Snapshot): boolean =>
  Object.values(tensors).every(({ values }) => values.every(Number.isFinite));

/** Whether a run can be taken up where one of this identity is at work. */
export const isOf = ({ shape, data }: Snapshot, at: RunIdentity): boolean =>
  shape === at.program && data === at.data;

/** The snapshot as bytes. */
export function packSnapshot(snapshot: Snapshot): Uint8Array {
  const { tensors, ...rest } = snapshot;
  return writeTensors({ metadata: { format: FORMAT, training: JSON.stringify(rest) }, tensors });
}

/** The snapshot in these bytes, or undefined when they hold none that this version reads. */
export function unpackSnapshot(bytes: Uint8Array): Snapshot | undefined {
  try {
    const { metadata, tensors } = readTensors(bytes);
    if (metadata["format"] !== FORMAT) return undefined;
    return { ...(JSON.parse(metadata["training"] ?? "") as Omit<Snapshot, "tensors">), tensors };
  } catch {
    return undefined;
  }
}
