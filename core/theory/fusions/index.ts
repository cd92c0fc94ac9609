import { concat } from "./concat";
import type { Fusion } from "./fusion";
import { mean } from "./mean";
import { moe } from "./moe";
import { mopoe } from "./mopoe";
import { poe } from "./poe";
import { single } from "./single";

/** Every way to join inputs. */
export const fusions: readonly Fusion[] = [single, concat, poe, mean, moe, mopoe];

/** @throws Error for a fusion that is not listed: resolution lets none through. */
export function fusionOf(name: string): Fusion {
  const fusion = fusions.find((candidate) => candidate.name === name);
  if (fusion === undefined) throw new Error(`no fusion named ${name}`);
  return fusion;
}
