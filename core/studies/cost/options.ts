import type { StudyOption } from "../../train/study-protocol";
import { numberOption, wholeOption } from "../options";
import { StudyError, type GivenOptions } from "../study";

export interface CostOptions {
  /** Trainings of each design. */
  seeds: number;
  /** Power of what trains, in watts. */
  watts: number;
  /** Rate in nats from which on a coordinate counts as used. */
  threshold: number;
}

export const costOptions: readonly StudyOption[] = [
  {
    name: "seeds",
    value: "N",
    doc: "trainings of each design, 3 to 20; default 5",
  },
  {
    name: "watts",
    value: "NUMBER",
    doc: "power that a training draws, from which its energy is estimated; default 10, an assumption for one busy core",
  },
  {
    name: "threshold",
    value: "NATS",
    doc: "rate from which on a coordinate of a code counts as used; default 0.05",
  },
];

export const readCost = (given: GivenOptions): CostOptions => ({
  seeds: wholeOption(given, "seeds", { least: 3, most: 20, fallback: 5 }),
  watts: positive(given, "watts", 10),
  threshold: positive(given, "threshold", 0.05),
});

function positive(given: GivenOptions, name: string, fallback: number): number {
  const value = numberOption(given, name) ?? fallback;
  if (value > 0) return value;
  throw new StudyError(`${name} must be more than 0, not ${value}.`);
}
