/**
 * Shapes of values that arrive from outside: each says what is wrong with a value, and the compiler refuses a shape that has
 * drifted from its type.
 */

/** Says what is wrong with a value, starting with its path; undefined when nothing is. */
type Fault = string | undefined;

/** Looks at a value that should be a T. The property is never there: it only carries the type. */
export interface Shape<T> {
  (value: unknown, path: string): Fault;
  readonly type?: (value: T) => T;
}
interface Optional<T> {
  readonly optional: Shape<T>;
}

type Fields<T> = {
  [K in keyof T]-?: object extends Pick<T, K> ? Optional<Exclude<T[K], undefined>> : Shape<T[K]>;
};
type AnyFields = Record<string, Shape<never> | Optional<never>>;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  Object.prototype.toString.call(value) === "[object Object]";

export const text: Shape<string> = (value, path) =>
  typeof value === "string" ? undefined : `${path} is not a text`;
/** What is passed on, to be looked at by whoever it is for. */
export const anything: Shape<unknown> = () => undefined;
export const flag: Shape<boolean> = (value, path) =>
  typeof value === "boolean" ? undefined : `${path} is not true or false`;
export const number: Shape<number> = (value, path) =>
  typeof value === "number" && Number.isFinite(value) ? undefined : `${path} is not a finite number`;
export const count: Shape<number> = (value, path) =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0
    ? undefined
    : `${path} is not a whole number from 0`;
export const bytes: Shape<Uint8Array> = (value, path) =>
  value instanceof Uint8Array ? undefined : `${path} is not an array of bytes`;

export function word<const W extends string>(...words: W[]): Shape<W> {
  return (value, path) =>
    words.includes(value as W) ? undefined : `${path} is not one of ${words.join(", ")}`;
}

export function list<T>(of: Shape<T>): Shape<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) return `${path} is not a list`;
    for (let i = 0; i < value.length; i++) {
      const fault = of(value[i], `${path}[${i}]`);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
}

export function table<T>(of: Shape<T>): Shape<Record<string, T>> {
  return (value, path) => {
    if (!isRecord(value)) return `${path} is not a table`;
    for (const [key, entry] of Object.entries(value)) {
      const fault = of(entry, `${path}.${key}`);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
}

export const orNull =
  <T>(shape: Shape<T>): Shape<T | null> =>
  (value, path) =>
    value === null ? undefined : shape(value, path);

export const optional = <T>(shape: Shape<T>): Optional<T> => ({ optional: shape });

function checkFields(fields: AnyFields, value: unknown, path: string): Fault {
  if (!isRecord(value)) return `${path} is not an object`;
  for (const [key, shape] of Object.entries(fields)) {
    const entry = Object.hasOwn(value, key) ? value[key] : undefined;
    if ("optional" in shape) {
      if (entry === undefined) continue;
      const fault = shape.optional(entry, `${path}.${key}`);
      if (fault !== undefined) return fault;
    } else {
      const fault = shape(entry, `${path}.${key}`);
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

export function object<T>(fields: Fields<T>): Shape<T> {
  return (value, path) => checkFields(fields as unknown as AnyFields, value, path);
}

type Tagged = { kind: string };
export type Kinds<T extends Tagged> = { [K in T["kind"]]: Fields<Omit<Extract<T, { kind: K }>, "kind">> };

export function tagged<T extends Tagged>(kinds: Kinds<T>): Shape<T> {
  return (value, path) => {
    if (!isRecord(value)) return `${path} is not an object`;
    const kind = value["kind"];
    if (typeof kind !== "string" || !Object.hasOwn(kinds, kind)) return `${path}.kind is not known`;
    return checkFields(kinds[kind as T["kind"]] as unknown as AnyFields, value, path);
  };
}
