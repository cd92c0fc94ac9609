/** Signature help: the arguments of the call that is being written. */
import type { Position, SignatureHelp } from "vscode-languageserver-types";
import { entryOf, parameterText, type Category, type Entry } from "../core/language/vocabulary";
import { boundOf } from "../core/theory/bounds";
import { cursorPlace, type CursorPlace, type Opening } from "./completion/cursor";
import { offsetAt, type Document } from "./document";
import { baseNamed, isRenaming, renamedNames } from "./renaming";

interface Signature {
  /** As shown, with all its parameters. */
  label: string;
  doc: string;
  /** As shown, with its documentation; `many` may repeat. */
  parameters: Argument[];
  /** What ends each parameter but the last, where it is not a comma. */
  separators?: readonly string[];
}

interface Argument {
  text: string;
  name: string;
  doc: string;
  many: boolean;
}

const call = (word: string, doc: string, parameters: Argument[]): Signature => ({
  label: `${word}(${parameters.map(({ text }) => text).join(", ")})`,
  doc,
  parameters,
});

export function signatureHelp(document: Document, position: Position): SignatureHelp | null {
  const place = cursorPlace(document, offsetAt(document, position));
  const opening = place.open.findLast(({ symbol }) => symbol === "(");
  if (opening?.word === undefined || place.comment) return null;
  const signature = isRenaming(place)
    ? renamingOf(document, place, opening.word)
    : signatureHere(place, opening.word);
  if (signature === undefined) return null;
  const active = signature.separators
    ? activeSide(signature.separators, opening)
    : activeParameter(signature, opening);
  return {
    signatures: [
      {
        label: signature.label,
        documentation: signature.doc,
        parameters: signature.parameters.map(({ text, doc }) => ({ label: text, documentation: doc })),
      },
    ],
    activeSignature: 0,
    ...(active === undefined ? {} : { activeParameter: active }),
  };
}

/** Which categories a call may be of, by the statement that contains it. */
const categories: Record<string, Category[]> = {
  modality: ["kind", "derivation"],
  target: ["kind", "derivation"],
  observe: ["kind", "derivation"],
  latent: ["law", "fusion"],
  prior: ["prior"],
  want: ["intent"],
  network: ["network"],
  train: ["optimizer"],
  each: ["domain", "functional"],
  compress: ["functional"],
  keep: ["functional"],
};

function signatureHere({ before }: CursorPlace, word: string): Signature | undefined {
  const statement = before[0]?.text ?? "";
  for (const category of categories[statement] ?? []) {
    const entry = entryOf(category, word);
    if (category === "functional" && entry?.syntax !== undefined) return sidesOf(entry, entry.syntax);
    if (entry?.parameters === undefined) continue;
    const parameters = entry.parameters.map((parameter) => ({
      text: parameterText(parameter),
      name: parameter.name,
      doc: parameter.doc,
      many: parameter.many === true,
    }));
    return call(word, entry.doc, parameters);
  }
  const bound = ["compress", "keep", "separate", "each"].includes(statement) ? boundOf(word) : undefined;
  if (bound === undefined) return undefined;
  const options = bound.positional ? [bound.positional, ...bound.options] : bound.options;
  const parameters = options.map((option) => ({
    text:
      option === bound.positional
        ? option.name
        : `${option.name} = ${option.values?.join(" | ") ?? option.default}`,
    name: option.name,
    doc: `${option.doc} Default: ${option.default}.`,
    many: false,
  }));
  return call(word, bound.doc, parameters);
}

const sideDocs = [
  "The first side: streams or codes.",
  "The second side: streams or codes. The order of the sides does not change the information.",
  "Optional. What is already known: the information is conditioned on these streams.",
];

/** `I(A, B; C | D)` has sides instead of arguments; each ends with a separator of its own. */
function sidesOf({ doc }: Entry, syntax: string): Signature {
  const inside = syntax.slice(syntax.indexOf("(") + 1, -1);
  const parameters = inside
    .split(/[;|]/)
    .map((side, i) => ({ text: side.trim(), name: side.trim(), doc: sideDocs[i] ?? "", many: false }));
  return { label: syntax, doc, parameters, separators: inside.match(/[;|]/g) ?? [] };
}

/** The side after the last separator before the cursor. */
function activeSide(separators: readonly string[], { inside }: Opening): number {
  const last = inside.findLast(({ text }) => separators.includes(text));
  return last === undefined ? 0 : separators.indexOf(last.text) + 1;
}

/** `extends M(X = NEW)`: the streams of the spec that is extended, each of which can be given another name. */
function renamingOf(document: Document, { before }: CursorPlace, name: string): Signature | undefined {
  const base = baseNamed(document, before[1]?.start, name);
  if (base === undefined) return undefined;
  const streams = renamedNames(document, before[1]?.start, name).filter(({ kind }) => kind === "stream");
  const parameters = streams.map((stream) => ({
    text: `${stream.name} = NAME`,
    name: stream.name,
    doc: `The name of \`${stream.name}\` in this spec. Default: ${stream.name}.`,
    many: false,
  }));
  return call(base.name.text, base.title?.value ?? "", parameters);
}

/** By name where one is being written, else by the commas before the cursor. */
function activeParameter({ parameters }: Signature, { inside }: Opening): number | undefined {
  let depth = 0;
  let start = 0;
  let commas = 0;
  for (const [index, { text }] of inside.entries()) {
    if ("([{".includes(text)) depth++;
    if (")]}".includes(text)) depth--;
    if (text !== "," || depth !== 0) continue;
    commas++;
    start = index + 1;
  }
  const named =
    inside[start + 1]?.text === "=" ? parameters.findIndex(({ name }) => name === inside[start]?.text) : -1;
  if (named >= 0) return named;
  if (commas < parameters.length) return commas;
  return parameters.at(-1)?.many === true ? parameters.length - 1 : undefined;
}
