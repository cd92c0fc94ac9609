import { quoted } from "../../language/text";
import type { Diagnostic, Range } from "../../language/diagnostic";
import { sides, type BoundSide } from "../sides";
import { fix, report, type Worded, edited } from "./rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z) by infonce
  keep I(X; Z)
}
`;

export const wrongSide = {
  code: "wrong-side",
  severity: "error",
  doc: "A compressed term is minimised and needs an upper bound; a kept term is maximised and needs a lower bound. A bound on the wrong side does not limit the term: minimising a lower bound may only lower the bound.",
  example,
  fixed: edited(example, [["compress I(X; Z) by infonce", "compress I(X; Z)"]]),

  at: (range: Range, fault: SideFault): Diagnostic =>
    report(wrongSide, range, sideMessage(fault), insteadFix(range, fault)),
} satisfies Worded;

/** A bound that cannot serve the side of its term. */
export interface SideFault {
  /** The bound, and the side that its value lies on. */
  bound: string;
  bounds: BoundSide;
  /** The side and the text of the term. */
  side: "compress" | "keep";
  text: string;
  /** Bounds that the term can have, and the one that a fix writes. */
  use: readonly string[];
  instead?: string;
  /** Why the default bound is refused, where the term can have no bound as the spec is. */
  refusal?: string;
}

export function sideMessage({ bound, bounds, side, text, use, refusal }: SideFault): string {
  const [needed, other] = side === "compress" ? (["upper", "lower"] as const) : (["lower", "upper"] as const);
  const is = bounds === other ? sides[other].name : `not ${sides[needed].name}`;
  const so = side === "compress" ? "minimising it does not limit" : "maximising it does not preserve";
  return `\`${bound}\` is ${is}; ${so} \`${text}\`. ${refusal ?? `Use ${quoted(use, "or")}.`}`;
}

export const insteadFix = (range: Range, { instead }: SideFault): Partial<ReturnType<typeof fix>> =>
  instead === undefined ? {} : fix(`Use \`${instead}\``, range, instead);
