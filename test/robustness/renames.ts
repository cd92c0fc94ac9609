/** Names renamed over linked files, and what that does to the losses of every spec. */
import assert from "node:assert/strict";
import type { Uses } from "../../core/language/uses";
import { informationText } from "../../core/theory/terms/print";
import { scalarText } from "../../core/theory/terms/scalar";
import { openDocument, type Document } from "../../services/document";
import { rename, RenameError } from "../../services/rename";

/** Texts by their addresses. */
export type Files = Record<string, string>;

export function open(files: Files): Document[] {
  const uses: Uses = Object.fromEntries(Object.entries(files).map(([uri, text]) => [uri, { text }]));
  return Object.entries(files).map(([uri, text]) => openDocument(uri, 1, text, uses));
}

/** The files after a rename of the name at this place. @throws RenameError */
export function renamedFiles(files: Files, uri: string, offset: number, name: string): Files {
  const documents = open(files);
  const document = documents.find((one) => one.uri === uri)!;
  const edit = rename(documents, document, document.lines.positionAt(offset), name);
  const changed = { ...files };
  for (const change of edit.documentChanges ?? []) {
    assert.ok("edits" in change);
    const of = documents.find((one) => one.uri === change.textDocument.uri)!;
    const edits = change.edits.map((each) => {
      assert.ok("newText" in each);
      return {
        start: of.lines.offsetAt(each.range.start),
        end: of.lines.offsetAt(each.range.end),
        by: each.newText,
      };
    });
    changed[of.uri] = edits
      .sort((a, b) => b.start - a.start)
      .reduce((text, { start, end, by }) => text.slice(0, start) + by + text.slice(end), of.text);
  }
  return changed;
}

/** Terms with bounds and weights, findings and fields of every spec, with some names masked. */
const losses = (files: Files, ...names: string[]): string[] =>
  open(files).flatMap(({ analysis }) =>
    analysis.specs.map(({ derived, spec, diagnostics }) => {
      const terms = (derived?.terms ?? []).map(
        ({ term, bound, effectiveWeight }) =>
          `${scalarText(effectiveWeight)} * ${informationText(term.information)} by ${bound.id}`,
      );
      const masked = terms
        .join(" + ")
        .replaceAll(/[\p{L}_][\p{L}\p{N}_]*/gu, (word) => (names.includes(word) ? "?" : word));
      const fields = spec?.data ? spec.streams.map(({ name, field }) => field ?? name) : [];
      return [masked, fields.join(), diagnostics.map(({ code }) => code).join()].join(" | ");
    }),
  );

interface Renames {
  done: number;
  /** In words, with the reason. */
  refused: string[];
  /** Renames that changed a loss, in words. */
  failings: string[];
}

/** Every declared name of the files, renamed to each of these names. */
export function surveyRenames(files: Files, names: readonly string[]): Renames {
  const seen: Renames = { done: 0, refused: [], failings: [] };
  for (const document of open(files)) {
    for (const { declaration, declarations } of document.symbols.specs)
      for (const { name, place } of [declaration, ...declarations]) {
        assert.equal(files[document.uri]!.slice(place.start, place.end), name);
        for (const fresh of names) {
          try {
            const after = renamedFiles(files, document.uri, place.start, fresh);
            seen.done++;
            const [now, before] = [losses(after, name, fresh), losses(files, name, fresh)];
            if (JSON.stringify(now) !== JSON.stringify(before))
              seen.failings.push(`${document.uri}: ${name} to ${fresh}`);
          } catch (error) {
            if (!(error instanceof RenameError)) throw error;
            seen.refused.push(`${name} to ${fresh}: ${error.message}`);
          }
        }
      }
  }
  return seen;
}
