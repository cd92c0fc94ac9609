/** Every example's report keeps the contract of `preview --json`; small and short, since its form does not rest on its numbers. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { reportJson } from "../../cli/json-report";
import { emptyRun, fold } from "../../core/train/run-state";
import { isPhase, startHost } from "../trainer/session";
import { assertContract } from "./contract";

const folder = join(import.meta.dirname, "../../examples");
const session = startHost();
after(() => session.close());

/** Trained on few rows, in few small steps. */
const small = (text: string): string =>
  text
    .replace(/samples = \d+/, "samples = 160, validation = 40, test = 40")
    .replace(/(epochs|steps) = \d+, batch = \d+/, "steps = 12, batch = 8");

/** Where what is left behind is searched for too, which takes two trainings more: of one modality, of several, of absent ones. */
const searched = ["missing-view", "moving-shapes", "rare-sign"];

let generation = 0;
for (const name of readdirSync(folder).filter((file) => file.endsWith(".bottleneck")))
  test(`the report of ${name} has what the manual lists`, async () => {
    const leftBehind = searched.some((one) => name.startsWith(one));
    // A trial leaves that search out.
    session.open(
      small(readFileSync(join(folder, name), "utf8")),
      leftBehind ? {} : { trial: { alterations: [], light: false } },
    );
    generation++;
    await session.until(isPhase("finished", generation));
    const run = session.heard.reduce(fold, emptyRun());
    assertContract(JSON.parse(JSON.stringify({ ...reportJson(run, 1), diagnostics: [] })));
  });
