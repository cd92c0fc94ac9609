/** Colours of points by a factor: one for each class, or a place between two for a number. */
import type { FactorValues } from "../../../core/train/inspect/messages";
import { number } from "../../../core/language/number-text";

/** Colours in the style sheet; more classes than these are spread over the wheel. */
const COLOURS = 10;

const hueOf = (at: number, of: number): string => {
  const hue = Math.round((360 * at) / of);
  return `light-dark(hsl(${hue} 70% 36%), hsl(${hue} 65% 66%))`;
};

export const classColour = (at: number, classes: number): string =>
  classes <= COLOURS ? `var(--class-${at})` : hueOf(at, classes);

/** The least and the largest of some numbers. */
export function rangeOf(values: readonly number[]): { low: number; high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return { low, high };
}

/** The colour of each row. */
export function coloursOf({ classes, values }: FactorValues): string[] {
  if (classes !== undefined) return values.map((value) => classColour(value, classes));
  const { low, high } = rangeOf(values);
  const between = (value: number): number => Math.round((100 * (value - low)) / (high - low || 1));
  return values.map((value) => `color-mix(in oklab, var(--high), var(--low) ${100 - between(value)}%)`);
}

/** A value of a factor as text: a class by its number. */
export const valueText = (classes: number | undefined, value: number): string =>
  classes === undefined ? number(value) : String(value);
