/** Results of the bank, kept by their content: one is made again only where its task or the code that makes it has changed. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { codeOf } from "../../../scripts/pages";

const folder = join(process.env["BOTTLENECK_CACHE"] ?? join(homedir(), ".cache", "bottleneck"), "samples");

const codes = new Map<string, Promise<string>>();

/**
 * @param script the file whose code makes the result
 * @param leftOut files of it that make no numbers
 * @param task what it is made of, as JSON
 */
export async function kept<Result>(
  script: string,
  task: unknown,
  make: () => Result | Promise<Result>,
  leftOut?: RegExp,
): Promise<Result> {
  const code = codes.get(script) ?? codeOf(join(import.meta.dirname, script), leftOut);
  codes.set(script, code);
  const key = createHash("sha256")
    .update(await code)
    .update(JSON.stringify(task))
    .digest("hex");
  const file = join(folder, `${key}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Result;
  const result = await make();
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(result));
  renameSync(`${file}.${process.pid}`, file);
  return result;
}
