/** Characters that accept an item as they are typed, where they can only come behind it. */
import { boundOf } from "../../core/theory/bounds";
import type { CursorPlace } from "./cursor";
import type { Offer } from "./items";

/** What may follow a name or a value within brackets. */
const within: Readonly<Record<string, readonly string[]>> = {
  "(": [",", ")"],
  "[": [",", "]"],
};

/** Gives an item the characters that can follow it at the cursor. */
export function committed({ open }: CursorPlace): (offer: Offer) => Offer {
  const inner = open.at(-1);
  const ends = within[inner?.symbol ?? ""] ?? [];
  const commits = inner?.word === "I" ? [...ends, ";", "|"] : ends;
  return (offer) => {
    if (commits.length > 0) return { ...offer, commits };
    const bound = offer.data && "bound" in offer.data ? boundOf(offer.data.bound) : undefined;
    const takes = bound !== undefined && (bound.options.length > 0 || bound.positional !== undefined);
    return takes ? { ...offer, commits: ["("] } : offer;
  };
}
