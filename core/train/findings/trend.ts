/** What a value is compared with to see whether it still changes. */
import type { Earlier } from "./rule";

/** The look so many before this one, or the first where there are fewer; undefined where this is the first. */
export const lookBefore = (earlier: readonly Earlier[], looks = 3): Earlier | undefined =>
  earlier.at(-looks) ?? earlier[0];
