/** Completion inside `compress` and `keep`: terms over the names in scope, bounds that fit, their options. */
import { CompletionItemKind } from "vscode-languageserver-types";
import type { Bound, BoundOption } from "../../core/theory/bound";
import { boundOf } from "../../core/theory/bounds";
import type { Token } from "../../core/language/scanner";
import { boundValueMarkdown } from "../describe";
import type { Document } from "../document";
import type { Declaration } from "../../core/language/declaration";
import { kindOf, type NameKind } from "../scope";
import { fittingBounds } from "./bounds";
import type { CursorPlace } from "./cursor";
import { entryOffers, nameOffers, wordOffers, type Offer } from "./items";
import { neededTerms } from "./needs";

type Names = readonly Declaration[];

export function termOffers(document: Document, place: CursorPlace, names: Names): Offer[] {
  const { before, open } = place;
  const side = before[0]!.text as "compress" | "keep";
  const inner = open.at(-1);
  if (inner?.symbol === "[") return nameOffers(names, ["modality", "latent"], 1);
  if (inner?.word !== undefined && inner.symbol === "(") {
    if (isFunctional(inner.word))
      return variableOffers(
        inner.word,
        inner.inside.map(({ text }) => text),
        names,
      );
    return argumentOffers(inner.word, inner.inside, names);
  }
  const last = before.at(-1)!;
  if (last.text === "by") return boundOffers(document, place, side);
  if (last.text === "as") return [];
  const atTerm = before.length === 1 || ["+", ":", "*"].includes(last.text);
  if (atTerm) return [...wholeTerms(document, place, names), ...functionals(names), ...weights(names)];
  if (["/", "(", "-", "at", "below", "floor"].includes(last.text)) return nameOffers(names, ["knob"], 1);
  return clauses(place);
}

const isFunctional = (word: string): boolean => ["I", "TC", "gap", "H"].includes(word);

const functionals = (names: Names): Offer[] => {
  const latents = names.filter((one) => kindOf(one) === "latent").map(({ name }) => name);
  const other = names.find((one) => ["each", "modality"].includes(kindOf(one)))?.name ?? "A";
  const [code = "Z"] = latents;
  return entryOffers("functional", 3, ({ word }) =>
    word === "I" ? `I(\${1:${other}}; \${2:${code}})` : `${word}(\${1:${code}})`,
  );
};

/** Knobs as factors; `beta` already multiplies every kept term. */
const weights = (names: Names): Offer[] =>
  nameOffers(names, ["knob"], 4)
    .filter(({ label }) => label !== "beta")
    .map((offer) => ({ ...offer, snippet: `${offer.label} * $0`, detail: "knob, as a weight" }));

/** The terms that make sense of what is declared, whole: those that the spec needs first. */
function wholeTerms(document: Document, { before, spec }: CursorPlace, names: Names): Offer[] {
  const side = before[0]!.text as "compress" | "keep";
  const weighted = before.at(-1)!.text === "*";
  const needed = spec ? neededTerms(document, spec, side) : [];
  // What is weighed is what has a weight.
  const ordered = weighted
    ? [...needed].sort((a, b) => Number(a.weight === "") - Number(b.weight === ""))
    : needed;
  const first = ordered.map(({ weight, term, detail }) => ({
    label: weighted ? term : `${weight}${term}`,
    detail,
    kind: CompletionItemKind.Value,
    rank: 0,
  }));
  const rest = possibleTerms(side, names).filter(({ label }) => !first.some((one) => one.label === label));
  return [...first, ...rest];
}

