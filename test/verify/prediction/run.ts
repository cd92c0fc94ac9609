/** Both runs of a pair, and what probes read of them. A project's run is kept by the files and arguments that it was made of. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { exportProject } from "../../../core/export/project/index";
import { analyse } from "../../../core/theory/analyse";
import { barelyRead } from "../../../core/train/barely-read";
import { reportOf, scratch, trainProjects, writeProject, type Report } from "../../numbers/projects";
import { keptProbes } from "../catalogue/kept";
import type { Pair } from "./pairs";

const folder = join(process.env["BOTTLENECK_CACHE"] ?? join(homedir(), ".cache", "bottleneck"), "prediction");

const PREVIEW_SEED = 1;
/** Others than the preview's, so that it has no advantage over another seed of the project. */
export const PROJECT_SEEDS = [2, 3] as const;

/**
 * What probes read from draws, by code and factor: the share of the way from chance to 1 of an accuracy or an R², and 0 for
 * less than chance.
 */
export type Scores = ReadonlyMap<string, number>;

const shareOf = (value: number, chance: number): number => Math.max(0, (value - chance) / (1 - chance));

/** And the codes of which the preview says that it does not settle what a wider run keeps. */
export async function previewScores({ preview }: Pair): Promise<{ scores: Scores; unsettled: string[] }> {
  const probes = await keptProbes(preview, PREVIEW_SEED);
  return {
    scores: new Map(
      probes.map(({ code, factor, value, chance }) => [`${code} ${factor}`, shareOf(value, chance)]),
    ),
    unsettled: barelyRead(probes).map(({ code }) => code),
  };
}

/** @returns scores of each seed */
export function projectScores({ project }: Pair): Scores[] {
  const runs = PROJECT_SEEDS.map((seed) => ({ seed, file: join(folder, `${keyOf(project, seed)}.json`) }));
  const lacking = runs.filter(({ file }) => !existsSync(file));
  if (lacking.length > 0) train(project, lacking);
  return runs.map(({ file }) => scoresOf(JSON.parse(readFileSync(file, "utf8")) as Report["probes"]));
}

const argumentsOf = (seed: number): string[] => [
  ...["--device", "cpu", "--no-left-behind"],
  ...["--seed", String(seed)],
];

/** Files that neither the training nor the probes of a run on built-in data read. */
const OTHERS =
  /^(README\.md|sweep\.py|project\/(left_behind|groups|answers|questions|reader_networks|logs|tables|hdf5|folders|joins|windows)\.py)$/;

/** A Python file without what it says to people: docstrings and lines of comment. */
const codeOf = (text: string): string => text.replace(/"""[^]*?"""/g, "").replace(/^ *#.*\n/gm, "");

/** What its project was exported as, without those. */
function keyOf(text: string, seed: number): string {
  const hash = createHash("sha256").update(argumentsOf(seed).join(" "));
  for (const { name, text: content } of exportProject(analyse(text).specs[0]!.derived!))
    if (!OTHERS.test(name)) hash.update(`\n${name}\n${codeOf(content)}`);
  return hash.digest("hex");
}

function train(text: string, runs: readonly { seed: number; file: string }[]): void {
  const place = writeProject(text, scratch());
  try {
    trainProjects(
      runs.map(({ seed }) => ({
        folder: place,
        arguments: [...argumentsOf(seed), "--out", String(seed)],
      })),
    );
    mkdirSync(folder, { recursive: true });
    for (const { seed, file } of runs) {
      const { probes } = reportOf(join(place, String(seed)));
      writeFileSync(`${file}.${process.pid}`, JSON.stringify(probes));
      renameSync(`${file}.${process.pid}`, file);
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

const scoresOf = (probes: Report["probes"]): Scores =>
  new Map(
    probes
      .filter(({ id }) => id === "r2" || id === "accuracy")
      .map(({ code, factor, value, chance }) => [`${code} ${factor}`, shareOf(value, chance)]),
  );
