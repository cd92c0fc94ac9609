/** Trainings of the bank without targets: what is true of each, and what is found in it; kept by their content. */
import { join } from "node:path";
import { Slices } from "../../../../core/train/clock";
import { heldOutOf } from "../../../../core/train/left-behind/search";
import { unaskedGroups } from "../../../../core/train/left-behind/unasked";
import { trained } from "../../../trainer/train";
import { keeping, noNumbers } from "../kept";
import { textOf, type Plain } from "./bank";
import { rankingOf, rareAt } from "./oracle";

/** What a training of the bank came to. */
export interface PlainOutcome {
  /** What the oracle says of a rare feature; absent where there is none. */
  ranking?: number;
  /** How many groups were named. */
  groups: number;
  /** Of the first: how many of its rows have the rare feature, and how many of those that have it are its. */
  precision: number;
  recall: number;
  /** What sets it apart, by stream. */
  stream?: string;
}

const keeps = keeping<PlainOutcome>(
  "left-behind-without-targets",
  join(import.meta.dirname, "run.ts"),
  noNumbers("left-behind[\\\\/](?!unasked|codes|search)"),
);

/** Trains, or takes what was kept of it. */
export const plainOutcomeOf = (plain: Plain): Promise<PlainOutcome> =>
  keeps({ text: textOf(plain), seed: plain.seed, planted: plain }, () => plainOutcome(plain));

/** Trains, and looks for groups. */
export async function plainOutcome(plain: Plain): Promise<PlainOutcome> {
  const run = await trained(textOf(plain), plain.seed);
  try {
    const { data } = run.preparation;
    const rows = heldOutOf(run.preparation);
    const codes = { seen: await run.codes(data.splits.train, 1), judged: await run.codes(rows, 2) };
    const slices = new Slices({
      now: () => performance.now(),
      defer: () => new Promise((resolve) => setImmediate(resolve)),
    });
    const goesOn = (): Promise<boolean> => Promise.resolve(true);
    const groups = (await unaskedGroups(run.preparation, codes, { slices, goesOn }))!;
    const truth = rareAt(plain, rows);
    const rare = new Map(Array.from(rows, (row, i) => [row, truth[i]!]));
    const own = groups[0]?.samples ?? [];
    const hits = own.filter((row) => rare.get(row) === 1).length;
    const all = [...rare.values()].filter((one) => one === 1).length;
    return {
      ...(plain.share > 0 && { ranking: rankingOf(plain, codes) }),
      groups: groups.length,
      precision: hits / Math.max(1, own.length),
      recall: hits / Math.max(1, all),
      ...(groups[0]?.target === null && { stream: groups[0].stream }),
    };
  } finally {
    await run.dispose();
  }
}
