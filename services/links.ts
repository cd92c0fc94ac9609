/** Links: the files that a spec reads and uses. */
import type { DocumentLink } from "vscode-languageserver-types";
import type { StringValue } from "../core/language/tree";
import { addressOf } from "../core/language/uses";
import { toEditorRange, type Document } from "./document";

/** A path from the document's folder, as an address; undefined for names of generators and where there is no folder. */
function resolve(document: Document, path: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return path;
  return /[./\\]/.test(path) ? addressOf(path, document.uri) : undefined;
}

export function documentLinks(document: Document): DocumentLink[] {
  const { file } = document.analysis;
  const sources = file.specs.flatMap((spec) =>
    spec.statements.flatMap((statement) => {
      if (statement.kind !== "data") return [];
      const files = statement.settings.flatMap(({ value }) => (value.kind === "string" ? [value] : []));
      return [statement.source, ...files];
    }),
  );
  return [...file.uses.map((use) => use.path), ...sources].flatMap((value: StringValue) => {
    const target = resolve(document, value.value);
    if (target === undefined) return [];
    const { start, end } = value.range;
    return [
      {
        range: toEditorRange(document, { start: start + 1, end: end - 1 }),
        target,
        tooltip: `Open ${value.value}`,
      },
    ];
  });
}
