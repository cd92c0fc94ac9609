/** What trainings of a bank came to, kept by their content: programs, data, and the code that makes their numbers. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { codeOf } from "../../../scripts/pages";
import { prepared, trainedPrograms } from "../../trainer/train";

/**
 * What makes programs and data, which are part of a key themselves; and what makes no numbers of a training: its steps and its
 * last weights are the same however often it is looked at, and whatever is shown of it.
 * @param more files of core/train that make none of what is kept
 */
export const noNumbers = (more: string): RegExp =>
  new RegExp(
    `[\\\\/]core[\\\\/](language|views|export|catalogue|theory|data|train[\\\\/](findings|measurements[\\\\/](?!subjects|mean)|${more}|prepare|samples|shown|trainer|observer|watcher|judge|looks|checkpoint|recovery|errands|host|protocol|run-state|summary|sentence|spent|progress|curves))`,
  );

/** A training of a bank: its spec, and where in the bank it is. */
interface Entry {
  text: string;
  seed: number;
  planted: unknown;
}

/**
 * @param folder of what is kept, within the cache
 * @param script that makes it, with all that it imports but for `leftOut`
 */
export function keeping<T>(
  folder: string,
  script: string,
  leftOut?: RegExp,
): (entry: Entry, make: () => Promise<T>) => Promise<T> {
  const home = process.env["BOTTLENECK_CACHE"] ?? join(homedir(), ".cache", "bottleneck");
  let code: Promise<string> | undefined;
  return async ({ text, seed, planted }, make) => {
    code ??= codeOf(script, leftOut);
    const preparation = prepared(text, seed);
    const { spec, data } = preparation;
    const key = createHash("sha256").update(await code);
    key.update(
      JSON.stringify(
        [trainedPrograms(preparation), spec.training, spec.knobs, planted],
        (name, value: unknown) => (["range", "ranges", "doc"].includes(name) ? undefined : value),
      ),
    );
    for (const { values, makeRows } of data.streams.values()) {
      makeRows?.();
      key.update(values);
    }
    const file = join(home, folder, `${key.digest("hex")}.json`);
    if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as T;
    const made = await make();
    mkdirSync(join(home, folder), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(made));
    renameSync(`${file}.${process.pid}`, file);
    return made;
  };
}
