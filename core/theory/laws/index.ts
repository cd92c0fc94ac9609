import { deterministic } from "./deterministic";
import { gaussian } from "./gaussian";
import type { Law } from "./law";
import { sphere } from "./sphere";

/** Every law of a code. */
export const laws: readonly Law[] = [gaussian, deterministic, sphere];

/** Laws that the language knows and no file here holds yet, with what to write instead. */
export const pendingLaws: Readonly<Record<string, string>> = {
  vmf: "`gaussian(k)`, or `sphere(k)` for a noiseless direction",
  categorical: "`gaussian(k)`",
};

/** @throws Error for a law that is not listed: resolution lets none through. */
export function lawOf(name: string): Law {
  const law = laws.find((candidate) => candidate.name === name);
  if (law === undefined) throw new Error(`no law named ${name}`);
  return law;
}
