import type { Fusion } from "./fusion";
import { poe } from "./poe";

/** All subsets but the empty one, the smaller first, each in the order of `names`. */
export function subsets(names: readonly string[]): string[][] {
  const found: string[][] = [];
  const extend = (chosen: string[], from: number, size: number): void => {
    if (chosen.length === size) found.push(chosen);
    else for (let i = from; i < names.length; i++) extend([...chosen, names[i]!], i + 1, size);
  };
  names.forEach((_, i) => extend([], 0, i + 1));
  return found;
}

/**
 * A mixture over the subsets of the inputs, each the product of its experts. Sutter, Daunhawer, Vogt 2021,
 * "Generalized Multimodal ELBO", definition 1. A part of the inputs that a term names is the product of that part.
 */
export const mopoe: Fusion = {
  name: "mopoe",
  doc: "One encoder for each input. The code is a mixture over the subsets of the inputs; each component is the product of the experts of a subset.",
  options: [],
  experts: true,
  noisy: true,
  components: (inputs, whole) => (whole && inputs.length > 1 ? subsets(inputs) : []),
  count: (inputs, whole) => (whole && inputs > 1 ? 2 ** inputs - 1 : 0),
  fuse: (experts, law) => poe.fuse(experts, law, []),
};
