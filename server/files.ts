/** Files around the specs, in Node: whether one is there, and pages that an editor opens as files. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { NewFile } from "../services/execute";

/** Whether there is a file or a folder at an address. */
export const exists = (address: string): Promise<boolean> =>
  stat(fileURLToPath(address)).then(
    () => true,
    () => false,
  );

let folder: string | undefined;

/** Writes a page where it stays until the server ends; one of the same name takes its place. @returns its address */
export async function keepPage({ name, text }: NewFile): Promise<string> {
  if (folder === undefined || !existsSync(folder)) {
    const made = (folder = mkdtempSync(join(tmpdir(), "bottleneck-")));
    process.once("exit", () => rmSync(made, { recursive: true, force: true }));
  }
  const place = join(folder, name);
  await writeFile(place, text);
  return pathToFileURL(place).href;
}
