/**
 * Runs of trained methods, kept by their content: a run is measured again only where its program, its data or the code that
 * trains and probes it has changed, not where the theory that made the program or the code that made the data has.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { codeOf } from "../../../scripts/pages";
import { prepared, trainedPrograms, trainHere, type ProbeResult } from "../../trainer/train";

const root = join(import.meta.dirname, "../../..");
/** Outside the checkout, with what is installed there. */
const folder = join(process.env["BOTTLENECK_CACHE"] ?? join(homedir(), ".cache", "bottleneck"), "measured");

/**
 * What makes programs and data, which are part of a run's key themselves (numbers of knobs and absent rows are read while it
 * trains); and what only looks at a training: its steps and its last weights are the same however often it is looked at.
 */
const NO_NUMBERS =
  /[\\/]core[\\/](language|views|export|catalogue|data|theory(?![\\/](terms[\\/]scalar|missing[\\/]))|train[\\/](findings|left-behind|trainer|observer|watcher|judge|looks|spent|checkpoint|progress|recovery|errands|curves|protocol|prepare))/;

let runner: Promise<string> | undefined;

/** Probes of a spec's codes after its training, as `trainHere` gives them; kept from an earlier time where nothing changed. */
export async function keptProbes(text: string, seed: number): Promise<ProbeResult[]> {
  runner ??= codeOf(join(root, "test/trainer/train.ts"), NO_NUMBERS);
  const preparation = prepared(text, seed);
  const { spec, data } = preparation;
  const { training, knobs, missing } = spec;
  const streams = [...data.streams.values()];
  const key = createHash("sha256")
    .update(await runner)
    // Where things are in the text changes no run.
    .update(
      JSON.stringify(
        [
          trainedPrograms(preparation),
          streams.map(({ name, kind, role }) => [name, kind, role]),
          [training, knobs, missing, seed],
        ],
        (name, value: unknown) => (["range", "ranges", "doc"].includes(name) ? undefined : value),
      ),
    );
  for (const split of Object.values(data.splits)) key.update(split);
  for (const { values, makeRows } of streams) {
    makeRows?.();
    key.update(values);
  }
  const file = join(folder, `${key.digest("hex")}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as ProbeResult[];
  const probes = await trainHere(text, seed);
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(probes));
  renameSync(`${file}.${process.pid}`, file);
  return probes;
}
