/** Rename: every spec of the workspace keeps its loss, or the rename is refused with the reason. */
import type {
  Position,
  Range as EditorRange,
  TextDocumentEdit,
  WorkspaceEdit,
} from "vscode-languageserver-types";
import type { TextEdit } from "../core/language/diagnostic";
import { applyEdits } from "../core/language/formatter";
import type { Declaration } from "../core/language/declaration";
import { declarationAt } from "../core/language/symbols";
import { canonicalAddress, type Uses } from "../core/language/uses";
import { asWritten } from "../core/language/written";
import { analyse } from "../core/theory/analyse";
import type { AnalysedSpec } from "../core/theory/analysed";
import { BETA } from "../core/theory/terms/scalar";
import { offsetAt, toEditorEdit, toEditorRange, type Document } from "./document";
import { Refusal } from "./refusal";
import { isOwn } from "./scope";
import { oneThing, placesIn } from "./workspace";

/** Raised when a rename cannot be done. */
export class RenameError extends Refusal {}

/** The reason not to rename where some files of the workspace cannot be seen: they may use the name. */
export const incompleteWorkspace = (): RenameError =>
  new RenameError(
    "A rename must see every spec file of the workspace, and here they cannot all be listed: the folder has more than 1,000 of them, or is not on this machine's disk. Open a smaller or a local folder, or open the file by itself.",
  );

function renamed(document: Document, position: Position): NonNullable<ReturnType<typeof declarationAt>> {
  const found = declarationAt(document.symbols, offsetAt(document, position));
  if (found === undefined || !isOwn(document, found.declaration)) {
    throw new RenameError(
      "Only a name that this file declares can be renamed, such as a modality, a code or a knob.",
    );
  }
  return found;
}

/** The range that a rename would change, with its text. @throws RenameError on anything but a name of the file */
export function prepareRename(
  document: Document,
  position: Position,
): { range: EditorRange; placeholder: string } {
  const { declaration, place } = renamed(document, position);
  return { range: toEditorRange(document, place), placeholder: declaration.name };
}

const isName = /^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u;

/**
 * The edits of a rename in all documents of a workspace.
 * @param documents every document of the workspace, this one among them
 * @throws RenameError when the new name is not a name or is taken, or a loss would become another
 */
export function rename(
  documents: readonly Document[],
  document: Document,
  position: Position,
  newName: string,
): WorkspaceEdit {
  const { declaration } = renamed(document, position);
  const { name, kind } = declaration;
  if (!isName.test(newName)) {
    throw new RenameError(
      `\`${newName}\` is not a name: a name must begin with a letter and contain only letters, digits and \`_\`.`,
    );
  }
  if (newName === name) return { documentChanges: [] };
  if (kind === "knob" && [name, newName].includes(BETA)) {
    throw new RenameError(
      `\`${BETA}\` is special: it multiplies everything that is kept. No other knob can have its name, and it can have no other.`,
    );
  }
  const { keys, ofMethod } = oneThing(documents, document, declaration);
  if (ofMethod) {
    throw new RenameError(
      `\`${name}\` replaces a name of a method in the catalogue, which cannot be renamed. Write \`extends METHOD(${name} = ${newName})\` instead.`,
    );
  }
  const changes = documents.flatMap((each) => {
    const { declared, used } = placesIn(each, keys);
    if (isTaken(each, declared, newName)) throw new RenameError(`\`${newName}\` is already declared here.`);
    const edits = [...declared.map(({ place }) => place), ...used].map((range) => ({ range, text: newName }));
    const bound = declared.flatMap((one) => fieldEdit(documents, one));
    return edits.length > 0 ? [{ document: each, edits: asWritten(each.text, [...edits, ...bound]) }] : [];
  });
  keepLosses(documents, changes, name, newName);
  return {
    documentChanges: changes.map(({ document: { uri, version }, edits }, i): TextDocumentEdit => ({
      textDocument: { uri, version: version === CLOSED ? null : version },
      edits: edits.map((edit) => toEditorEdit(changes[i]!.document, edit)),
    })),
  };
}

/** The version of a document that no editor has open. */
export const CLOSED = -1;

/** Whether the name is declared in a spec of these declarations, or in one that extends it. */
function isTaken(document: Document, declared: readonly Declaration[], name: string): boolean {
  return declared.some((declaration) =>
    declaration.kind === "spec"
      ? document.symbols.specs.some(({ spec }) => spec.name.text === name)
      : document.symbols.specs
          .filter(
            ({ spec, scope }) =>
              spec === declaration.spec || scope.get(declaration.name)?.spec === declaration.spec,
          )
          .some(({ scope }) => scope.has(name)),
  );
}

/** A stream that reads the field of its own name goes on doing so: the field is written. */
function fieldEdit(documents: readonly Document[], { name, statement }: Declaration): TextEdit[] {
  const inner = statement?.kind === "each" ? statement.body : statement;
  if (inner?.kind !== "stream" || inner.derived || inner.field || inner.type === undefined) return [];
  const hasData = documents.some(({ analysis }) =>
    analysis.file.specs.some(({ statements }) => statements.some(({ kind }) => kind === "data")),
  );
  const { end } = inner.type.range;
  return hasData ? [{ range: { start: end, end }, text: ` = ${name}` }] : [];
}

/** @throws RenameError when a spec of the workspace would mean another loss, or read another field */
function keepLosses(
  documents: readonly Document[],
  changes: readonly { document: Document; edits: readonly TextEdit[] }[],
  name: string,
  newName: string,
): void {
  const texts = new Map(
    changes.map(({ document, edits }) => [canonicalAddress(document.uri), applyEdits(document.text, edits)]),
  );
  const masked = (text: string): string =>
    text.replaceAll(/[\p{L}_][\p{L}\p{N}\p{M}_]*/gu, (word) =>
      word === name || word === newName ? "\0" : word,
    );
  for (const { uri, text, analysis } of documents) {
    const { uses = {} } = analysis.library.origin ?? {};
    const used: Uses = Object.fromEntries(
      Object.entries(uses).map(([address, file]) => {
        const changed = texts.get(address);
        return [address, changed === undefined ? file : { text: changed }];
      }),
    );
    const own = texts.get(canonicalAddress(uri)) ?? text;
    const after = analyse(own, { location: uri, uses: used }).specs;
    analysis.specs.forEach((before, i) => {
      const same = after[i] && masked(meaning(before)) === masked(meaning(after[i]));
      if (same && fields(before) === fields(after[i]!)) return;
      throw new RenameError(
        `\`${before.tree.name.text}\` would mean another loss under this name, so nothing is renamed. Choose a name that no spec, method or word of the language has.`,
      );
    });
  }
}

/** All that a loss is made of, as text, without places and fields. */
function meaning({ spec, derived, diagnostics }: AnalysedSpec): string {
  const terms = derived?.terms.map(({ term, bound, effectiveWeight }) => [term, bound.id, effectiveWeight]);
  const codes = diagnostics.map(({ code }) => code);
  return JSON.stringify([spec, terms, codes], (key, value: unknown) => (BESIDE.has(key) ? undefined : value));
}

const BESIDE = new Set(["range", "ranges", "removal", "field", "doc", "title"]);

/** The fields that the streams read, in their order. */
const fields = ({ spec }: AnalysedSpec): string =>
  spec?.data === undefined
    ? ""
    : spec.streams.map(({ name, field, derived }) => (derived ? "" : (field ?? name))).join(" ");
