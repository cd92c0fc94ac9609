/**
 * The main job on real data: two noisy views of MNIST's digits, trained in the preview and in PyTorch from the same weights,
 * batches and noise. Both find what the views share when reconstruction counts little, and neither does when it counts much.
 */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Dataset } from "../../core/data/dataset";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { chooseSpec, loadFor, prepare } from "../../core/train/prepare";
import { writeWeights } from "../../core/train/weights";
import { losses, specOf } from "./losses";
import { trainInPreview, type Trained } from "./preview";
import { digitAccuracy } from "./probe";
import { LIMITS, largestDifference, meanDifference, page, type Pair } from "./results";
import { trainInTorch, type TorchRun } from "./torch";

const data = process.env["BOTTLENECK_TEST_DATA"];
const folder = join(data ?? "", "mnist");
const SEEDS = [0, 1, 2];
const runs = losses.flatMap((loss) => SEEDS.map((seed) => ({ loss, seed })));

/** Losses that are compared step by step: later a rounding difference has grown. */
const FIRST = 50;

describe("the story on MNIST", { skip: data === undefined && "BOTTLENECK_TEST_DATA is not set" }, () => {
  let preview: (Trained & { accuracy: Record<string, number> })[] = [];
  let torch: TorchRun[] = [];
  let pairs: Pair[] = [];
  before(async () => {
    // One core each.
    [torch, preview] = await Promise.all([
      trainInTorch(losses, SEEDS, (path) => readFile(join(folder, path))),
      trainAllInPreview(),
    ]);
    pairs = runs.flatMap(({ loss, seed }, i) =>
      Object.entries(torch[i]!.codes).map(([code, { accuracy }]) => ({
        loss: loss.id,
        seed,
        code,
        preview: preview[i]!.accuracy[code]!,
        torch: accuracy,
      })),
    );
    record();
  });

  async function trainAllInPreview(): Promise<typeof preview> {
    const document = pathToFileURL(join(folder, "story.bottleneck")).href;
    const all: typeof preview = [];
    const executor = await createWasmExecutor({ threads: 1 });
    let dataset: Dataset | undefined;
    for (const { loss, seed } of runs) {
      const trained = await trainInPreview(specOf(loss), seed, document);
      const choice = chooseSpec({ text: specOf(loss), overrides: { seed } });
      dataset ??= await loadFor(choice, (path) => readFile(join(folder, path)));
      const preparation = prepare(choice, dataset);
      const session = await executor.open(preparation.programs);
      writeWeights(session, "train", preparation.programs.train, trained.tensors, ["parameter"]);
      all.push({ ...trained, accuracy: await digitAccuracy(preparation, session, seed) });
      session.dispose();
    }
    executor.close();
    return all;
  }

  function record(): void {
    const times = {
      preview: preview.map(({ seconds }) => seconds),
      torch: torch.map(({ seconds }) => seconds),
      executor: preview[0]!.executor,
    };
    const place = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
    mkdirSync(place("../output"), { recursive: true });
    writeFileSync(place("../output/STORY.md"), page(pairs, times));
    if (process.env["BOTTLENECK_RECORD"] === "1")
      writeFileSync(place("../bench/STORY.md"), page(pairs, times));
  }

  const of = (loss: string, code: string): Pair[] =>
    pairs.filter((pair) => pair.loss === loss && pair.code === code);
  const told = (found: Pair[]): string =>
    found.map((pair) => `seed ${pair.seed}: preview ${pair.preview}, PyTorch ${pair.torch}`).join("; ");

  test("both begin the same training: the first losses are the same", () => {
    for (const [i, { loss, seed }] of runs.entries()) {
      const theirs = torch[i]!.losses;
      const error = preview[i]!.losses.slice(0, FIRST).map(
        (value, step) => Math.abs(value - theirs[step]!) / Math.abs(theirs[step]!),
      );
      assert.equal(preview[i]!.losses.length, theirs.length);
      assert.ok(Math.max(...error) < 1e-3, `${loss.id}, seed ${seed}: ${Math.max(...error)}`);
    }
  });

  test("every code holds as much of the digit in the preview as in PyTorch", () => {
    assert.ok(
      Math.abs(meanDifference(pairs)) <= LIMITS.mean,
      `mean difference ${meanDifference(pairs)}: ${told(pairs)}`,
    );
    assert.ok(
      largestDifference(pairs) <= LIMITS.each,
      `largest difference ${largestDifference(pairs)}: ${told(pairs)}`,
    );
  });

  test("with little weight on reconstruction the shared code finds the digit", () => {
    const found = of("DVSIB, w = 0.02", "Zx");
    assert.equal(found.length, SEEDS.length);
    assert.ok(
      found.every((pair) => pair.preview >= 0.76 && pair.torch >= 0.76),
      told(found),
    );
  });

  test("with much weight on reconstruction it does not", () => {
    const found = of("DVSIB, w = 1", "Zx");
    assert.equal(found.length, SEEDS.length);
    assert.ok(
      found.every((pair) => pair.preview < 0.62 && pair.torch < 0.62),
      told(found),
    );
  });
});
