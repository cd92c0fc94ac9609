/** What stands at the top of an exported file, and what its functions call there: no local may hide it. */
import { bounds } from "../../theory/bounds/index";
import { helpers } from "./helpers";
import { isReserved, Names, pythonName } from "./names";

const GLOBAL: ReadonlySet<string> = new Set([
  ...Object.keys(helpers),
  ...bounds.map(({ id }) => pythonName(id)),
  ..."ValueError int iter len list map next object range sorted str super zip".split(" "),
]);

/** Names for the locals of a method: none hides a function that it calls. */
export const localNames = (taken: readonly string[]): Names => new Names(taken, GLOBAL);

/** The name of an exported class: the spec's, unless Python or the file has another use for it. */
export const className = (spec: string, suffix: string): string => {
  // Letters and digits of any script are as good in Python, some signs of power or count are not.
  const name = `${spec.replace(/[^\p{XID_Continue}]/gu, "_")}${suffix}`;
  return isReserved(name) || GLOBAL.has(name) ? `${name}Model` : name;
};

/** Names that stand at the top of a file, or hide what does where its class is made. */
export const namesBeside = (className: string): ReadonlySet<string> =>
  new Set([...GLOBAL, className, "nn", "self", "encoder", "decoder"]);
