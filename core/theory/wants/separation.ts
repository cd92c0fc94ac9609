/**
 * Which variables of a spec can tell nothing of each other. How the streams depend is unknown, so each is taken to have a
 * common cause with all others and a part of its own; codes follow from what they are inferred from.
 */
import { readsOf } from "../terms/roles";
import type { Spec } from "../spec";

/** Parents of each node of a directed acyclic graph. */
type Parents = ReadonlyMap<string, readonly string[]>;

/** What no other modality tells of this one; a node beside the spec's names. */
export const ownPart = (stream: string): string => `own ${stream}`;

const COMMON = "common cause";

/** The encoder graph below the unknown causes of its streams. A known factor may come from any of them. */
export function causes({ streams, latents }: Spec): Parents {
  const own = streams.filter(({ role }) => role === "modality").map(({ name }) => ownPart(name));
  return new Map([
    ...streams.map(({ name, role }): [string, string[]] => [
      name,
      role === "modality" ? [COMMON, ownPart(name)] : [COMMON, ...own],
    ]),
    ...latents.map((latent): [string, string[]] => [latent.name, readsOf(latent)]),
  ]);
}

/**
 * Whether `a` and `b` are independent given `given` in every distribution over the graph: d-separation, by the
 * reachability of Koller and Friedman 2009, algorithm 3.1.
 */
export function separated(
  parents: Parents,
  a: readonly string[],
  b: readonly string[],
  given: readonly string[] = [],
): boolean {
  const children = new Map<string, string[]>();
  for (const [child, list] of parents)
    for (const parent of list) children.set(parent, [...(children.get(parent) ?? []), child]);
  const observed = new Set(given);
  const openColliders = upwards(parents, given);
  const seen = new Set<string>();
  /** A node, and whether the path comes into it from a child. */
  const path: [string, boolean][] = a.map((name) => [name, true]);
  while (path.length > 0) {
    const [name, fromChild] = path.pop()!;
    const key = `${fromChild} ${name}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const blocked = observed.has(name);
    if (!blocked && b.includes(name)) return false;
    const up = fromChild ? !blocked : openColliders.has(name);
    if (up) for (const parent of parents.get(name) ?? []) path.push([parent, true]);
    if (!blocked) for (const child of children.get(name) ?? []) path.push([child, false]);
  }
  return true;
}

/** The nodes and all that they come from. */
function upwards(parents: Parents, nodes: readonly string[], found = new Set<string>()): Set<string> {
  for (const node of nodes) {
    if (found.has(node)) continue;
    found.add(node);
    upwards(parents, parents.get(node) ?? [], found);
  }
  return found;
}
