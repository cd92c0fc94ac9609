import { bilinear } from "./bilinear";
import { concat } from "./concat";
import { cosine } from "./cosine";
import type { Critic } from "./critic";
import { dot } from "./dot";
import { product } from "./product";
import { separable } from "./separable";

/** Every critic. */
export const critics: readonly Critic[] = [dot, separable, concat, bilinear, cosine, product];

export const criticNames: readonly string[] = critics.map(({ name }) => name);

/** @throws Error for a critic that is not listed: the derivation lets none through. */
export function criticOf(name: string): Critic {
  const critic = critics.find((candidate) => candidate.name === name);
  if (critic === undefined) throw new Error(`no critic named ${name}`);
  return critic;
}
