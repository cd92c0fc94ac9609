/** The ways to take the variables of one loss for those of another. */
import type { CanonicalForm, CanonicalLatent } from "./canonical";

/** Names of a method to names of the own loss; what is absent has no partner. */
export type Naming = ReadonlyMap<string, string>;

/** Every naming worth a comparison: streams in any pairs, and codes with the same inputs for each other. */
export function* namings(own: CanonicalForm, method: CanonicalForm): Generator<Naming> {
  for (const streams of pairings(method.streams, own.streams, method.alike))
    yield* latentNamings(own, method, streams);
}

/** More pairings than this are not tried: losses that differ so much are not the same method. */
const MOST_PAIRINGS = 200;

/**
 * Every way to give each of the smaller set a partner of its own in the larger one.
 * @param alike of `from`: exchanging the partners of two of them is no other way
 */
function pairings(
  from: readonly string[],
  to: readonly string[],
  alike: readonly string[] = [],
): [string, string][][] {
  const flip = from.length > to.length;
  const [small, large] = flip ? [to, from] : [from, to];
  const inOrder = (pairs: readonly [string, string][]): boolean => {
    const places = pairs
      .map(([a, b]) => (flip ? [alike.indexOf(b), to.indexOf(a)] : [alike.indexOf(a), to.indexOf(b)]))
      .filter(([place]) => place! >= 0)
      .sort(([a], [b]) => a! - b!);
    return places.every(([, partner], i) => i === 0 || places[i - 1]![1]! < partner!);
  };
  let found: [string, string][][] = [[]];
  for (const name of small) {
    found = found
      .flatMap((pairs) =>
        large
          .filter((partner) => !pairs.some(([, taken]) => taken === partner))
          .map((partner): [string, string][] => [...pairs, [name, partner]]),
      )
      .filter(inOrder)
      .slice(0, MOST_PAIRINGS);
  }
  return flip ? found.map((pairs) => pairs.map(([a, b]): [string, string] => [b, a])) : found;
}

/** Latents with the same inputs are paired with each other; what is left over, with what is left over. */
function latentNamings(own: CanonicalForm, method: CanonicalForm, streams: [string, string][]): Naming[] {
  const names = new Map(streams);
  const inputs = ({ from, given }: CanonicalLatent, rename: (name: string) => string): string =>
    [from, given].map((side) => side.map(rename).sort().join(", ")).join(" | ");
  const groups = new Map<string, { method: string[]; own: string[] }>();
  const group = (key: string): { method: string[]; own: string[] } => {
    const known = groups.get(key) ?? { method: [], own: [] };
    groups.set(key, known);
    return known;
  };
  for (const latent of method.latents)
    group(inputs(latent, (name) => names.get(name) ?? `?${name}`)).method.push(latent.name);
  for (const latent of own.latents) group(inputs(latent, (name) => name)).own.push(latent.name);
  let namings: [string, string][][] = [streams];
  for (const { method: theirs, own: ours } of groups.values()) {
    const ways = pairings(theirs, ours);
    namings = namings.flatMap((pairs) => ways.map((way) => [...pairs, ...way])).slice(0, MOST_PAIRINGS);
  }
  return namings.flatMap((pairs) => {
    const theirs = method.latents
      .map(({ name }) => name)
      .filter((name) => !pairs.some(([taken]) => taken === name));
    const ours = own.latents
      .map(({ name }) => name)
      .filter((name) => !pairs.some(([, taken]) => taken === name));
    return pairings(theirs, ours).map((way) => new Map([...pairs, ...way]));
  });
}
