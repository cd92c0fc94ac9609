/** The paths that a text names: of the files that its specs use, and of their data. */
import type { StringValue } from "../core/language/tree";
import { addressOf } from "../core/language/uses";
import type { Document } from "./document";

interface NamedFile {
  /** The path as written. */
  path: StringValue;
  /** Its address. */
  address: string;
}

/** Whether what is written is an address instead of a path. */
export const isAddress = (path: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(path);

/** The address of a path in the text at `home`; undefined for names of generators and where the text is in no folder. */
export function addressFrom(path: string, home: string): string | undefined {
  if (isAddress(path)) return path;
  return /[./\\]/.test(path) ? addressOf(path, home) : undefined;
}

/** In the order of the text. */
export function namedFiles(document: Document): NamedFile[] {
  const { uses, specs } = document.analysis.file;
  const sources = specs.flatMap((spec) =>
    spec.statements.flatMap((statement) => {
      if (statement.kind !== "data") return [];
      const files = statement.settings.flatMap(({ value }) => (value.kind === "string" ? [value] : []));
      return [statement.source, ...files];
    }),
  );
  return [...uses.map(({ path }) => path), ...sources].flatMap((path) => {
    const address = addressFrom(path.value, document.uri);
    return address === undefined ? [] : [{ path, address }];
  });
}
