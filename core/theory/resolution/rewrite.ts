/** Copies of syntax trees with names replaced or places moved. */
import type { Range } from "../../language/diagnostic";
import type { Name } from "../../language/tree";

/** Fields whose names are words of the language, not variables. */
const WORDS = new Set(["intent", "field"]);

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * A copy in which every variable `names` knows is renamed. Names of calls, of arguments, of settings and of bounds are
 * words of the language and stay.
 */
export function renamed<T>(tree: T, names: ReadonlyMap<string, string>): T {
  const copy = (value: unknown, key: string, owner?: Node): unknown => {
    if (Array.isArray(value)) return value.map((item) => copy(item, key));
    if (!isNode(value)) return value;
    const isWord = WORDS.has(key) || (key === "name" && isCallLike(owner)) || key === "flags";
    if (value.kind === "name" && !isWord)
      return { ...value, text: names.get(value.text as string) ?? value.text };
    return Object.fromEntries(
      Object.entries(value).map(([inner, child]) => [inner, copy(child, inner, value)]),
    );
  };
  return copy(tree, "") as T;
}

/** A copy in which `name` among the names or variables of a list is replaced by all of `names`. */
export function spliced<T>(tree: T, name: string, names: readonly Name[]): T {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.flatMap((item) => replacement(item) ?? [copy(item)]);
    if (!isNode(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, copy(child)]));
  };
  const replacement = (item: unknown): unknown[] | undefined => {
    if (!isNode(item)) return undefined;
    if (item.kind === "name" && item.text === name) return [...names];
    const plain = item.kind === "variable" && item.subset === undefined;
    return plain && (item.name as Name).text === name
      ? names.map((each) => ({ ...item, name: each }))
      : undefined;
  };
  return copy(tree) as T;
}

/** A call, an argument, a setting or a bound: what has a name that is a word. */
function isCallLike(owner: Node | undefined): boolean {
  return owner !== undefined && (owner.kind === "call" || owner.kind === undefined);
}

/** A copy in which every place is `range`: for statements that stand in another text. */
export function placedAt<T>(tree: T, range: Range): T {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (!isNode(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [
        key,
        key === "range" || key === "body" ? range : copy(child),
      ]),
    );
  };
  return copy(tree) as T;
}
