/** Names for what is added to a spec: none that it has already. */
import type { Spec } from "../spec";

export class Names {
  private readonly taken: Set<string>;

  /** @param more names that are taken beside those of the spec */
  constructor({ streams, latents, knobs, terms }: Spec, more: readonly string[]) {
    this.taken = new Set([
      ...[...streams, ...latents, ...knobs].map(({ name }) => name),
      ...terms.flatMap(({ label }) => label ?? []),
      ...more,
    ]);
  }

  /** The name, with a number where it is taken; it is taken from now on. */
  free(name: string): string {
    let free = name;
    for (let i = 2; this.taken.has(free); i++) free = `${name}${i}`;
    this.taken.add(free);
    return free;
  }

  /** `Zx` for the code of `X`, `Z_sound` for that of `sound`, `Z` for that of several. */
  code(letter: string, streams: readonly string[]): string {
    const [only, ...others] = streams;
    if (only === undefined || others.length > 0) return this.free(letter);
    return this.free(letter + (only.length === 1 ? only.toLowerCase() : `_${only}`));
  }
}
