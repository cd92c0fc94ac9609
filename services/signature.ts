/** Signature help: the arguments of the call that is being written. */
import type { Position, SignatureHelp } from "vscode-languageserver-types";
import { entryOf, parameterText, signatureOf, type Category } from "../core/language/vocabulary";
import { boundOf } from "../core/theory/bounds";
import { cursorPlace, type CursorPlace, type Opening } from "./completion/cursor";
import { offsetAt, type Document } from "./document";

interface Signature {
  word: string;
  doc: string;
  /** As shown, with its documentation; `many` may repeat. */
  parameters: { text: string; name: string; doc: string; many: boolean }[];
}

export function signatureHelp(document: Document, position: Position): SignatureHelp | null {
  const place = cursorPlace(document, offsetAt(document, position));
  const opening = place.open.findLast(({ symbol }) => symbol === "(");
  if (opening?.word === undefined || place.comment) return null;
  const signature = signatureHere(place, opening.word);
  if (signature === undefined) return null;
  const active = activeParameter(signature, opening);
  return {
    signatures: [
      {
        label: `${signature.word}(${signature.parameters.map(({ text }) => text).join(", ")})`,
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
    if (entry?.syntax !== undefined) return twoSides(entry.word, entry.doc, signatureOf(entry));
    if (entry?.parameters === undefined) continue;
    const parameters = entry.parameters.map((parameter) => ({
      text: parameterText(parameter),
      name: parameter.name,
      doc: parameter.doc,
      many: parameter.many === true,
    }));
    return { word, doc: entry.doc, parameters };
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
  return { word, doc: bound.doc, parameters };
}

/** `I(A, B; C | D)` has sides instead of arguments. */
function twoSides(word: string, doc: string, syntax: string): Signature {
  const inside = syntax.slice(syntax.indexOf("(") + 1, -1);
  return { word, doc, parameters: [{ text: inside, name: inside, doc: "", many: true }] };
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
