import { concat } from "./concat";
import type { Fusion } from "./fusion";
import { mean } from "./mean";
import { poe } from "./poe";
import { single } from "./single";

/** Every way to join inputs. */
export const fusions: readonly Fusion[] = [single, concat, poe, mean];

/** Fusions that the language knows and no file here holds yet, with what to write instead. */
export const pendingFusions: Readonly<Record<string, string>> = {
  moe: "`poe` or `mean`",
  mopoe: "`poe`",
};

/** @throws Error for a fusion that is not listed: resolution lets none through. */
export function fusionOf(name: string): Fusion {
  const fusion = fusions.find((candidate) => candidate.name === name);
  if (fusion === undefined) throw new Error(`no fusion named ${name}`);
  return fusion;
}
