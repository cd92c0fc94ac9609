/** The weights of frozen codes: given by a file, or those of a training before in which the codes were trained. */
import { buffersWith } from "../program/parameters";
import { sizeOf } from "../program/program";
import { frozenCode } from "../theory/terms/frozen";
import type { Preparation } from "./prepare";
import type { Tensor } from "./safetensors";

/** Whether a parameter of a preparation belongs to a frozen code. */
export const isFrozenIn =
  ({ spec }: Preparation) =>
  (parameter: string): boolean =>
    frozenCode(spec, parameter) !== undefined;

/** Kept as long as a preview is open, so that a training that starts again has them too. */
export class FrozenWeights {
  private known: Record<string, Tensor> = {};

  /** Keeps those tensors that are weights of the preparation's frozen codes. */
  keep(preparation: Preparation, tensors: Record<string, Tensor>): void {
    const found = parametersOf(preparation).filter(
      ({ name, shape }) => Object.hasOwn(tensors, name) && tensors[name]!.shape.join() === shape.join(),
    );
    this.known = { ...this.known, ...Object.fromEntries(found.map(({ name }) => [name, tensors[name]!])) };
  }

  /** The preparation, whose trainings start with the weights that are known. */
  within(preparation: Preparation): Preparation {
    return {
      ...preparation,
      initialWeights: (seed) => ({
        ...preparation.initialWeights(seed),
        ...Object.fromEntries(this.fitting(preparation).map(({ name }) => [name, this.known[name]!.values])),
      }),
    };
  }

  /** Frozen codes of which some weights are not known, and how many; undefined where all are. */
  lacking(preparation: Preparation): { codes: string[]; weights: number } | undefined {
    const fitting = new Set(this.fitting(preparation).map(({ name }) => name));
    const lacking = parametersOf(preparation).filter(({ name }) => !fitting.has(name));
    if (lacking.length === 0) return undefined;
    return {
      codes: [...new Set(lacking.map(({ name }) => frozenCode(preparation.spec, name)!))],
      weights: lacking.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    };
  }

  private fitting(preparation: Preparation): ReturnType<typeof parametersOf> {
    return parametersOf(preparation).filter(
      ({ name, shape }) => Object.hasOwn(this.known, name) && this.known[name]!.shape.join() === shape.join(),
    );
  }
}

/** The weights of a preparation's frozen codes. */
const parametersOf = (preparation: Preparation): { name: string; shape: readonly number[] }[] =>
  buffersWith(preparation.programs.train, "parameter").flatMap(({ name, shape }) =>
    isFrozenIn(preparation)(name!) ? [{ name: name!, shape }] : [],
  );
