/** Which coordinates of its codes a design uses, and how narrow the codes could be. */
import type { Spec } from "../../theory/spec";
import type { Trained } from "../job";

export interface UsedCode {
  name: string;
  /** Coordinates as written, and those whose rate is at least the threshold: the most of any training. */
  size: number;
  used: number;
}

/** The Gaussian codes that have a rate for each coordinate. */
export const usedCodes = (spec: Spec, trained: readonly Trained[], threshold: number): UsedCode[] =>
  spec.latents.flatMap(({ name, law: { name: law, size } }) => {
    const rates = trained.map((one) => one.rates[name] ?? []);
    if (law !== "gaussian" || rates.some(({ length }) => length !== size)) return [];
    const used = Math.max(...rates.map((each) => each.filter((rate) => rate >= threshold).length));
    return [{ name, size, used }];
  });

/** Widths by code, those alone that are narrower. */
export type Widths = Readonly<Record<string, number>>;

/**
 * Widths to try, the narrowest first: room for the coordinates in use, up to a power of two where that is narrower still, then
 * twice as wide and so on.
 */
export function widthsToTry(codes: readonly UsedCode[]): Widths[] {
  const found: Widths[] = [];
  for (let times = 1; ; times *= 2) {
    const narrower = codes.flatMap(({ name, size, used }): [string, number][] => {
      const width = times * roomFor(Math.max(1, used), size);
      return width < size ? [[name, width]] : [];
    });
    if (narrower.length === 0) return found;
    found.push(Object.fromEntries(narrower));
  }
}

function roomFor(used: number, size: number): number {
  const power = 2 ** Math.ceil(Math.log2(used));
  return power < size ? power : used;
}