/** All terms over the names. */
function possibleTerms(side: "compress" | "keep", names: Names): Offer[] {
  const latents = names.flatMap(({ name, statement }) =>
    statement?.kind === "latent" ? [{ name, from: statement.from.map(({ text }) => text) }] : [],
  );
  const targets = names.filter((one) => kindOf(one) === "target").map(({ name }) => name);
  const terms = new Map<string, string>();
  const add = (term: string, detail: string): void => void (terms.has(term) || terms.set(term, detail));
  if (side === "compress") {
    for (const { name, from } of latents) add(`I(${from.join(", ")}; ${name})`, `the rate of ${name}`);
  } else {
    for (const [index, a] of latents.entries()) {
      for (const b of latents.slice(index + 1)) {
        if (!a.from.some((source) => b.from.includes(source)))
          add(`I(${a.name}; ${b.name})`, "information shared by the codes");
      }
    }
    for (const source of [...targets, ...new Set(latents.flatMap(({ from }) => from))]) {
      const reading = latents.filter(({ from }) => from.includes(source) || targets.includes(source));
      for (const { name } of reading) add(`I(${source}; ${name})`, `information of ${name} about ${source}`);
      const together = reading.map(({ name }) => name).join(", ");
      if (reading.length > 1) add(`I(${source}; ${together})`, `their joint information about ${source}`);
    }
  }
  return [...terms].map(([label, detail]) => ({ label, detail, kind: CompletionItemKind.Value, rank: 1 }));
}

function variableOffers(word: string, inside: string[], names: Names): Offer[] {
  const kinds: NameKind[] = word === "I" ? ["modality", "target", "latent", "each", "observe"] : ["latent"];
  return nameOffers(names, kinds, 1).filter(({ label }) => !inside.includes(label));
}

/** After a whole term: its bound, the flags of a bound that stands, and a target. */
function clauses({ before }: CursorPlace): Offer[] {
  const written = before.slice(before.findLastIndex(({ text }) => text === "+") + 1).map(({ text }) => text);
  const by = written.indexOf("by");
  const flags = boundOf(written[by + 1] ?? "")?.flags ?? [];
  const each = written.includes("floor") && !written.includes("each") ? ["each"] : [];
  const target = ["at", "below", "floor"].some((word) => written.includes(word))
    ? []
    : ["at", "below", "floor"];
  return [
    ...flags.map(({ name, doc }) => ({
      label: name,
      kind: CompletionItemKind.EnumMember,
      detail: doc,
      rank: 1,
    })),
    ...wordOffers("clause", [by < 0 ? "by" : "as", ...target, ...each], 1),
  ];
}

const boundOffers = (document: Document, place: CursorPlace, side: "compress" | "keep"): Offer[] =>
  fittingBounds(document, place, side).map((bound, index) => ({
    label: bound.id,
    kind: CompletionItemKind.Function,
    detail: bound.title,
    rank: index === 0 ? 0 : 1,
    data: { bound: bound.id },
  }));

/** Inside a bound's parentheses: its options, or the values of the one being written. */
function argumentOffers(word: string, inside: Token[], names: Names): Offer[] {
  const bound = boundOf(word);
  const previous = inside.at(-1)?.text;
  if (bound === undefined) return nameOffers(names, ["knob"], 1);
  if (previous === "=") {
    const option = bound.options.find(({ name }) => name === inside.at(-2)?.text);
    return valueOffers(bound, option);
  }
  if (previous !== undefined && previous !== ",") return [];
  const { positional } = bound;
  const latents = positional?.variable ? nameOffers(names, ["latent"], 1) : [];
  const first = previous === undefined ? [...valueOffers(bound, positional), ...latents] : [];
  const options = bound.options
    .filter(({ name }) => !inside.some(({ text }) => text === name))
    .map(({ name, doc }) => ({
      label: name,
      kind: CompletionItemKind.Property,
      detail: doc,
      snippet: `${name} = `,
      rank: 2,
    }));
  return [...first, ...options];
}

const valueOffers = (bound: Bound, option: BoundOption | undefined): Offer[] =>
  (option?.values ?? []).map((label) => ({
    label,
    kind: CompletionItemKind.EnumMember,
    documentation: boundValueMarkdown(bound, option!, label),
    rank: 1,
  }));
