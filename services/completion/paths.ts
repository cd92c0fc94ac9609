/** Paths within quotes: what a folder has, as a `use` or a `data` can name it. */
import { CompletionItemKind, type Position } from "vscode-languageserver-types";
import { offsetAt, type Document } from "../document";
import { cursorPlace, type CursorPlace } from "./cursor";
import type { Offer } from "./items";

/** What is in a folder: a file, or another folder. */
export interface FolderEntry {
  name: string;
  folder: boolean;
}

/** A folder whose entries can be written at the cursor. */
export interface FolderRequest {
  /** Its path as written, with a slash at its end. */
  path: string;
  /** Address of the text where the path starts. */
  location: string;
}

/** Entries that nobody names in a spec, and more than a person looks through. */
export const MOST_ENTRIES = 1000;
export const isListed = (name: string): boolean => !name.startsWith(".") && name !== "node_modules";

/** What readers of data read, by its ending: the readers themselves are too large for the server. */
const dataFile = /(\.(npz|npy|gz|idx|csv|tsv|tab|parquet|h5|hdf5|h5ad|h5mu|mat|jsonl|ndjson)|idx\d-ubyte)$/i;
const specFile = /\.bottleneck$/;

/** The files that the string around the cursor can name; undefined where it names none. */
function filesAt({ before, string }: CursorPlace): RegExp | undefined {
  if (string === undefined) return undefined;
  const [first, ...others] = before.map(({ text }) => text);
  if (first === "use" && others.length === 0) return specFile;
  const labels = others.at(-1) === "=" && others.at(-2) === "labels";
  return first === "data" && (others.length === 0 || labels) ? dataFile : undefined;
}

/** What is written of a path up to its last slash. */
export const writtenFolder = (document: Document, { word, offset }: CursorPlace): string =>
  /^.*[/\\]|^/.exec(document.text.slice(word.start, offset))![0];

/** The folder of the path around the cursor; undefined where none is written, or one of another machine. */
export function folderAt(document: Document, position: Position): FolderRequest | undefined {
  const place = cursorPlace(document, offsetAt(document, position));
  if (filesAt(place) === undefined) return undefined;
  const path = writtenFolder(document, place);
  // What begins with two slashes is a folder of another machine: to list it sends that machine a person's name.
  return /^([/\\]{2}|[a-z][a-z0-9+.-]+:)/i.test(path)
    ? undefined
    : { path: path || "./", location: document.uri };
}

/** The entries that can be named, folders behind files. */
export function pathOffers(
  document: Document,
  place: CursorPlace,
  entries: readonly FolderEntry[] | undefined,
): Offer[] {
  const files = filesAt(place);
  if (files === undefined || entries === undefined) return [];
  const begun = writtenFolder(document, place);
  const up = /^(\.\/)?(\.\.\/)*$/.test(begun) ? [{ name: "..", folder: true }] : [];
  // A text does not use itself.
  const own = /^(\.\/)?$/.test(begun) ? document.uri.slice(document.uri.lastIndexOf("/") + 1) : "";
  return [...entries, ...up]
    .filter(({ name, folder }) => folder || (files.test(name) && encodeURIComponent(name) !== own))
    .filter(({ name }) => !/["\\$}]/.test(name))
    .map(({ name, folder }) => {
      const path = `${begun}${name}${folder ? "/" : ""}`;
      return {
        label: `${name}${folder ? "/" : ""}`,
        kind: folder ? CompletionItemKind.Folder : CompletionItemKind.File,
        documentation: folder
          ? "A folder."
          : files === specFile
            ? "Specs that can be extended."
            : "A data file.",
        snippet: begun === "" && name !== ".." ? `./${path}` : path,
        filter: path,
        rank: folder ? 3 : 2,
      };
    });
}
