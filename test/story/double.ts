/**
 * The story's trainings in float64 on both sides: the preview's trainer over the reference executor, and PyTorch. There a
 * rounding has no time to grow, so that whatever differs is a difference of the losses, not chance.
 *
 * `BOTTLENECK_TEST_DATA=... node --import tsx test/story/double.ts [--only LOSS:SEED] [--epochs N] [--out FOLDER]` trains one
 * pair, or all, and writes what it finds as JSON into the folder (test/output/double), beside a page of all that is there;
 * with BOTTLENECK_RECORD=1 the page is test/bench/STORY-DOUBLE.md too. A run takes minutes: start one a core.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { chooseSpec, loadFor, prepare } from "../../core/train/prepare";
import type { Overrides } from "../../core/train/protocol";
import { Trainer } from "../../core/train/trainer";
import { losses, specOf, type Loss } from "./losses";
import { digitAccuracy } from "./probe";
import { ASKED, largestDifference, type Pair } from "./results";
import { trainInTorch } from "./torch";

/** One loss with one seed. */
interface Found {
  pairs: Pair[];
  steps: number;
  /** Largest relative difference of the loss at any step. */
  apart: number;
}

const SEEDS = [0, 1, 2];
const place = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const { values: asked } = parseArgs({
  options: {
    only: { type: "string" },
    epochs: { type: "string" },
    out: { type: "string", default: place("../output/double") },
  },
});
const overrides: Overrides = asked.epochs === undefined ? {} : { epochs: Number(asked.epochs) };
const read = (path: string): Promise<Uint8Array> =>
  readFile(join(process.env["BOTTLENECK_TEST_DATA"] ?? "", "mnist", path));

/** The digit's accuracy by code, and the loss of each step. */
async function trainInPreview(loss: Loss, seed: number): Promise<[Record<string, number>, number[]]> {
  const choice = chooseSpec({ text: specOf(loss), overrides });
  const preparation = prepare(choice, await loadFor(choice, read));
  const executor = createReferenceExecutor();
  const session = await executor.open(preparation.programs);
  const totals: number[] = [];
  const clock = { now: () => performance.now(), defer: () => setImmediate() };
  const trainer = new Trainer(preparation, session, executor.description, seed, clock, (message) => {
    if (message.kind === "points") totals.push(...message.points.map(({ total }) => total));
    if (message.kind === "progress" && message.step % 50 === 0)
      console.log(`${loss.id}:${seed} step ${message.step} of ${message.steps}`);
  });
  await trainer.run();
  return [await digitAccuracy(preparation, session, seed), totals];
}

async function compare(loss: Loss, seed: number): Promise<Found> {
  const [torch, [accuracy, totals]] = await Promise.all([
    trainInTorch([loss], [seed], read, { precision: "float64", overrides }),
    trainInPreview(loss, seed),
  ]);
  const { codes, losses: theirs } = torch[0]!;
  return {
    pairs: Object.entries(codes).map(([code, { accuracy: value }]) => ({
      loss: loss.id,
      seed,
      code,
      preview: accuracy[code]!,
      torch: value,
    })),
    steps: totals.length,
    apart: Math.max(...theirs.map((value, step) => Math.abs(totals[step]! - value) / Math.abs(value))),
  };
}

function page(found: readonly Found[]): string {
  const pairs = found.flatMap((each) => each.pairs);
  return [
    "# The story in float64",
    "",
    "Written by `test/story/double.ts`. The trainings of STORY.md, with float64 in place of float32 on both sides: the preview's",
    "trainer over the reference executor, and PyTorch, from the same weights, batches and noise. A float32 rounding grows until",
    "two faithful trainings part (STORY-SPREAD.md); a float64 rounding has no time to.",
    "",
    "| loss | code | seed | preview | PyTorch | difference | steps | losses apart by at most |",
    "|---|---|---|---|---|---|---|---|",
    ...found.flatMap(({ pairs: codes, steps, apart }) =>
      codes.map(
        ({ loss, code, seed, preview, torch }) =>
          `| ${loss} | ${code} | ${seed} | ${preview.toFixed(3)} | ${torch.toFixed(3)} | ` +
          `${(preview - torch).toFixed(3)} | ${steps} | ${apart.toExponential(1)} |`,
      ),
    ),
    "",
    `Largest difference ${largestDifference(pairs).toFixed(3)}; at most ${ASKED.each} is asked for: ` +
      `${largestDifference(pairs) <= ASKED.each ? "met" : "NOT met"}.`,
    `${found.length} of the ${runs.length} trainings of STORY.md were run. \`losses apart\` is relative, over all steps; accuracies differ by the two sides'`,
    "probes too (at most 0.002, STORY-SPREAD.md).",
    "",
  ].join("\n");
}

const runs = losses.flatMap((loss) =>
  SEEDS.map((seed) => {
    const id = `${loss.id}:${seed}`;
    return { loss, seed, id, file: join(asked.out, `${id.replaceAll(/[^\w.-]+/g, "-")}.json`) };
  }),
);
const chosen = runs.filter(({ id }) => asked.only === undefined || id === asked.only);
if (chosen.length === 0) throw new Error(`--only is one of ${runs.map(({ id }) => id).join("; ")}`);

mkdirSync(asked.out, { recursive: true });
for (const { loss, seed, file } of chosen) {
  writeFileSync(`${file}.part`, JSON.stringify(await compare(loss, seed)));
  renameSync(`${file}.part`, file);
}
// Whoever ends last finds all the others.
const found = runs
  .filter(({ file }) => existsSync(file))
  .map(({ file }) => JSON.parse(readFileSync(file, "utf8")) as Found);
writeFileSync(join(asked.out, "STORY-DOUBLE.md"), page(found));
if (process.env["BOTTLENECK_RECORD"] === "1") writeFileSync(place("../bench/STORY-DOUBLE.md"), page(found));
