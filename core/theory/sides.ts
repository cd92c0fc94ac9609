/** On which side of the information the value of a bound is, in words and as a sign: the one table of them. */

export const sides = {
  /** A true bound from above, in expectation. */
  upper: { name: "an upper bound", sign: "≤", relation: "at most", proof: "This holds because" },
  /** A true bound from below, in expectation. */
  lower: { name: "a lower bound", sign: "≥", relation: "at least", proof: "This holds because" },
  /** Equal under its stated assumptions. */
  exact: {
    name: "exact for Gaussian codes, otherwise not a bound",
    sign: "≈",
    relation: "for Gaussian codes equal to",
    proof: "This holds because",
  },
  estimate: {
    name: "an estimate, neither an upper nor a lower bound",
    sign: "≈",
    relation: "about",
    proof: "It is not a bound, because",
  },
  proxy: {
    name: "a training signal whose value is not information",
    sign: "∼",
    relation: "trained through",
    proof: "It is not information, because",
  },
} as const satisfies Record<string, SideWords>;

interface SideWords {
  /** What the bound is. */
  name: string;
  /** How the information stands to its value, as a sign, and in a sentence: `I(X; Z) is at most KL(...)`. */
  sign: string;
  relation: string;
  /** The words before its proof. */
  proof: string;
}

export type BoundSide = keyof typeof sides;
export const boundSides = Object.keys(sides) as BoundSide[];
