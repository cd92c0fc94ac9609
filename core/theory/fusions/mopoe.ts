import type { Fusion } from "./fusion";
import { poe } from "./poe";

/** All subsets but the empty one, the smaller first, each in the order of `names`. */
export function subsets(names: readonly string[]): string[][] {
  const all = names.reduce<string[][]>(
    (known, name) => [...known, ...known.map((set) => [...set, name])],
    [[]],
  );
  const position = (set: string[]): number[] => set.map((name) => names.indexOf(name));
  return all
    .filter((set) => set.length > 0)
    .sort((a, b) => a.length - b.length || position(a).join().localeCompare(position(b).join()));
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
  fuse: (experts, law) => poe.fuse(experts, law, []),
};
