import { categorical } from "./categorical";
import { deterministic } from "./deterministic";
import { gaussian } from "./gaussian";
import type { Density, Law } from "./law";
import { sphere } from "./sphere";
import { vmf } from "./vmf";

/** Every law of a code. */
export const laws: readonly Law[] = [gaussian, categorical, vmf, deterministic, sphere];

/** @throws Error for a law that is not listed: resolution lets none through. */
export function lawOf(name: string): Law {
  const law = laws.find((candidate) => candidate.name === name);
  if (law === undefined) throw new Error(`no law named ${name}`);
  return law;
}

/** @throws Error for a law without noise: what needs a density is refused to it before. */
export function densityOf(name: string): Density {
  const { density } = lawOf(name);
  if (density === undefined) throw new Error(`a ${name} code has no density`);
  return density;
}
