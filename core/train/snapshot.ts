/** A training's state, to be gone on with later: weights, optimiser, step and turned knobs, as a safetensors file. */
import type { Program } from "../program/program";
import { hashText } from "../random";
import type { Checkpoint } from "./checkpoint";
import type { Finding, RunIdentity } from "./protocol";
import { readTensors, writeTensors, type Tensor } from "./safetensors";

const FORMAT = "bottleneck training 1";

export interface Snapshot {
  step: number;
  /** Steps after which it would have been finished. */
  steps: number;
  /** Steps that its text asks for, which a continued training has gone beyond. Absent in states of earlier versions. */
  asked?: number;
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
  /** The weights by which it is judged, where one was chosen by then. */
  checkpoint?: Checkpoint;
}

/**
 * A program's shape: all of it but the numbers written into it, hashed. Two programs of one shape are the same
 * computation with other weights of terms.
 */
export function shapeOf(program: Program): string {
  const text = JSON.stringify(program, (key, value: unknown) => (key === "value" ? undefined : value));
  return hashText(text);
}

/** Whether every weight and state is a number to compute with. */
export const allFinite = ({ tensors }: Snapshot): boolean =>
  Object.values(tensors).every(({ values }) => values.every(Number.isFinite));

/** Whether a run can be taken up where one of this identity is at work. */
export const isOf = ({ shape, data }: Snapshot, at: RunIdentity): boolean =>
  shape === at.program && data === at.data;

/** What begins the names of the checkpoint's tensors in a file. */
const CHOSEN = "checkpoint/";

/** The snapshot as bytes. */
export function packSnapshot({ tensors, checkpoint, ...training }: Snapshot): Uint8Array {
  const { tensors: chosen = {}, ...choice } = checkpoint ?? {};
  const metadata = {
    format: FORMAT,
    training: JSON.stringify(training),
    ...(checkpoint && { checkpoint: JSON.stringify(choice) }),
  };
  const named = Object.entries(chosen).map(([name, tensor]) => [CHOSEN + name, tensor]);
  return writeTensors({ metadata, tensors: { ...tensors, ...Object.fromEntries(named) } });
}

/** The snapshot in these bytes, or undefined when they hold none that this version reads. */
export function unpackSnapshot(bytes: Uint8Array): Snapshot | undefined {
  try {
    const { metadata, tensors: all } = readTensors(bytes);
    if (metadata["format"] !== FORMAT) return undefined;
    const training = JSON.parse(metadata["training"] ?? "") as Omit<Snapshot, "tensors" | "checkpoint">;
    const [chosen, tensors] = [true, false].map((wanted) =>
      Object.fromEntries(
        Object.entries(all).flatMap(([name, tensor]) =>
          name.startsWith(CHOSEN) === wanted ? [[wanted ? name.slice(CHOSEN.length) : name, tensor]] : [],
        ),
      ),
    ) as [Snapshot["tensors"], Snapshot["tensors"]];
    const choice = metadata["checkpoint"];
    if (choice === undefined) return { ...training, tensors };
    const checkpoint = { ...(JSON.parse(choice) as Omit<Checkpoint, "tensors">), tensors: chosen };
    return { ...training, tensors, checkpoint };
  } catch {
    return undefined;
  }
}
