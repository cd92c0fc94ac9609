/** The outline: specs, and in each what it declares and asks for. */
import { type DocumentSymbol, SymbolKind, type WorkspaceSymbol } from "vscode-languageserver-types";
import type { SpecTree, Statement } from "../core/language/tree";
import { holds, toEditorRange, type Document } from "./document";
import type { SpecsAnswer } from "./protocol";

export function documentSymbols(document: Document): DocumentSymbol[] {
  return document.analysis.file.specs.map((spec) => ({
    // While its name is still to be written.
    name: spec.name.text || "spec",
    ...(spec.title === undefined ? {} : { detail: spec.title.value }),
    kind: SymbolKind.Class,
    range: toEditorRange(document, spec.range),
    selectionRange: toEditorRange(document, spec.name.range),
    children: childrenOf(document, spec),
  }));
}

const childrenOf = (document: Document, spec: SpecTree): DocumentSymbol[] =>
  spec.statements.flatMap((statement) => {
    const entry = describe(document, statement);
    if (entry === undefined) return [];
    const { name, detail, kind, selection } = entry;
    const selected = holds(statement.range, selection) ? selection : statement.range;
    return [
      {
        name,
        detail,
        kind,
        range: toEditorRange(document, statement.range),
        selectionRange: toEditorRange(document, selected),
      },
    ];
  });

interface Entry {
  name: string;
  detail: string;
  kind: SymbolKind;
  selection: { start: number; end: number };
}

/** A statement as a line of the outline; undefined for those that only refine another. */
function describe(document: Document, statement: Statement): Entry | undefined {
  const written = (range: { start: number; end: number }): string =>
    document.text.slice(range.start, range.end).replace(/\s+/g, " ");
  switch (statement.kind) {
    case "stream":
      return {
        name: statement.name.text,
        detail: `${statement.role} ${written((statement.type ?? statement.derived ?? statement).range)}`,
        kind: statement.role === "observe" ? SymbolKind.Property : SymbolKind.Field,
        selection: statement.name.range,
      };
    case "latent": {
      const from = statement.from.map((name) => name.text).join(", ");
      return {
        name: statement.name.text,
        detail: `${written(statement.law.range)} from ${from}`,
        kind: SymbolKind.Variable,
        selection: statement.name.range,
      };
    }
    case "knob":
      return {
        name: statement.name.text,
        detail: `knob = ${written(statement.value.range)}`,
        kind: SymbolKind.Number,
        selection: statement.name.range,
      };
    case "term":
      return {
        name: statement.label?.text ?? statement.terms.map((term) => written(term.term.range)).join(" + "),
        detail: statement.side,
        kind: SymbolKind.Operator,
        selection: statement.label?.range ?? statement.terms[0]?.term.range ?? statement.range,
      };
    case "separate":
      return {
        name: `${written(statement.left.range)}, ${written(statement.right.range)}`,
        detail: "separate",
        kind: SymbolKind.Operator,
        selection: statement.left.range,
      };
    case "data":
      return {
        // An editor refuses the whole outline for one name that is empty.
        name: statement.source.value.trim() || "data",
        detail: "data",
        kind: SymbolKind.File,
        selection: statement.source.range,
      };
    case "train":
      return { name: "train", detail: "", kind: SymbolKind.Object, selection: statement.range };
    case "each": {
      const body = describe(document, statement.body);
      return body && { ...body, detail: `each ${statement.variable.text}: ${body.detail}` };
    }
    case "share":
    case "prior":
    case "want":
    case "anneal":
    case "network":
    case "missing":
    case "drop":
      return undefined;
  }
}

/** Names, places and methods of the specs that have a name. */
export const specPlaces = (document: Document): SpecsAnswer =>
  document.analysis.specs
    .filter(({ tree }) => tree.name.text !== "")
    .map(({ tree: { name, range }, valid, recognised }) => ({
      name: name.text,
      range: toEditorRange(document, range),
      ...(valid && recognised?.text ? { method: recognised.text } : {}),
    }));

/**
 * Specs of all documents, and what each declares, whose names hold the letters of a query in their order; every one for
 * an empty query. A name is told with its spec.
 */
export function workspaceSymbols(documents: readonly Document[], query: string): WorkspaceSymbol[] {
  return documents.flatMap((document) => {
    const told = (
      { name, kind, selectionRange }: DocumentSymbol,
      containerName?: string,
    ): WorkspaceSymbol => ({
      name,
      kind,
      location: { uri: document.uri, range: selectionRange },
      ...(containerName === undefined ? {} : { containerName }),
    });
    return documentSymbols(document)
      .flatMap((spec) => [
        told(spec),
        ...(spec.children ?? []).filter(isDeclared).map((child) => told(child, spec.name)),
      ])
      .filter(({ name }) => hasLetters(name, query));
  });
}

/** Terms, data and settings have no name that a person would look for. */
const isDeclared = ({ kind }: DocumentSymbol): boolean =>
  kind !== SymbolKind.Operator && kind !== SymbolKind.File && kind !== SymbolKind.Object;

function hasLetters(name: string, query: string): boolean {
  const letters = [...query.toLowerCase()];
  for (const character of name.toLowerCase()) if (character === letters[0]) letters.shift();
  return letters.length === 0;
}
