/** Weights that were trained elsewhere, such as by an exported project. */
import { count } from "../language/text";
import { buffersWith } from "../program/parameters";
import type { Program } from "../program/program";
import { readTensors, writeTensors, type Tensor } from "./safetensors";
import type { Snapshot } from "./snapshot";

export interface GivenWeights {
  tensors: Record<string, Tensor>;
  /** Whether these are only the weights of frozen codes, for a training of all others. */
  frozenOnly: boolean;
  /** Steps after which they were these, where the file says so. */
  step?: number;
  /** Knobs under which they were trained, where the file says so. */
  knobs: Record<string, number>;
}

/** Faults that are listed; others are counted. */
const LISTED = 3;

/**
 * The weights in a safetensors file: all of a spec, or those of its frozen codes out of a file of another spec.
 * @param name of the file, for messages
 * @param program whose parameters they have to be, by name and shape
 * @param isFrozen whether a parameter belongs to a frozen code
 * @throws Error when the file cannot be read, or does not have exactly these parameters, all of them finite
 */
export function readWeightsFile(
  name: string,
  bytes: Uint8Array,
  program: Program,
  isFrozen: (parameter: string) => boolean,
): GivenWeights {
  const { tensors: all, metadata } = read(name, bytes);
  const whole = new Map(buffersWith(program, "parameter").map((buffer) => [buffer.name!, buffer.shape]));
  const frozen = [...whole.keys()].filter(isFrozen);
  const same = Object.keys(all).length === whole.size && Object.keys(all).every((one) => whole.has(one));
  const frozenOnly = frozen.length > 0 && !same;
  const only = <Value>(table: Iterable<[string, Value]>): [string, Value][] =>
    [...table].filter(([parameter]) => !frozenOnly || isFrozen(parameter));
  const own = new Map(only(whole));
  const tensors = Object.fromEntries(only(Object.entries(all)));
  const faults = [...own].flatMap(([parameter, shape]) => {
    const tensor = Object.hasOwn(tensors, parameter) ? tensors[parameter] : undefined;
    if (tensor === undefined) return [`${parameter} is missing`];
    if (tensor.shape.join() !== shape.join())
      return [`${parameter} is [${tensor.shape.join(", ")}], not [${shape.join(", ")}]`];
    return tensor.values.every(Number.isFinite)
      ? []
      : [`${parameter} has a value that is not a finite number`];
  });
  const foreign = Object.keys(tensors).filter((parameter) => !own.has(parameter));
  faults.push(...foreign.map((parameter) => `${parameter} is not a weight of this spec`));
  if (faults.length === 0) return { tensors, frozenOnly, ...trainingOf(metadata) };
  const more = faults.length > LISTED ? `; and ${count(faults.length - LISTED, "more fault")}` : "";
  throw new Error(
    `The weights of ${name} do not fit ${frozenOnly ? "the frozen codes of this spec" : "this spec"}: ${faults.slice(0, LISTED).join("; ")}${more}. Open the spec that they were trained with.`,
  );
}

function read(name: string, bytes: Uint8Array): ReturnType<typeof readTensors> {
  try {
    return readTensors(bytes);
  } catch (error) {
    // A header may ask for more memory than there is.
    const reason = error instanceof RangeError ? "its header is damaged" : (error as Error).message;
    throw new Error(`The weights of ${name} cannot be read: ${reason}.`, { cause: error });
  }
}

/** What a project writes beside its weights; anything else counts for nothing. */
function trainingOf(metadata: Record<string, string>): Omit<GivenWeights, "tensors" | "frozenOnly"> {
  const step = Number(metadata["step"]);
  const known = Number.isSafeInteger(step) && step > 0 ? { step } : {};
  return { ...known, knobs: numbersIn(metadata["knobs"]) };
}

function numbersIn(text: string | undefined): Record<string, number> {
  try {
    const values: unknown = JSON.parse(text ?? "{}");
    if (typeof values !== "object" || values === null) return {};
    return Object.fromEntries(
      Object.entries(values).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
    );
  } catch {
    return {};
  }
}

/** The weights by which a training is judged, those of its checkpoint where it has one, as a file that `readWeightsFile` reads. */
export function weightsFile({ tensors, checkpoint, step, seed, knobs }: Snapshot): Uint8Array {
  const parameters = Object.entries(tensors).filter(([name]) => !name.startsWith("adam."));
  return writeTensors({
    metadata: { step: String(checkpoint?.step ?? step), seed: String(seed), knobs: JSON.stringify(knobs) },
    tensors: checkpoint?.tensors ?? Object.fromEntries(parameters),
  });
}
