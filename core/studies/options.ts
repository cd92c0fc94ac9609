/** Reads the options of a study, which come as texts from a command line or a form. */
import { StudyError, type GivenOptions } from "./study";

/** A whole number; `fallback` where it is not given. @throws StudyError */
export function wholeOption(
  given: GivenOptions,
  name: string,
  { least, most, fallback }: { least: number; most: number; fallback: number },
): number {
  const value = numberOption(given, name) ?? fallback;
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new StudyError(
    `${name} must be a whole number from ${least} to ${most}, not ${String(given[name])}.`,
  );
}

/** A finite number, or undefined where it is not given. @throws StudyError */
export function numberOption(given: GivenOptions, name: string): number | undefined {
  const text = given[name];
  if (text === undefined || text === "") return undefined;
  const value = Number(text);
  if (typeof text === "string" && Number.isFinite(value)) return value;
  throw new StudyError(`${name} must be a number, not ${String(text)}.`);
}

/** The texts of an option that may be given more than once. */
export function textsOption(given: GivenOptions, name: string): readonly string[] {
  const value = given[name];
  if (value === undefined || typeof value === "boolean" || value === "") return [];
  return typeof value === "string" ? [value] : value;
}
