/** Moving files and folders: the paths that specs name follow what they lead to, from wherever the specs then are. */
import type { TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { quote } from "../core/language/scanner";
import { canonicalAddress } from "../core/language/uses";
import { toEditorEdit, type Document } from "./document";
import { addressFrom, isAddress, namedFiles } from "./paths";
import { CLOSED } from "./rename";

interface Move {
  oldUri: string;
  newUri: string;
}

/**
 * The edits of all paths that would lead elsewhere after a move, of documents where they are before it.
 * @param documents every document of the workspace
 * @param moves files and folders; what is in a folder moves with it
 */
export function movedPaths(documents: readonly Document[], moves: readonly Move[]): WorkspaceEdit {
  const places = moves.map(({ oldUri, newUri }) => [folderless(oldUri), folderless(newUri)] as const);
  const moved = (address: string): string => {
    const found = places.find(([from]) => address === from || address.startsWith(`${from}/`));
    return found ? found[1] + address.slice(found[0].length) : address;
  };
  return {
    documentChanges: documents.flatMap((document): TextDocumentEdit[] => {
      const home = moved(canonicalAddress(document.uri));
      const edits = namedFiles(document).flatMap(({ path, address }) => {
        const target = moved(canonicalAddress(address));
        if (canonicalAddress(addressFrom(path.value, home) ?? "") === target) return [];
        const written = pathTo(target, home, path.value);
        return written === undefined ? [] : [{ range: path.range, text: quote(written) }];
      });
      const { uri, version } = document;
      if (edits.length === 0) return [];
      return [
        {
          textDocument: { uri, version: version === CLOSED ? null : version },
          edits: edits.map((edit) => toEditorEdit(document, edit)),
        },
      ];
    }),
  };
}

/** An address without the slash that ends that of a folder in some editors. */
const folderless = (uri: string): string => canonicalAddress(uri).replace(/\/$/, "");

const isAbsolute = (path: string): boolean => /^([/\\]|[A-Za-z]:[/\\])/.test(path);

/** The path to an address from a text, in the way of the path before; undefined where no path leads there. */
function pathTo(address: string, home: string, before: string): string | undefined {
  if (isAddress(before)) return address;
  const [to, from] = [new URL(address), new URL(home)];
  if (to.protocol !== from.protocol || to.host !== from.host) return undefined;
  const [there, here] = [to, from].map(({ pathname }) =>
    pathname.split("/").slice(1).map(decodeURIComponent),
  ) as [string[], string[]];
  const hasDrive = /^[A-Za-z]:$/.test(there[0]!);
  if (isAbsolute(before) || (hasDrive && there[0] !== here[0]))
    return (hasDrive ? "" : "/") + there.join("/");
  let common = 0;
  const most = Math.min(here.length, there.length) - 1;
  while (common < most && here[common] === there[common]) common++;
  const up = here.slice(common + 1).map(() => "..");
  const path = [...up, ...there.slice(common)].join("/");
  const isMarked = up.length === 0 && (/^\.[/\\]/.test(before) || !path.includes("/"));
  return isMarked ? `./${path}` : path;
}
