/** The streams and factors of a spec's data, declared in one edit: those that the spec does not declare yet. */
import {
  CodeActionKind,
  type CodeAction,
  type Position,
  type Range as EditorRange,
  type WorkspaceEdit,
} from "vscode-languageserver-types";
import { applyEdits } from "../core/language/formatter";
import { insertLines } from "../core/language/insert-lines";
import { quote } from "../core/language/scanner";
import { count } from "../core/language/text";
import type { SpecTree } from "../core/language/tree";
import { asWritten } from "../core/language/written";
import type { Range, TextEdit } from "../core/language/diagnostic";
import { analyse } from "../core/theory/analyse";
import { unknownName } from "../core/theory/faults/unknown-name";
import type { DataRequest, Spec } from "../core/theory/spec";
import { Names } from "../core/theory/wants/names";
import { analysed, writtenTerms } from "./derived";
import { documentChange, holds, offsetAt, overlaps, toOffsets, touches, type Document } from "./document";
import { fieldsIn, generatorIn } from "./data";
import { dataOf } from "./new-spec/built-in";
import type { SpecData, SpecField } from "./new-spec/data";

/** The data of a spec that is a file, whose fields are known when it has been read. */
export type DataFileRequest = Pick<DataRequest, "source" | "options"> & {
  /** Address of the text where its path starts. */
  location: string;
  /** Bytes of it that may be read. */
  most?: number;
};

/** The built-in data that a spec trains on, with what its settings add; undefined for a file. */
export function builtIn(tree: SpecTree): SpecData | undefined {
  const generator = generatorIn(tree);
  return generator && dataOf(generator, fieldsIn(tree));
}

/** Fields of the data that the spec does not declare. */
export function undeclared(
  { streams }: Pick<Spec, "streams">,
  { fields, bindings = {} }: Pick<SpecData, "fields" | "bindings">,
): SpecField[] {
  const inData = new Set(fields.map(({ name, field }) => field ?? name));
  const read = ({ name, field }: Spec["streams"][number]): string =>
    field ?? (inData.has(name) ? name : (bindings[name] ?? name));
  const declared = new Set(streams.map(read));
  return fields.filter(({ name, field }) => !declared.has(field ?? name));
}

/** What the action is called: `data` is absent while a file has not been read. */
const titleFor = (missing: readonly SpecField[] | undefined): string =>
  missing === undefined || missing.some(({ role }) => role === "stream")
    ? "Declare the streams of this data"
    : "Observe the other factors of this data";

/** Names that are predicted: those of a `predict`, and those of terms, where they are no streams. */
function predictedNames(tree: SpecTree): { asked: Set<string>; used: Set<string> } {
  const wants = tree.statements.flatMap((statement) => (statement.kind === "want" ? statement.wants : []));
  const asked = wants.filter(({ intent }) => intent.text === "predict").flatMap(({ of }) => of);
  const used = writtenTerms(tree).flatMap(({ term }) =>
    term.kind === "functional" ? term.of : [...term.left, ...term.right, ...term.given],
  );
  return {
    asked: new Set(asked.map(({ text }) => text)),
    used: new Set(used.map(({ name }) => name.text)),
  };
}

/** The lines that declare the fields, each under a name that is free. */
function declarations(tree: SpecTree, spec: Spec, fields: readonly SpecField[]): string[] {
  const { asked, used } = predictedNames(tree);
  const names = new Names(spec, []);
  const lines = fields.map(({ name, kind, role, field = name }) => {
    const free = names.free(name);
    const observed = used.has(name) ? "target" : "observe";
    const word = asked.has(name) ? "target" : role === "stream" ? "modality" : observed;
    return { word, rest: `${free} : ${kind}${field === free ? "" : ` = ${quote(field)}`}` };
  });
  const ordered = ["modality", "target", "observe"].flatMap((role) =>
    lines.filter(({ word }) => word === role),
  );
  const roles = [...ordered.map(({ word }) => word), ...spec.streams.map(({ role }) => role)];
  const width = Math.max(...roles.map((role) => role.length));
  return ordered.map(({ word, rest }) => `${word.padEnd(width)} ${rest}`);
}

/**
 * The lines for all that the data has and the spec does not declare, in the hand of the text.
 * @returns undefined where there is nothing left to declare, or the lines would bring an error
 */
