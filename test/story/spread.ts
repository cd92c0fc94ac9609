/**
 * How far PyTorch is from itself when its first weights move by about one rounding of float32: what two faithful
 * trainings may differ by. Writes test/bench/STORY-SPREAD.md: `BOTTLENECK_TEST_DATA=... node --import tsx test/story/spread.ts`.
 */
import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { linearProbe } from "../probes/split";
import { chooseSpec, loadFor, prepare } from "../../core/train/prepare";
import { askReference, type Tensor } from "../reference/driver";
import { losses, specOf } from "./losses";
import { drawnFor, rowsOf } from "./torch";

const SEEDS = [0, 1, 2];
/** The first is the training as it is. */
const VARIANTS = [0, 1, 2, 3];
const ROUNDING = 1e-7;

interface Answer {
  codes: Record<string, { train: Tensor; heldOut: Tensor; accuracy: number }>;
}

const folder = join(process.env["BOTTLENECK_TEST_DATA"]!, "mnist");

/** Every weight times 1 - 1e-7, 1 or 1 + 1e-7, in an order of the variant's own. */
function moved(parameters: Record<string, Tensor>, variant: number): Record<string, Tensor> {
  if (variant === 0) return parameters;
  const factor = (i: number): number => 1 + (((i * 7919 + variant * 104729) % 3) - 1) * ROUNDING;
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { data, shape }]) => [
      name,
      { data: (data as Float32Array).map((weight, i) => weight * factor(i)), shape },
    ]),
  );
}

const rows: string[] = [];
let probes = 0;
for (const loss of losses) {
  const choice = chooseSpec({ text: specOf(loss) });
  const preparation = prepare(choice, await loadFor(choice, (path) => readFile(join(folder, path))));
  const train = rowsOf(preparation, preparation.data.splits.train);
  const heldOut = rowsOf(preparation, preparation.data.splits.test);
  const runs = SEEDS.flatMap((seed) =>
    VARIANTS.map((variant) => {
      const drawn = drawnFor(preparation, seed);
      return {
        id: `${seed}-${variant}`,
        ...loss.reference,
        ...drawn,
        parameters: moved(drawn.parameters, variant),
      };
    }),
  );
  const environment = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const answer = await askReference({ train, heldOut, runs }, "mnist_views.py", environment);
  const found = (answer as { runs: Answer[] }).runs;
  const numbers = ({ data }: Tensor): number[] => Array.from(data, Number);
  for (const [s, seed] of SEEDS.entries())
    for (const code of Object.keys(found[0]!.codes)) {
      const own = VARIANTS.map((variant) => found[s * VARIANTS.length + variant]!.codes[code]!);
      for (const each of own) {
        const [a, b] = [numbers(train["labels"]!), numbers(heldOut["labels"]!)];
        const score = linearProbe(numbers(each.train), a, numbers(each.heldOut), b, 10);
        probes = Math.max(probes, Math.abs(score.value - each.accuracy));
      }
      const values = own.map(({ accuracy }) => accuracy);
      const spread = Math.max(...values) - Math.min(...values);
      rows.push(
        `| ${loss.id} | ${code} | ${seed} | ${values.map((v) => v.toFixed(3)).join(" | ")} | ${spread.toFixed(3)} |`,
      );
      console.log(rows.at(-1));
    }
}
const page = [
  "# PyTorch against itself",
  "",
  "Written by `node --import tsx test/story/spread.ts`. The trainings of STORY.md in PyTorch alone: as they are, and three",
  "times with first weights moved by at most one part in 10 million, about a rounding of float32. Accuracy of the digit's",
  "probe; `spread` is the largest less the smallest. Nothing here involves the preview's trainer.",
  "",
  "| loss | code | seed | as it is | moved 1 | moved 2 | moved 3 | spread |",
  "|---|---|---|---|---|---|---|---|",
  ...rows,
  "",
  `The preview's probe on these codes differs from PyTorch's by at most ${probes.toFixed(3)}.`,
  "",
].join("\n");
writeFileSync(fileURLToPath(new URL("../bench/STORY-SPREAD.md", import.meta.url)), page);
