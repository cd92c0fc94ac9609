/** Values that are worked out when they are first asked for. */

export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** A function of an object that never changes, worked out once for each, for as long as the object is there. */
export function remembered<K extends object, T>(make: (of: K) => T): (of: K) => T {
  const known = new WeakMap<K, { value: T }>();
  return (of) => {
    const found = known.get(of) ?? { value: make(of) };
    known.set(of, found);
    return found.value;
  };
}

const LATER = Symbol("later");

type Later<L> = { [K in keyof L]: () => L[K] };

/** One function for each name of a property. */
const getters = new Map<string, (this: object) => unknown>();

function getterOf(name: string): (this: object) => unknown {
  const known = getters.get(name);
  if (known !== undefined) return known;
  function get(this: { [LATER]?: Record<string, () => unknown> }): unknown {
    return this[LATER]![name]!();
  }
  getters.set(name, get);
  return get;
}

/**
 * An object with properties that are worked out when they are first asked for. Accessors in an object literal do the same,
 * but with functions of its own, the engine makes a hidden class for each such object; that keeps the object, and all that its
 * functions refer to, in memory until the next full collection.
 * @param object gets the properties
 */
export function lazily<T extends object, L extends object>(object: T, later: Later<L>): T & Readonly<L> {
  const names = Object.keys(later) as (keyof L & string)[];
  const made = Object.fromEntries(names.map((name) => [name, once(later[name])]));
  Object.defineProperty(object, LATER, { value: made });
  for (const name of names)
    Object.defineProperty(object, name, { get: getterOf(name), enumerable: true, configurable: true });
  return object as T & Readonly<L>;
}
