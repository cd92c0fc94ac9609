/**
 * The bank of rare features: whether rows that a design drops are named as the first group, and how often anything is named
 * where a design keeps them; the same where no target is known. Gives the body of docs/monitoring/left-behind.md.
 */
import { DATA, dropped, healthy, SHARES, TOLD, type Planted } from "./left-behind/bank";
import { leftBehindPage, type Cell, type Found } from "./left-behind/page";
import { outcomeOf } from "./left-behind/run";
import * as withoutTargets from "./left-behind/without-targets/bank";
import { plainSection, type PlainFound } from "./left-behind/without-targets/page";
import { plainOutcomeOf } from "./left-behind/without-targets/run";

export const page = "docs/monitoring/left-behind.md";

async function foundOf(all: readonly Planted[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const planted of all) found.push({ planted, outcome: await outcomeOf(planted) });
  return found;
}

async function plainFoundOf(all: readonly withoutTargets.Plain[]): Promise<PlainFound[]> {
  const found: PlainFound[] = [];
  for (const plain of all) found.push({ plain, outcome: await plainOutcomeOf(plain) });
  return found;
}

/** The page without its mark. */
export async function write(): Promise<string> {
  const [planted, well] = [await foundOf(dropped(TOLD)), await foundOf(healthy(TOLD))];
  const cells: Cell[] = [];
  for (const data of DATA)
    for (const share of SHARES) {
      cells.push({
        data,
        share,
        found: planted.filter((one) => one.planted.data === data && one.planted.share === share),
        kept: well.filter(({ planted: own }) => own.data === data && own.share === share),
      });
    }
  const { TOLD: seeds } = withoutTargets;
  const lost = await plainFoundOf(withoutTargets.planted(seeds));
  return leftBehindPage(cells, well) + plainSection(lost, await plainFoundOf(withoutTargets.healthy(seeds)));
}
