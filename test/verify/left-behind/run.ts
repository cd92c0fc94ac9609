/**
 * Trainings of the bank and what their rows lose, kept by their content: one is made again only where its program, its data
 * or the code that makes its numbers has changed. Groups are made of the losses afterwards, every time.
 */
import { join } from "node:path";
import { Slices } from "../../../core/train/clock";
import { createWasmExecutor } from "../../../core/train/executors/wasm";
import { groupsOf, type Group } from "../../../core/train/left-behind/groups";
import { AskedRows } from "../../../core/train/left-behind/asked";
import type { Losses } from "../../../core/train/left-behind/losses";
import { heldOutOf } from "../../../core/train/left-behind/search";
import { trained } from "../../trainer/train";
import { isRare, textOf, type Planted } from "./bank";
import { keeping, noNumbers } from "./kept";
import { truthOf, type Truth } from "./oracle";

/** What is kept of a run: its truth, and by question the true class of each held-out row and both readers' answers. */
interface Kept {
  truth: Truth;
  rows: number[];
  questions: { name: string; classes: number; labels: number[]; losses: Record<keyof Losses, number[]> }[];
}

/** What a run of the bank came to. */
export interface Outcome {
  truth: Truth;
  /** How many groups were named, of all questions. */
  groups: number;
  /** Of the surest: how many of its rows have the rare feature, and how many of those that have it are its. */
  precision: number;
  recall: number;
}

/** Whether the surest group is that of the rare feature. */
export const isNamed = ({ groups, precision, recall }: Outcome): boolean =>
  groups > 0 && precision >= 0.5 && recall >= 0.5;

/** Trains, or takes what was kept of it, and looks for groups. */
export async function outcomeOf(planted: Planted, fresh = false): Promise<Outcome> {
  const { truth, rows, questions } = await (fresh ? made(planted) : kept(planted));
  const groups = questions
    .flatMap(({ losses }, at): Group[] => {
      const others = questions.filter((_, other) => other !== at);
      return groupsOf(
        lossesFrom(losses),
        others.map(({ name, classes, labels }) => ({
          name,
          classes,
          kind: "label",
          labels: Int32Array.from(labels),
          shares: new Float64Array(classes),
        })),
        "label",
      );
    })
    .sort((a, b) => b.low - a.low);
  const rare = isRare(planted, Int32Array.from(rows));
  const hits = groups[0]?.places.filter((place) => rare[place]).length ?? 0;
  return {
    truth,
    groups: groups.length,
    precision: hits / (groups[0]?.places.length ?? 1),
    recall: hits / Math.max(1, rare.filter(Boolean).length),
  };
}

/** Losses over the held-out rows by their places. */
const lossesFrom = (kept: Kept["questions"][number]["losses"]): Losses => ({
  rows: Int32Array.from(kept.rows.keys()),
  expected: Float64Array.from(kept.expected),
  found: Float64Array.from(kept.found),
  byStreams: Int32Array.from(kept.byStreams),
  byCodes: Int32Array.from(kept.byCodes),
  truth: Int32Array.from(kept.truth),
});

const keeps = keeping<Kept>(
  "left-behind",
  join(import.meta.dirname, "run.ts"),
  noNumbers("left-behind[\\\\/](groups|apart|sentence|index|unasked)|verdicts"),
);

const kept = (planted: Planted): Promise<Kept> =>
  keeps({ text: textOf(planted), seed: planted.seed, planted }, () => made(planted));

async function made(planted: Planted): Promise<Kept> {
  const run = await trained(textOf(planted), planted.seed);
  const executor = await createWasmExecutor({ threads: 1 });
  try {
    const { preparation } = run;
    const { data } = preparation;
    const rows = heldOutOf(preparation);
    const codes = { seen: await run.codes(data.splits.train, 1), judged: await run.codes(rows, 3) };
    const asked = new AskedRows((programs) => executor.open(programs));
    const slices = new Slices({
      now: () => performance.now(),
      defer: () => new Promise((resolve) => setImmediate(resolve)),
    });
    const found = await asked.ask(preparation, codes, {
      seed: planted.seed,
      slices,
      goesOn: () => Promise.resolve(true),
    });
    return {
      truth: await truthOf(planted, run),
      rows: [...rows],
      questions: found!.map(({ question, losses }) => ({
        name: question.name,
        classes: question.classes,
        labels: [...losses.truth],
        losses: Object.fromEntries(
          Object.entries(losses).map(([name, values]) => [
            name,
            Array.from(values as Float64Array, (value) => Number(value.toFixed(4))),
          ]),
        ) as Record<keyof Losses, number[]>,
      })),
    };
  } finally {
    executor.close();
    await run.dispose();
  }
}
