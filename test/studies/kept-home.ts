/** A home for studies in this process whose trainings are kept in a folder of the cache, for long measurements. */
import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { join } from "node:path";
import type { StudyHome, Trainers } from "../../core/studies/engine";
import { codeOf } from "../../scripts/pages";
import { fileStore } from "../../trainer/studies/file-store";
import { homeHere } from "./here";

const root = join(import.meta.dirname, "../..");
const cache = process.env["BOTTLENECK_CACHE"] ?? join(homedir(), ".cache", "bottleneck");

/** What makes the numbers of a training: its steps, how its checkpoint is chosen and measured, and changes of data. */
const SOURCES = [
  "test/trainer/train.ts",
  "core/train/stepper.ts",
  "core/train/looks.ts",
  "core/train/judge.ts",
  "core/data/alterations/index.ts",
];

/** What makes programs, which are part of the key of every training themselves; and what only looks at a training. */
const NO_NUMBERS =
  /[\\/]core[\\/](language|views|export|catalogue|theory(?![\\/](terms[\\/]scalar|missing[\\/]))|data(?![\\/]alterations[\\/])|train[\\/](findings|left-behind|measurements[\\/](?!subjects)|trainer|observer|watcher|recovery|errands|protocol|run-state|summary|sentence|spent|progress|curves|prepare))/;

let version: Promise<string> | undefined;

async function versionOf(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of SOURCES) hash.update(await codeOf(join(root, source), NO_NUMBERS));
  return hash.digest("hex");
}

/** @param folder its name in the cache @param contentsOf what identifies data by content; by default the name of a generator */
export async function keptHome(
  folder: string,
  trainers: Trainers,
  contentsOf?: (source: string) => string,
): Promise<StudyHome> {
  version ??= versionOf();
  return homeHere(trainers, fileStore(join(cache, folder)), await version, contentsOf);
}
