/** A script for the scheduler Slurm: one task of an array for each part of a study. */
import { resolve } from "node:path";
import type { Options } from "./command";

/** Options that say how a study runs here, not what it asks. */
const NOT_HANDED_ON = ["plan", "part", "json", "trainers", "store", "cache"];

/**
 * @param words the command and its file
 * @param options as given; `store` is a folder that all machines share
 * @param parts tasks of the array
 */
export function slurmScript(words: readonly string[], options: Options, parts: number): string {
  const flags = Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === false || NOT_HANDED_ON.includes(name)) return [];
    const values = Array.isArray(value) ? value : [value];
    return values.flatMap((each) => (each === true ? [`--${name}`] : [`--${name}`, String(each)]));
  });
  const store = ["--store", resolve(String(options["store"]))];
  const call = ["bottleneck", ...words, ...flags, ...store, "--trainers", "1"].map(quoted).join(" ");
  return [
    "#!/bin/bash",
    `#SBATCH --job-name=bottleneck-${words[0]}`,
    `#SBATCH --array=0-${parts - 1}`,
    "#SBATCH --cpus-per-task=1",
    "#SBATCH --mem=2G",
    "# What a study trains next may depend on these trainings: when all have ended, print its plan again.",
    `${call} --part "$SLURM_ARRAY_TASK_ID/${parts}"`,
  ].join("\n");
}

/** As one word of a POSIX shell. */
const quoted = (word: string): string =>
  /^[\w./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
