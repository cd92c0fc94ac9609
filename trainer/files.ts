/** Files that a spec names, for a trainer in Node. */
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { filesRefused, type TrainerSettings } from "./settings";

/**
 * Reads a file by its path as written in a document: relative paths start in the document's folder, or in the settings'
 * folder when the document is in none.
 * @throws Error that says which file could not be read, and why
 */
export async function readSpecFile(
  settings: TrainerSettings,
  documentUri: string,
  path: string,
): Promise<Uint8Array> {
  if (!settings.files) {
    throw new Error(filesRefused);
  }
  const place = locate(settings, documentUri, path);
  const refuse = (error: unknown): never => {
    throw new Error(reason(error, place), { cause: error });
  };
  const found = await stat(place).catch(refuse);
  // A device or a pipe may never end.
  if (!found.isFile() && !found.isDirectory()) throw new Error(`${place} is a device or a pipe, not a file`);
  return readFile(place).catch(refuse);
}

function locate({ folder }: TrainerSettings, documentUri: string, path: string): string {
  if (documentUri.startsWith("file:")) return fileURLToPath(new URL(encodePath(path), documentUri));
  const base = folder ?? ".";
  return resolve(base.startsWith("file:") ? fileURLToPath(base) : base, path);
}

/** A path as the end of an address: on Windows an absolute one begins with a drive. */
const encodePath = (path: string): string =>
  /^[A-Za-z]:[\\/]/.test(path)
    ? pathToFileURL(path).href
    : encodeURI(path).replaceAll("#", "%23").replaceAll("?", "%3F");

function reason(error: unknown, place: string): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return `there is no file ${place}`;
  if (code === "EISDIR") return `${place} is a folder`;
  if (code === "EACCES" || code === "EPERM") return `${place} may not be read`;
  return `${place} could not be read: ${error instanceof Error ? error.message : String(error)}`;
}