export function declareStreams(
  document: Document,
  tree: SpecTree,
  data: SpecData,
): { title: string; edits: TextEdit[] } | undefined {
  const { spec } = analysed(document, tree) ?? {};
  const missing = spec && undeclared(spec, data);
  if (spec === undefined || missing === undefined || missing.length === 0) return undefined;
  const { analysis, text } = document;
  const edits = asWritten(text, insertLines(tree, declarations(tree, spec, missing)));
  const written = writtenRanges(edits);
  const after = analyse(applyEdits(text, edits), analysis.library.origin, analysis);
  // What else is wrong may come to light with the names, and is no fault of the lines.
  const brings = after.diagnostics.some(
    ({ severity, range }) => severity === "error" && written.some((place) => holds(place, range)),
  );
  return brings ? undefined : { title: titleFor(missing), edits };
}

/** The places of the new text in the text after the edits. */
function writtenRanges(edits: readonly TextEdit[]): Range[] {
  let moved = 0;
  return edits.map(({ range, text }) => {
    const start = range.start + moved;
    moved += text.length - (range.end - range.start);
    return { start, end: start + text.length };
  });
}

/** What a file's action is resolved by. */
interface DeclareTicket {
  uri: string;
  version: number;
  spec: string;
}

/**
 * Offered at the `data` of a spec, at the name of one that has no streams yet, and at a name that the data has.
 * @param resolves whether the editor asks for the edit of an action when it is chosen: a file is read only then
 */
export function declareActions(document: Document, range: EditorRange, resolves: boolean): CodeAction[] {
  const place = toOffsets(document, range);
  return document.analysis.specs.flatMap(({ tree, spec }): CodeAction[] => {
    const own = tree.statements.filter(({ kind }) => kind === "data");
    if (spec === undefined || own.length === 0) return [];
    const begun = spec.streams.length > 0 ? [] : [tree.name];
    const data = builtIn(tree);
    const names = new Set(data && undeclared(spec, data).map(({ name }) => name));
    const unknown = document.analysis.diagnostics.filter(
      ({ code, range: at }) => code === unknownName.code && names.has(document.text.slice(at.start, at.end)),
    );
    if (![...own, ...begun, ...unknown].some((part) => overlaps(part.range, place))) return [];
    const kind = CodeActionKind.QuickFix;
    if (data === undefined) {
      const ticket: DeclareTicket = { uri: document.uri, version: document.version, spec: tree.name.text };
      return resolves ? [{ title: titleFor(undefined), kind, data: ticket }] : [];
    }
    const declared = declareStreams(document, tree, data);
    return declared === undefined
      ? []
      : [{ title: declared.title, kind, edit: documentChange(document, declared.edits) }];
  });
}

/** The ticket of an action, as an editor gives it back; undefined for any other action. */
export function ticketOf(data: unknown): DeclareTicket | undefined {
  const { uri, version, spec } = (data ?? {}) as Partial<DeclareTicket>;
  return typeof uri === "string" && typeof version === "number" && typeof spec === "string"
    ? { uri, version, spec }
    : undefined;
}

/** The file whose fields the action of a ticket needs; undefined where the spec has gone or is not of a file. */
export function fileOf(document: Document, { spec: name }: DeclareTicket): DataFileRequest | undefined {
  return fileIn(document.uri, document.analysis.specs.find(({ tree }) => tree.name.text === name)?.spec);
}

/** The file that a spec reads, in a document at an address. */
export function fileIn(uri: string, spec: Spec | undefined): DataFileRequest | undefined {
  if (spec?.data === undefined) return undefined;
  const { source, options, location = uri } = spec.data;
  return { source, options, location };
}

/** The file that the spec around a place reads; undefined where it reads none. */
export function fileAt(document: Document, position: Position): DataFileRequest | undefined {
  const offset = offsetAt(document, position);
  const around = document.analysis.specs.find(({ tree }) => touches(tree.range, offset));
  return around && builtIn(around.tree) === undefined ? fileIn(document.uri, around.spec) : undefined;
}

/**
 * The action of a file that has been read, with its edit.
 * @throws Error with a sentence for the person where there is nothing to declare
 */
export function resolveDeclare(document: Document, ticket: DeclareTicket, data: SpecData): WorkspaceEdit {
  const tree = document.analysis.file.specs.find(({ name }) => name.text === ticket.spec);
  const declared = tree && declareStreams(document, tree, data);
  if (declared !== undefined) return documentChange(document, declared.edits);
  throw new Error(
    `The spec already declares what ${data.source} has: ${count(data.fields.length, "field")}.`,
  );
}
