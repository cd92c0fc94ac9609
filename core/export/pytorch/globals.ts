/** What stands at the top of an exported file, and what its functions call there: no local may hide it. */
import { bounds } from "../../theory/bounds/index";
import { isReserved, Names, pythonName } from "./names";

/** Functions that a file defines where it needs them. */
export const HELPERS = ["checked", "mlp", "one_hot", "counted", "polar"];

const GLOBAL: ReadonlySet<string> = new Set([
  ...HELPERS,
  ...bounds.map(({ id }) => pythonName(id)),
  "int",
  "len",
  "iter",
  "next",
]);

/** Names for the locals of a method: none hides a function that it calls. */
export const localNames = (taken: readonly string[]): Names => new Names(taken, GLOBAL);

/** The name of an exported class: the spec's, unless Python or the file has another use for it. */
export const className = (spec: string, suffix: string): string => {
  const name = `${spec}${suffix}`;
  return isReserved(name) || GLOBAL.has(name) ? `${name}Model` : name;
};
