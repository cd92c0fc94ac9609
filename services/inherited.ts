/** What a spec takes over from the one that it extends, and says nowhere itself. */
import { within } from "../core/language/diagnostic";
import type { Extension, SpecTree } from "../core/language/tree";
import type { Range } from "../core/language/diagnostic";
import type { DerivedLoss, DerivedTerm } from "../core/theory/derivation/loss";
import { informationText, termText } from "../core/theory/terms/print";
import { code, facts, paragraphs } from "./describe";
import { weightOf } from "./describe-terms";
import { signed } from "../core/language/number-text";

interface Inherited {
  /** Streams, codes and knobs. */
  names: string[];
  /** With their text, each once on its side. */
  terms: { text: string; derived: DerivedTerm }[];
}

export function inherited({ statements }: SpecTree, { spec, terms }: DerivedLoss): Inherited {
  const isOwn = ({ range }: { range: Range }): boolean =>
    statements.some((statement) => within(range, statement.range));
  const declared = [...spec.streams, ...spec.latents, ...spec.knobs].filter((one) => !isOwn(one));
  const found = new Map<string, DerivedTerm>();
  for (const derived of terms.filter(({ term }) => !isOwn(term))) {
    const text = termText(derived.term);
    if (!found.has(text)) found.set(text, derived);
  }
  return {
    names: declared.map(({ name }) => name),
    terms: [...found].map(([text, derived]) => ({ text, derived })),
  };
}

/** `X, Z · compress I(X; Z) · keep I(X; Z), I(Y; Z)`. */
export function inheritedText({ names, terms }: Inherited): string {
  const side = (of: "compress" | "keep"): string =>
    terms
      .filter(({ derived }) => derived.term.side === of)
      .map(({ derived }, i) => (i === 0 ? `${of} ` : "") + informationText(derived.term.information))
      .join(", ");
  return [names.join(", "), side("compress"), side("keep")].filter((part) => part !== "").join(" · ");
}

/** The inherited terms, each with its side, bound and weight. */
export const inheritedMarkdown = (
  { base }: Extension,
  terms: Inherited["terms"],
  loss: DerivedLoss,
): string =>
  paragraphs(
    `**Inherited from ${code(base.text)}**`,
    facts(
      terms.map(({ text, derived }) => [
        code(text),
        `by ${code(derived.bound.id)}, weight ${signed(weightOf(derived, loss), 4)}`,
      ]),
    ),
  );
